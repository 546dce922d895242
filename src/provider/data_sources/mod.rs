//! The data sources: each a lookup, and what of the objects that it finds is shown.

mod application;
mod number;
mod sip_domain;
mod sip_domain_users;

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, ObjectNesting, Schema};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::lookup::{Account, Lookup};
use super::session::Session;

pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn DataSource>> {
    let lookup = |definition| -> Arc<dyn DataSource> {
        let session = Arc::clone(session);
        Arc::new(Source {
            session,
            definition,
            of_object: OnceLock::new(),
        })
    };
    let sources = [
        application::ONE,
        application::MANY,
        number::ONE,
        number::MANY,
        sip_domain::ONE,
        sip_domain::MANY,
        sip_domain_users::OF_DOMAIN,
    ];
    sources.map(lookup).into()
}

struct Definition {
    type_name: &'static str,
    description: &'static str,
    lookup: Lookup,
    /// The computed attributes of an object.
    attributes: fn() -> Vec<Attribute>,
    /// How many objects are looked up: what is shown of one stands at the top.
    many: Option<Many>,
}

/// The attributes of a data source of many objects.
struct Many {
    /// The objects themselves, and what is said of them.
    objects: (&'static str, &'static str),
    /// One attribute of each, and what is said of that.
    names: (&'static str, &'static str),
    /// That attribute.
    name: &'static str,
}

struct Source {
    session: Arc<Session>,
    definition: Definition,
    /// Built once, for the schema and for each read.
    of_object: OnceLock<Vec<Attribute>>,
}

impl Source {
    fn of_object(&self) -> &[Attribute] {
        self.of_object.get_or_init(self.definition.attributes)
    }
}

#[async_trait]
impl DataSource for Source {
    fn type_name(&self) -> &'static str {
        self.definition.type_name
    }

    fn schema(&self) -> Schema {
        let mut attributes = (self.definition.lookup.arguments)();
        let of_object = self.of_object().to_vec();
        match &self.definition.many {
            None => attributes.extend(of_object),
            Some(Many { objects, names, .. }) => attributes.extend([
                Attribute::nested(objects.0, ObjectNesting::List, of_object)
                    .computed()
                    .description(objects.1),
                Attribute::new(names.0, Type::String.list())
                    .computed()
                    .description(names.1),
            ]),
        }
        Schema::new(self.definition.description, attributes)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        (self.definition.lookup.check)(config)
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let account = Account::open(&self.session, context)?;
        let found = (self.definition.lookup.find)(&account, &config).await?;
        let shown = |object: &Value| {
            let names = self.of_object().iter().map(|it| it.name.as_str());
            Value::object(names.map(|name| (name, object.attribute(name).clone())))
        };
        let mut result = config;
        if let Some(Many {
            objects,
            names,
            name,
        }) = &self.definition.many
        {
            let of_each = found.iter().map(|object| object.attribute(name).clone());
            result.set_attribute(names.0, Value::List(of_each.collect()));
            result.set_attribute(objects.0, Value::List(found.iter().map(shown).collect()));
        } else if let Some(object) = found.first() {
            let arguments = (self.definition.lookup.arguments)();
            for Attribute { name, .. } in arguments.iter().chain(self.of_object()) {
                if result.attribute(name).is_null() {
                    result.set_attribute(name, object.attribute(name).clone());
                }
            }
        }
        Ok(result.into())
    }
}
