//! What core asks of a provider in the life of one object, and its rules on each answer.

use bytes::Bytes;
use tfplugin::generated::provider_client::ProviderClient;
use tfplugin::generated::schema::Block;
use tfplugin::generated::{
    self as wire, DynamicValue, apply_resource_change, get_provider_schema,
    get_resource_identity_schemas, import_resource_state, plan_resource_change, read_resource,
    upgrade_resource_state, validate_resource_config,
};
use tfplugin::path::{AttributePath, Step};
use tfplugin::types::Type;
use tfplugin::value::Value;
use tonic::body::Body;
use tonic::client::GrpcService;
use tonic::codegen::{Body as HttpBody, StdError};

use super::{applied, identity, planned, proposal, schema_rules, types, values};
use crate::client::{decode, encode};
use crate::codec;

/// What calls can be sent over: a channel, or the service itself.
pub(crate) trait Connection:
    GrpcService<
        Body,
        Error: Into<StdError>,
        ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
    >
{
}

impl<T> Connection for T where
    T: GrpcService<
            Body,
            Error: Into<StdError>,
            ResponseBody: HttpBody<Data = Bytes, Error: Into<StdError> + Send> + Send + 'static,
        >
{
}

/// What a host of today says of itself, where it may not put calls off.
const CAPABILITIES: wire::ClientCapabilities = wire::ClientCapabilities {
    deferral_allowed: false,
    write_only_attributes_allowed: true,
    store_planned_private: false,
    computed_blocks_allowed: false,
};

/// Core, as it is to a provider, with objects of one type.
#[derive(Clone)]
pub(crate) struct Core<T> {
    client: ProviderClient<T>,
    type_name: String,
    version: i64,
    block: Block,
    ty: Type,
    identity: Option<Type>,
}

/// An object as state has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object {
    pub(crate) state: Value,
    pub(crate) private: Bytes,
    pub(crate) identity: Option<Value>,
}

/// What a plan says.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) action: Action,
    pub(crate) state: Value,
    private: Bytes,
    identity: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Nothing,
    Create,
    Update,
    Replace,
}

/// The errors of an answer.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Vec<wire::Diagnostic>);

impl<T: Connection> Core<T> {
    /// Loads the schemas, all of which must be as core wants them.
    pub(crate) async fn connect(mut client: ProviderClient<T>, type_name: &str) -> Self {
        let schemas = client.get_provider_schema(get_provider_schema::Request {});
        let schemas = schemas.await.unwrap().into_inner();
        let identities =
            client.get_resource_identity_schemas(get_resource_identity_schemas::Request {});
        let identities = identities.await.unwrap().into_inner().identity_schemas;
        assert_eq!(schema_problems(&schemas, &identities), Vec::<String>::new());
        let schema = &schemas.resource_schemas[type_name];
        Self {
            client,
            type_name: type_name.to_owned(),
            version: schema.version,
            block: schema.block.clone().unwrap(),
            ty: types::of_schema(schema),
            identity: identities.get(type_name).map(types::of_identity),
        }
    }

    /// Brings an object to a configuration, of which the plan knew only `preview`; then the next plan must be empty.
    ///
    /// Where the provider refuses, `object` is what is left: the one before, or none where it was to be replaced.
    pub(crate) async fn apply(
        &mut self,
        object: &mut Option<Object>,
        preview: &Value,
        config: &Value,
    ) -> Result<(), Refused> {
        self.validate(preview).await?;
        let first = self.plan(object.as_ref(), preview).await?;
        if first.action == Action::Nothing {
            return Ok(());
        }
        if first.action == Action::Replace
            && let Some(object) = object.take()
        {
            self.destroy(object).await?;
        }
        self.validate(config).await?;
        let last = self.plan(object.as_ref(), config).await?;
        assert_eq!(
            applied::problems(&self.block, &first.state, &last.state),
            Vec::<String>::new(),
            "the final plan is not the one that was shown"
        );
        let is_same = match (first.action, last.action) {
            (Action::Replace, Action::Create) | (Action::Update, Action::Nothing) => true,
            (first, last) => first == last,
        };
        assert!(is_same, "{:?} became {:?}", first.action, last.action);
        if last.action != Action::Nothing {
            let changed = self.change(object.as_ref(), config, &last).await?;
            *object = Some(changed);
        }
        let object = object.as_ref().expect("what was applied is there");
        self.settled(object, config).await;
        Ok(())
    }

