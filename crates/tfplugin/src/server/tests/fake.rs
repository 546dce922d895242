//! A provider whose every behaviour a test can see: one resource, one data source, one list, one function.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;

use crate::data_source::DataSource;
use crate::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::function::{Function, FunctionError, Parameter, Signature};
use crate::list_resource::{ListResource, Listed};
use crate::path::AttributePath;
use crate::provider::{ConfigureRequest, Context, Deferral, Provider};
use crate::resource::{CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest};
use crate::schema::{Attribute, Block, IdentitySchema, Schema};
use crate::types::Type;
use crate::value::Value;

#[derive(Default)]
pub(super) struct FakeProvider {
    /// Whether its configuration has unknown values.
    pub(super) is_unknown: bool,
    pub(super) seen: Arc<Seen>,
}

/// What a provider was asked, in numbers.
#[derive(Default)]
pub(super) struct Seen {
    /// Configurations.
    configs: AtomicUsize,
    /// Schemas.
    schemas: AtomicUsize,
}

impl Seen {
    pub(super) fn configs(&self) -> usize {
        self.configs.load(Ordering::Relaxed)
    }

    pub(super) fn schemas(&self) -> usize {
        self.schemas.load(Ordering::Relaxed)
    }

    fn config(&self) {
        self.configs.fetch_add(1, Ordering::Relaxed);
    }

    fn schema(&self, attributes: Vec<Attribute>) -> Schema {
        self.schemas.fetch_add(1, Ordering::Relaxed);
        Schema {
            version: 1,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }
}

#[async_trait]
impl Provider for FakeProvider {
    fn schema(&self) -> Schema {
        self.seen
            .schema(vec![Attribute::string("account").required()])
    }

    fn resources(&self) -> Vec<Arc<dyn Resource>> {
        vec![Arc::new(Thing(Arc::clone(&self.seen)))]
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        vec![Arc::new(Fact(Arc::clone(&self.seen)))]
    }

    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        vec![Arc::new(Things(Arc::clone(&self.seen)))]
    }

    fn functions(&self) -> Vec<Arc<dyn Function>> {
        vec![Arc::new(Length)]
    }

    fn validate(&self, _config: &Value) -> Diagnostics {
        self.seen.config();
        Diagnostics::new()
    }

    async fn configure(&self, _request: ConfigureRequest) -> Diagnostics {
        self.seen.config();
        Diagnostics::new()
    }

    fn deferral(&self) -> Option<Deferral> {
        self.is_unknown.then_some(Deferral::ProviderConfigUnknown)
    }
}

/// A resource that does what its name says: `panic`, `gone`, `other` (another identity), `wait` (until stopped).
struct Thing(Arc<Seen>);

impl Thing {
    fn stored(state: Value) -> Stored {
        Stored {
            state,
            private: b"private".to_vec(),
        }
    }
}

#[async_trait]
impl Resource for Thing {
    fn type_name(&self) -> &'static str {
        "fake_thing"
    }

    fn schema(&self) -> Schema {
        self.0.schema(vec![
            Attribute::string("name").required().requires_replace(),
            Attribute::string("size").default("small"),
            Attribute::string("id").computed(),
            Attribute::string("secret_wo").write_only(),
        ])
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(IdentitySchema::of_strings([("name", "")]))
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.0.config();
        assert_ne!(
            config.attribute("name").as_str(),
            Some("panic"),
            "asked for"
        );
        refused(config, "name")
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        self.0.config();
        Ok(request.draft.into())
    }

    async fn create(&self, _context: &Context, request: CreateRequest) -> Outcome<Stored> {
        self.0.config();
        let mut state = request.planned;
        state.set_attribute("id", "made".into());
        let value = Self::stored(state);
        if request.config.attribute("secret_wo").as_str() == Some("half") {
            return Ok(Diagnosed {
                value,
                diagnostics: Diagnostics::from_error("Half made", "The rest failed."),
            });
        }
        Ok(value.into())
    }

    async fn update(&self, _context: &Context, _request: UpdateRequest) -> Outcome<Stored> {
        self.0.config();
        Err(Diagnostics::from_error("No change", "Refused."))
    }

    async fn delete(&self, _context: &Context, _prior: Stored) -> Outcome<()> {
        Ok(().into())
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let mut state = prior.state;
        match state.attribute("name").as_str() {
            Some("gone") => return Ok(None.into()),
            Some("other") => state.set_attribute("name", "another".into()),
            Some("wait") => context.cancel.cancelled().await,
            _ => {}
        }
        Ok(Some(Self::stored(state)).into())
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        let name = match target {
            ImportTarget::Id(id) => id,
            ImportTarget::Identity(identity) => identity
                .attribute("name")
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        };
        Ok(Self::stored(found(name)).into())
    }
}

/// A thing of which only the name is known.
fn found(name: impl Into<Value>) -> Value {
    let unread = ["size", "id", "secret_wo"].map(|name| (name, Value::Null));
    Value::object(unread.into_iter().chain([("name", name.into())]))
}

/// An error where the attribute is `bad`.
fn refused(config: &Value, attribute: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if config.attribute(attribute).as_str() == Some("bad") {
        let path = AttributePath::root(attribute);
        diagnostics.error(path, format!("Bad {attribute}"), "Choose another.");
    }
    diagnostics
}

/// Answers its question with itself.
struct Fact(Arc<Seen>);

#[async_trait]
impl DataSource for Fact {
    fn type_name(&self) -> &'static str {
        "fake_fact"
    }

    fn schema(&self) -> Schema {
        self.0.schema(vec![
            Attribute::string("question").required(),
            Attribute::string("answer").computed(),
        ])
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.0.config();
        refused(config, "question")
    }

    async fn read(&self, _context: &Context, config: Value) -> Outcome<Value> {
        let mut state = config;
        state.set_attribute("answer", state.attribute("question").clone());
        Ok(state.into())
    }
}

/// Finds ten things; with the prefix `nameless` none of them has an identity.
struct Things(Arc<Seen>);

#[async_trait]
impl ListResource for Things {
    fn type_name(&self) -> &'static str {
        "fake_thing"
    }

    fn plural(&self) -> &'static str {
        "fake things"
    }

    fn schema(&self) -> Schema {
        self.0.schema(vec![Attribute::string("prefix").required()])
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.0.config();
        refused(config, "prefix")
    }

    async fn list(&self, _context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let prefix = config.attribute("prefix").as_str();
        assert_ne!(prefix, Some("panic"), "asked for");
        let is_nameless = prefix == Some("nameless");
        let listed = |number: usize| {
            let display_name = format!("thing-{number}");
            let name = (!is_nameless).then(|| display_name.clone());
            Listed {
                display_name,
                object: found(name),
            }
        };
        Ok((0..10).map(listed).collect::<Vec<_>>().into())
    }
}

/// The number of elements of a list.
struct Length;

impl Function for Length {
    fn name(&self) -> &'static str {
        "length"
    }

    fn signature(&self) -> Signature {
        let list = Parameter {
            name: "list".to_owned(),
            ty: Type::String.list(),
            allow_null: false,
            allow_unknown: false,
            description: String::new(),
        };
        Signature {
            parameters: vec![list],
            variadic: None,
            result: Type::Number,
            summary: String::new(),
            description: String::new(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let elements = arguments[0].as_elements().unwrap();
        if elements.is_empty() {
            return Err(FunctionError {
                text: "the list is empty.".to_owned(),
                argument: Some(0),
            });
        }
        Ok(i64::try_from(elements.len()).unwrap().into())
    }
}
