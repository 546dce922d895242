//! The calls about objects of one type of resource, in values.

use super::client::{CAPABILITIES, Transport, accepted, attribute_path, config};
use super::rules::{identity, planned, proposal};
use super::{Error, codec, messages as wire};
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::path::AttributePath;
use crate::types::Type;
use crate::value::Value;
use wire::provider_client::ProviderClient;
use wire::schema::Block;
use wire::{
    DynamicValue, apply_resource_change, import_resource_state, plan_resource_change,
    read_resource, upgrade_resource_state, validate_resource_config,
};

/// One type of resource of a provider.
#[derive(Clone, Debug)]
pub struct Resource<T> {
    pub(super) messages: ProviderClient<T>,
    pub(super) type_name: String,
    pub(super) version: i64,
    pub(super) block: Block,
    pub(super) ty: Type,
    pub(super) identity: Option<Type>,
}

/// An object as state has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Its attributes.
    pub state: Value,
    /// What the provider keeps for itself.
    pub private: Vec<u8>,
    /// Its identity, where the type has one.
    pub identity: Option<Value>,
}

/// What a plan says.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What an apply will do.
    pub action: Action,
    /// The object as it will be, as far as that is known; null where it will be gone.
    pub state: Value,
    /// What the provider wants to be told at the apply.
    pub private: Vec<u8>,
    /// The object's identity, as far as it is known.
    pub identity: Option<Value>,
    /// The attributes that the provider would need a new object for, whether or not they change.
    pub requires_replace: Vec<AttributePath>,
}

/// What an apply does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// There is nothing to do.
    Nothing,
    /// An object is made.
    Create,
    /// It is changed.
    Update,
    /// It is destroyed, and another one is made.
    Replace,
    /// It is destroyed.
    Delete,
}

impl<T: Transport> Resource<T> {
    /// A configuration with these attributes and blocks; the others are null, or no blocks.
    pub fn config(&self, members: &[(&str, Value)]) -> Result<Value, Error> {
        config(&self.block, members)
    }

    /// Checks a configuration; gives the warnings.
    pub async fn validate(&self, config: &Value) -> Result<Diagnostics, Error> {
        let request = validate_resource_config::Request {
            type_name: self.type_name.clone(),
            config: Some(self.encode(config)?),
            client_capabilities: Some(CAPABILITIES),
        };
        let answer = self.messages().validate_resource_config(request).await?;
        self.accepted(answer.into_inner().diagnostics)
    }