    /// Plans a creation or a change.
    pub(crate) async fn plan(
        &mut self,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<Planned, Refused> {
        let before = prior.map_or(Value::Null, |object| object.state.clone());
        let planned = self.plan_once(prior, config).await?;
        let problems = planned::problems(&self.block, &before, config, &planned.0.state);
        assert_eq!(problems, Vec::<String>::new(), "the plan is not valid");
        let (mut planned, paths) = planned;
        let replacing = planned::replacing(&before, &planned.state, &paths).unwrap();
        planned.action = match prior {
            None => Action::Create,
            Some(_) if !replacing.is_empty() => Action::Replace,
            Some(_) if values::plain(&planned.state) == before => Action::Nothing,
            Some(_) => Action::Update,
        };
        let makes_an_object = matches!(planned.action, Action::Create | Action::Replace);
        let before = prior.and_then(|object| object.identity.as_ref());
        let problem = identity::of_plan(before, planned.identity.as_ref(), makes_an_object);
        assert_eq!(problem, None);
        if planned.action != Action::Replace {
            return Ok(planned);
        }
        // The object to be made is planned as if there were none yet.
        let (new, _) = self
            .plan_from(
                &Value::Null,
                &planned.private,
                planned.identity.as_ref(),
                config,
            )
            .await?;
        Ok(Planned {
            action: Action::Replace,
            ..new
        })
    }

    /// Reads an object; `None` where it is gone.
    pub(crate) async fn read(&mut self, object: &Object) -> Result<Option<Object>, Refused> {
        let request = read_resource::Request {
            type_name: self.type_name.clone(),
            current_state: Some(self.encode(&object.state)),
            private: object.private.clone(),
            current_identity: self.encode_identity(object.identity.as_ref()),
            ..Default::default()
        };
        let answer = self
            .client
            .read_resource(request)
            .await
            .unwrap()
            .into_inner();
        self.accepted(answer.diagnostics)?;
        assert_eq!(answer.deferred, None);
        let state = self.kept(answer.new_state.as_ref());
        if state.is_null() {
            assert_eq!(answer.new_identity, None);
            return Ok(None);
        }
        let identity = identity::read(answer.new_identity.as_ref(), self.identity.as_ref());
        let problem = identity::of_object(identity.as_ref(), self.identity.as_ref());
        assert_eq!(problem, None);
        Ok(Some(Object {
            state,
            private: answer.private,
            identity,
        }))
    }

    /// Imports an object, and reads it.
    pub(crate) async fn import(&mut self, id: &str) -> Result<Option<Object>, Refused> {
        let request = import_resource_state::Request {
            type_name: self.type_name.clone(),
            id: id.to_owned(),
            ..Default::default()
        };
        let answer = self.client.import_resource_state(request).await;
        let answer = answer.unwrap().into_inner();
        self.accepted(answer.diagnostics)?;
        assert_eq!(answer.imported_resources.len(), 1);
        let imported = &answer.imported_resources[0];
        assert_eq!(imported.type_name, self.type_name);
        let state = self.kept(imported.state.as_ref());
        assert!(!state.is_null(), "an import of nothing");
        let object = Object {
            state,
            private: imported.private.clone(),
            identity: identity::read(imported.identity.as_ref(), self.identity.as_ref()),
        };
        self.read(&object).await
    }

    /// Plans the destruction of an object, and destroys it.
    pub(crate) async fn destroy(&mut self, object: Object) -> Result<(), Refused> {
        let null = self.encode(&Value::Null);
        let request = plan_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(&object.state)),
            proposed_new_state: Some(null.clone()),
            config: Some(null.clone()),
            prior_private: object.private.clone(),
            prior_identity: self.encode_identity(object.identity.as_ref()),
            ..Default::default()
        };
        let plan = self.client.plan_resource_change(request).await;
        let plan = plan.unwrap().into_inner();
        self.accepted(plan.diagnostics)?;
        assert_eq!(self.kept(plan.planned_state.as_ref()), Value::Null);
        let request = apply_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(&object.state)),
            planned_state: Some(null.clone()),
            config: Some(null),
            planned_private: plan.planned_private,
            planned_identity: plan.planned_identity,
            ..Default::default()
        };
        let answer = self.client.apply_resource_change(request).await;
        let answer = answer.unwrap().into_inner();
        self.accepted(answer.diagnostics)?;
        assert_eq!(self.kept(answer.new_state.as_ref()), Value::Null);
        Ok(())
    }

    /// Checks a configuration.
    pub(crate) async fn validate(&mut self, config: &Value) -> Result<(), Refused> {
        let request = validate_resource_config::Request {
            type_name: self.type_name.clone(),
            config: Some(self.encode(config)),
            client_capabilities: Some(CAPABILITIES),
        };
        let answer = self.client.validate_resource_config(request).await;
        self.accepted(answer.unwrap().into_inner().diagnostics)
    }

    async fn plan_once(
        &mut self,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<(Planned, Vec<AttributePath>), Refused> {
        match prior {
            Some(prior) => {
                let (state, private) = (&prior.state, &prior.private);
                self.plan_from(state, private, prior.identity.as_ref(), config)
                    .await
            }
            None => {
                self.plan_from(&Value::Null, &Bytes::new(), None, config)
                    .await
            }
        }
    }

    async fn plan_from(
        &mut self,
        prior: &Value,
        private: &Bytes,
        identity: Option<&Value>,
        config: &Value,
    ) -> Result<(Planned, Vec<AttributePath>), Refused> {
        let proposed = proposal::propose(&self.block, prior, config);
        let request = plan_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(prior)),
            proposed_new_state: Some(self.encode(&proposed)),
            config: Some(self.encode(config)),
            prior_private: private.clone(),
            prior_identity: self.encode_identity(identity),
            ..Default::default()
        };
        let again = self.client.plan_resource_change(request.clone()).await;
        let again = again.unwrap().into_inner();
        let answer = self.client.plan_resource_change(request).await;
        let answer = answer.unwrap().into_inner();
        assert_eq!(answer, again, "the same question has two answers");
        self.accepted(answer.diagnostics)?;
        assert_eq!(answer.deferred, None);
        assert!(!answer.legacy_type_system);
        let state = self.decode(answer.planned_state.as_ref());
        assert_eq!(
            values::write_only_values(&self.block, &state),
            Vec::<String>::new()
        );
        let planned = Planned {
            action: Action::Nothing,
            state,
            private: answer.planned_private,
            identity: identity::read(answer.planned_identity.as_ref(), self.identity.as_ref()),
        };
        Ok((planned, answer.requires_replace.iter().map(path).collect()))
    }

    /// Carries out the plan of a creation or a change. Where that fails, state is as it was.
    pub(crate) async fn change(
        &mut self,
        prior: Option<&Object>,
        config: &Value,
        planned: &Planned,
    ) -> Result<Object, Refused> {
        let before = prior.map_or(Value::Null, |object| object.state.clone());
        let request = apply_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(&before)),
            planned_state: Some(self.encode(&planned.state)),
            config: Some(self.encode(config)),
            planned_private: planned.private.clone(),
            planned_identity: self.encode_identity(planned.identity.as_ref()),
            ..Default::default()
        };
        let answer = self.client.apply_resource_change(request).await;
        let answer = answer.unwrap().into_inner();
        self.accepted(answer.diagnostics)?;
        let state = self.kept(answer.new_state.as_ref());
        assert_eq!(
            applied::problems(&self.block, &planned.state, &state),
            Vec::<String>::new(),
            "the result is not what was planned"
        );
        let identity = identity::read(answer.new_identity.as_ref(), self.identity.as_ref());
        let problem = identity::of_object(identity.as_ref(), self.identity.as_ref());
        assert_eq!(problem, None);
        Ok(Object {
            state,
            private: answer.private,
            identity,
        })
    }

    /// A state that comes back from its file, and one that was read, are as they were, and there is nothing left to do.
    pub(crate) async fn settled(&mut self, object: &Object, config: &Value) {
        let upgraded = self.upgraded(object).await;
        assert_eq!(upgraded, object.state);
        let read = self.read(object).await.unwrap().expect("it is there");
        assert_eq!(read.state, object.state, "a read changes the state");
        assert_eq!(read.identity, object.identity);
        let next = self.plan(Some(&read), config).await.unwrap();
        assert_eq!(next.action, Action::Nothing, "the next plan is not empty");
    }

    async fn upgraded(&mut self, object: &Object) -> Value {
        let raw_state = wire::RawState {
            json: codec::to_json(&object.state).to_string().into(),
            ..Default::default()
        };
        let request = upgrade_resource_state::Request {
            type_name: self.type_name.clone(),
            version: self.version,
            raw_state: Some(raw_state),
        };
        let answer = self.client.upgrade_resource_state(request).await;
        let answer = answer.unwrap().into_inner();
        self.accepted(answer.diagnostics).unwrap();
        self.kept(answer.upgraded_state.as_ref())
    }

    /// A value of an answer that state will keep.
    fn kept(&self, message: Option<&DynamicValue>) -> Value {
        let value = self.decode(message);
        assert!(value.is_wholly_known(), "unknown values in state");
        assert_eq!(
            values::write_only_values(&self.block, &value),
            Vec::<String>::new()
        );
        value
    }

    /// Fails where there are errors; warnings are fine.
    fn accepted(&self, diagnostics: Vec<wire::Diagnostic>) -> Result<(), Refused> {
        use wire::diagnostic::Severity;
        for diagnostic in &diagnostics {
            assert_ne!(diagnostic.severity(), Severity::Invalid);
            assert!(!diagnostic.summary.is_empty());
            if let Some(path) = &diagnostic.attribute {
                assert!(types::has(&self.ty, path), "{diagnostic:?} points nowhere");
            }
        }
        let is_error = |diagnostic: &wire::Diagnostic| diagnostic.severity() == Severity::Error;
        if diagnostics.iter().any(is_error) {
            return Err(Refused(diagnostics));
        }
        Ok(())
    }

    fn decode(&self, message: Option<&DynamicValue>) -> Value {
        decode(message, &self.ty)
    }

    fn encode(&self, value: &Value) -> DynamicValue {
        encode(value, &self.ty)
    }

    fn encode_identity(&self, identity: Option<&Value>) -> Option<wire::ResourceIdentityData> {
        let ty = self.identity.as_ref()?;
        Some(wire::ResourceIdentityData {
            identity_data: Some(encode(identity?, ty)),
        })
    }
}

