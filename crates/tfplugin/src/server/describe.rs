//! `GetMetadata`, `GetProviderSchema`, `GetResourceIdentitySchemas` and `GetFunctions`: what the provider offers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::convert;
use super::generated as wire;
use super::generated::{
    get_functions, get_metadata, get_provider_schema, get_resource_identity_schemas,
};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;

const CAPABILITIES: wire::ServerCapabilities = wire::ServerCapabilities {
    plan_destroy: true,
    // Nothing is set up in `GetProviderSchema`, so a host may use a copy from another process.
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
};

pub(super) async fn metadata(
    shared: Arc<Shared>,
    _: get_metadata::Request,
) -> Result<get_metadata::Response, Diagnostics> {
    let catalog = shared.catalog();
    Ok(get_metadata::Response {
        server_capabilities: Some(CAPABILITIES),
        resources: names(&catalog.resources, |type_name| {
            get_metadata::ResourceMetadata { type_name }
        }),
        data_sources: names(&catalog.data_sources, |type_name| {
            get_metadata::DataSourceMetadata { type_name }
        }),
        list_resources: names(&catalog.list_resources, |type_name| {
            get_metadata::ListResourceMetadata { type_name }
        }),
        functions: names(&catalog.functions, |name| get_metadata::FunctionMetadata {
            name,
        }),
        ..get_metadata::Response::default()
    })
}

pub(super) async fn schemas(
    shared: Arc<Shared>,
    _: get_provider_schema::Request,
) -> Result<get_provider_schema::Response, Diagnostics> {
    let catalog = shared.catalog();
    let to_wire = convert::schema::to_wire;
    Ok(get_provider_schema::Response {
        provider: Some(to_wire(&catalog.provider.schema)),
        resource_schemas: by_name(&catalog.resources, |entry| to_wire(&entry.schema)),
        data_source_schemas: by_name(&catalog.data_sources, |entry| to_wire(&entry.schema)),
        list_resource_schemas: by_name(&catalog.list_resources, |entry| to_wire(&entry.schema)),
        functions: by_name(&catalog.functions, |(_, signature)| {
            convert::function::to_wire(signature)
        }),
        server_capabilities: Some(CAPABILITIES),
        ..get_provider_schema::Response::default()
    })
}

pub(super) async fn identity_schemas(
    shared: Arc<Shared>,
    _: get_resource_identity_schemas::Request,
) -> Result<get_resource_identity_schemas::Response, Diagnostics> {
    let resources = shared.catalog().resources.iter();
    let schemas = resources.filter_map(|(name, entry)| {
        let (schema, _) = entry.identity.as_ref()?;
        Some((
            (*name).to_owned(),
            convert::schema::identity_to_wire(schema),
        ))
    });
    Ok(get_resource_identity_schemas::Response {
        identity_schemas: schemas.collect(),
        ..Default::default()
    })
}

pub(super) async fn functions(
    shared: Arc<Shared>,
    _: get_functions::Request,
) -> Result<get_functions::Response, Diagnostics> {
    let functions = by_name(&shared.catalog().functions, |(_, signature)| {
        convert::function::to_wire(signature)
    });
    Ok(get_functions::Response {
        functions,
        ..Default::default()
    })
}

fn names<T, U>(entries: &BTreeMap<&'static str, T>, of: impl Fn(String) -> U) -> Vec<U> {
    entries.keys().map(|name| of((*name).to_owned())).collect()
}

fn by_name<T, U, M: FromIterator<(String, U)>>(
    entries: &BTreeMap<&'static str, T>,
    convert: impl Fn(&T) -> U,
) -> M {
    entries
        .iter()
        .map(|(name, entry)| ((*name).to_owned(), convert(entry)))
        .collect()
}