    /// Plans what brings an object to a configuration: `prior` is none to make one, the configuration null to destroy it.
    ///
    /// Where that takes a new object, the plan is the one of its making, as it is for core.
    pub async fn plan(
        &self,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<Diagnosed<Planned>, Error> {
        let planned = self.plan_once(prior, config).await?;
        if planned.value.action != Action::Replace {
            return Ok(planned);
        }
        let new = self
            .plan_once(Some(&new_of(&planned.value)), config)
            .await?;
        Ok(Diagnosed {
            value: Planned {
                action: Action::Replace,
                requires_replace: planned.value.requires_replace,
                ..new.value
            },
            diagnostics: new.diagnostics,
        })
    }

    /// One call of a plan, which for a replacement is not the last word.
    pub(super) async fn plan_once(
        &self,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<Diagnosed<Planned>, Error> {
        let request = self.plan_request(prior, config)?;
        let answer = self.messages().plan_resource_change(request).await?;
        self.planned(prior, config, answer.into_inner())
    }

    pub(super) fn plan_request(
        &self,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<plan_resource_change::Request, Error> {
        let state = prior.map_or(&Value::Null, |object| &object.state);
        let proposed = match config {
            Value::Null => Value::Null,
            config => proposal::propose(&self.block, state, config),
        };
        Ok(plan_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(state)?),
            proposed_new_state: Some(self.encode(&proposed)?),
            config: Some(self.encode(config)?),
            prior_private: prior.map_or_else(Vec::new, |it| it.private.clone()).into(),
            prior_identity: self.encode_identity(prior.and_then(|it| it.identity.as_ref()))?,
            ..Default::default()
        })
    }

    pub(super) fn planned(
        &self,
        prior: Option<&Object>,
        config: &Value,
        answer: plan_resource_change::Response,
    ) -> Result<Diagnosed<Planned>, Error> {
        let diagnostics = self.accepted(answer.diagnostics)?;
        if answer.deferred.is_some() || answer.legacy_type_system {
            let why =
                "a plan is deferred, or of the legacy type system, which this host does not allow";
            return Err(Error::Answer(why.to_owned()));
        }
        let state = self.decode(answer.planned_state.as_ref())?;
        let paths = answer.requires_replace.iter().map(attribute_path);
        let requires_replace = paths.collect::<Result<Vec<_>, _>>()?;
        let before = prior.map_or(&Value::Null, |object| &object.state);
        let replacing =
            planned::replacing(before, &state, &requires_replace).map_err(Error::Answer)?;
        let action = match (before.is_null(), config.is_null()) {
            (true, true) => Action::Nothing,
            (true, false) => Action::Create,
            (false, true) => Action::Delete,
            _ if !replacing.is_empty() => Action::Replace,
            _ if state == *before => Action::Nothing,
            _ => Action::Update,
        };
        let value = Planned {
            action,
            state,
            private: answer.planned_private.to_vec(),
            identity: self.decode_identity(answer.planned_identity.as_ref())?,
            requires_replace,
        };
        Ok(Diagnosed { value, diagnostics })
    }

    /// Carries out a plan; gives what is there then. A replacement is two steps: the plan of the deletion, then this one
    /// without a prior object.
    pub async fn apply(
        &self,
        prior: Option<&Object>,
        config: &Value,
        planned: &Planned,
    ) -> Result<Diagnosed<Option<Object>>, Error> {
        let request = apply_resource_change::Request {
            type_name: self.type_name.clone(),
            prior_state: Some(self.encode(prior.map_or(&Value::Null, |object| &object.state))?),
            planned_state: Some(self.encode(&planned.state)?),
            config: Some(self.encode(config)?),
            planned_private: planned.private.clone().into(),
            planned_identity: self.encode_identity(planned.identity.as_ref())?,
            ..Default::default()
        };
        let answer = self.messages().apply_resource_change(request).await?;
        let answer = answer.into_inner();
        let diagnostics = self.accepted(answer.diagnostics)?;
        let (state, identity) = (answer.new_state.as_ref(), answer.new_identity.as_ref());
        let value = self.object(state, identity, &answer.private)?;
        Ok(Diagnosed { value, diagnostics })
    }

    /// Reads an object; none where it is gone.
    pub async fn read(&self, object: &Object) -> Result<Diagnosed<Option<Object>>, Error> {
        let request = read_resource::Request {
            type_name: self.type_name.clone(),
            current_state: Some(self.encode(&object.state)?),
            private: object.private.clone().into(),
            current_identity: self.encode_identity(object.identity.as_ref())?,
            ..Default::default()
        };
        let answer = self.messages().read_resource(request).await?.into_inner();
        let diagnostics = self.accepted(answer.diagnostics)?;
        if answer.deferred.is_some() {
            return Err(Error::Answer("a read is deferred".to_owned()));
        }
        let (state, identity) = (answer.new_state.as_ref(), answer.new_identity.as_ref());
        let value = self.object(state, identity, &answer.private)?;
        Ok(Diagnosed { value, diagnostics })
    }

    /// Imports an object by its ID, without reading it.
    pub async fn import(&self, id: &str) -> Result<Diagnosed<Object>, Error> {
        let request = import_resource_state::Request {
            type_name: self.type_name.clone(),
            id: id.to_owned(),
            ..Default::default()
        };
        let answer = self.messages().import_resource_state(request).await?;
        let answer = answer.into_inner();
        let diagnostics = self.accepted(answer.diagnostics)?;
        let wrong = || Error::Answer("an import of anything but one object".to_owned());
        let [imported] = &answer.imported_resources[..] else {
            return Err(wrong());
        };
        if imported.type_name != self.type_name {
            return Err(wrong());
        }
        let (state, identity) = (imported.state.as_ref(), imported.identity.as_ref());
        let value = self
            .object(state, identity, &imported.private)?
            .ok_or_else(wrong)?;
        Ok(Diagnosed { value, diagnostics })
    }

    /// A state as it comes back from its file.
    pub async fn upgrade(&self, state: &Value) -> Result<Value, Error> {
        let raw_state = wire::RawState {
            json: codec::to_json(state)?.to_string().into(),
            ..Default::default()
        };
        let request = upgrade_resource_state::Request {
            type_name: self.type_name.clone(),
            version: self.version,
            raw_state: Some(raw_state),
        };
        let answer = self.messages().upgrade_resource_state(request).await?;
        let answer = answer.into_inner();
        self.accepted(answer.diagnostics)?;
        self.decode(answer.upgraded_state.as_ref())
    }

    fn object(
        &self,
        state: Option<&DynamicValue>,
        identity: Option<&wire::ResourceIdentityData>,
        private: &[u8],
    ) -> Result<Option<Object>, Error> {
        let state = self.decode(state)?;
        let identity = self.decode_identity(identity)?;
        if state.is_null() {
            return match identity {
                None => Ok(None),
                Some(_) => Err(Error::Answer("an identity of nothing".to_owned())),
            };
        }
        let problem = identity::of_object(identity.as_ref(), self.identity.as_ref());
        problem.map_or(Ok(()), |it| Err(Error::Answer(it.to_owned())))?;
        Ok(Some(Object {
            state,
            private: private.to_vec(),
            identity,
        }))
    }

    pub(super) fn messages(&self) -> ProviderClient<T> {
        self.messages.clone()
    }

    fn accepted(&self, messages: Vec<wire::Diagnostic>) -> Result<Diagnostics, Error> {
        accepted(messages, Some(&self.ty))
    }

    fn decode(&self, message: Option<&DynamicValue>) -> Result<Value, Error> {
        codec::decode(message, &self.ty)
    }

    fn encode(&self, value: &Value) -> Result<DynamicValue, Error> {
        codec::encode(value, &self.ty)
    }

    fn decode_identity(
        &self,
        message: Option<&wire::ResourceIdentityData>,
    ) -> Result<Option<Value>, Error> {
        let Some(message) = message else {
            return Ok(None);
        };
        let Some(ty) = &self.identity else {
            let why = "an identity of a type that has no schema of one";
            return Err(Error::Answer(why.to_owned()));
        };
        match codec::decode(message.identity_data.as_ref(), ty)? {
            Value::Null => Err(Error::Answer("an identity that is null".to_owned())),
            identity => Ok(Some(identity)),
        }
    }

    fn encode_identity(
        &self,
        identity: Option<&Value>,
    ) -> Result<Option<wire::ResourceIdentityData>, Error> {
        let (Some(identity), Some(ty)) = (identity, &self.identity) else {
            return Ok(None);
        };
        Ok(Some(wire::ResourceIdentityData {
            identity_data: Some(codec::encode(identity, ty)?),
        }))
    }
}

/// The object that is to be made in the place of another, before there is anything of it.
pub(super) fn new_of(replacement: &Planned) -> Object {
    Object {
        state: Value::Null,
        private: replacement.private.clone(),
        identity: replacement.identity.clone(),
    }
}