fn path(message: &wire::AttributePath) -> AttributePath {
    use wire::attribute_path::step::Selector;
    let steps = message
        .steps
        .iter()
        .map(|step| match step.selector.clone() {
            Some(Selector::AttributeName(name)) => Step::Attribute(name),
            Some(Selector::ElementKeyString(key)) => Step::Key(key),
            Some(Selector::ElementKeyInt(index)) => Step::Index(index),
            None => panic!("a step that leads nowhere"),
        });
    steps.collect()
}

fn schema_problems(
    schemas: &get_provider_schema::Response,
    identities: &std::collections::BTreeMap<String, wire::ResourceIdentitySchema>,
) -> Vec<String> {
    let provider = schemas
        .provider
        .as_ref()
        .expect("the provider's own schema");
    let resources = schemas.resource_schemas.iter();
    let data_sources = schemas.data_source_schemas.iter();
    let lists = schemas.list_resource_schemas.iter();
    let mut found = schema_rules::problems("provider", provider);
    for (name, schema) in resources.chain(data_sources).chain(lists) {
        found.extend(schema_rules::problems(name, schema));
    }
    for (name, schema) in identities {
        found.extend(schema_rules::identity_problems(name, schema));
    }
    for (name, function) in &schemas.functions {
        found.extend(schema_rules::function_problems(name, function));
    }
    found
}
