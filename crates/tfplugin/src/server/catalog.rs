//! Everything that a provider offers, by name, with its schemas; built once, at the first call that needs it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::convert::value::identity_to_wire;
use super::generated::ResourceIdentityData;
use crate::data_source::DataSource;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, Signature};
use crate::list_resource::ListResource;
use crate::provider::Provider;
use crate::resource::Resource;
use crate::schema::{IdentitySchema, Schema};
use crate::types::Type;
use crate::value::Value;

/// What a provider offers.
pub(super) struct Catalog {
    pub(super) provider: Entry<dyn Provider>,
    pub(super) resources: BTreeMap<&'static str, ResourceEntry>,
    pub(super) data_sources: BTreeMap<&'static str, Entry<dyn DataSource>>,
    pub(super) list_resources: BTreeMap<&'static str, Entry<dyn ListResource>>,
    pub(super) functions: BTreeMap<&'static str, (Arc<dyn Function>, Signature)>,
}

/// Something with a schema.
pub(super) struct Entry<T: ?Sized> {
    pub(super) item: Arc<T>,
    pub(super) schema: Schema,
    pub(super) ty: Type,
}

/// A managed resource with its schemas.
pub(super) struct ResourceEntry {
    pub(super) resource: Arc<dyn Resource>,
    pub(super) schema: Schema,
    pub(super) ty: Type,
    pub(super) identity: Option<(IdentitySchema, Type)>,
}

impl Catalog {
    pub(super) fn of(provider: &Arc<dyn Provider>) -> Self {
        Self {
            provider: Entry::of(provider.schema(), Arc::clone(provider)),
            resources: provider
                .resources()
                .into_iter()
                .map(|item| (item.type_name(), ResourceEntry::of(item)))
                .collect(),
            data_sources: provider
                .data_sources()
                .into_iter()
                .map(|item| (item.type_name(), Entry::of(item.schema(), item)))
                .collect(),
            list_resources: provider
                .list_resources()
                .into_iter()
                .map(|item| (item.type_name(), Entry::of(item.schema(), item)))
                .collect(),
            functions: provider
                .functions()
                .into_iter()
                .map(|item| (item.name(), (Arc::clone(&item), item.signature())))
                .collect(),
        }
    }

    pub(super) fn resource(&self, type_name: &str) -> Found<'_, ResourceEntry> {
        find(&self.resources, "resource", type_name)
    }

    pub(super) fn data_source(&self, type_name: &str) -> Found<'_, Entry<dyn DataSource>> {
        find(&self.data_sources, "data source", type_name)
    }

    pub(super) fn list_resource(&self, type_name: &str) -> Found<'_, Entry<dyn ListResource>> {
        find(&self.list_resources, "list resource", type_name)
    }
}

type Found<'a, T> = Result<&'a T, Diagnostics>;

fn find<'a, T>(
    entries: &'a BTreeMap<&'static str, T>,
    what: &str,
    type_name: &str,
) -> Found<'a, T> {
    entries.get(type_name).ok_or_else(|| {
        let name: String = type_name.chars().take(100).collect();
        Diagnostics::from_error(
            format!("Unknown {what} type"),
            format!(
                "This release of the provider has no {what} {name:?}. Check the name, or use a release that has it."
            ),
        )
    })
}

impl<T: ?Sized> Entry<T> {
    fn of(schema: Schema, item: Arc<T>) -> Self {
        Self {
            ty: schema.ty(),
            schema,
            item,
        }
    }
}

impl ResourceEntry {
    fn of(resource: Arc<dyn Resource>) -> Self {
        let schema = resource.schema();
        let identity = resource
            .identity_schema()
            .map(|schema| (schema.clone(), schema.ty()));
        Self {
            ty: schema.ty(),
            schema,
            identity,
            resource,
        }
    }

    /// What identifies an object: those of its attributes that the identity has. `None` where the kind has no identity, and
    /// where one of them is null or not known.
    pub(super) fn identity_of(&self, object: &Value) -> Option<Value> {
        let (schema, _) = self.identity.as_ref()?;
        let part = |name: &str| {
            let value = object.attribute(name);
            (!value.is_null() && value.is_wholly_known()).then(|| (name.to_owned(), value.clone()))
        };
        let parts = schema.attributes.iter().map(|it| part(&it.name));
        Some(Value::Object(parts.collect::<Option<_>>()?))
    }

    /// The message of what identifies an object; none for a kind without an identity, where a host would stumble over it.
    pub(super) fn identity_to_wire(
        &self,
        object: &Value,
    ) -> Result<Option<ResourceIdentityData>, Diagnostics> {
        match (self.identity_of(object), self.identity_type()) {
            (Some(identity), Some(ty)) => identity_to_wire(&identity, ty).map(Some),
            _ => Ok(None),
        }
    }

    pub(super) fn identity_type(&self) -> Option<&Type> {
        self.identity.as_ref().map(|(_, ty)| ty)
    }
}
