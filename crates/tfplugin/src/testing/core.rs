//! What core asks of a provider in the life of one object, and its rules on each answer.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a panic is how a broken rule shows; only tests call this"
)]

use super::client::Client;
use super::error::Error;
use super::messages as wire;
use super::resource::{Action, Object, Planned, Resource, new_of};
use super::rules::{applied, identity, planned, values};
use super::transport::Transport;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::value::Value;

/// Core, as it is to a provider, with objects of one type. It panics where a rule is broken.
#[derive(Clone, Debug)]
pub struct Core<T> {
    resource: Resource<T>,
}

/// The messages of an answer with errors.
pub type Refused = Diagnostics;

impl<T: Transport> Core<T> {
    /// Core, for objects of one type of this provider.
    pub fn of(client: &Client<T>, type_name: &str) -> Self {
        let resource = client.resource(type_name).unwrap();
        Self { resource }
    }

    /// Brings an object to a configuration, of which the plan knew only `preview`; then the next plan must be empty.
    ///
    /// Where the provider refuses, `object` is what is left: the one before, or none where it was to be replaced.
    pub async fn apply(
        &self,
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
            self.destroy(&object).await?;
        }
        let last = self.plan_again(&first, object.as_ref(), config).await?;
        if last.action != Action::Nothing {
            let changed = self.change(object.as_ref(), config, &last).await?;
            *object = Some(changed);
        }
        self.settled(object.as_ref().unwrap(), config).await;
        Ok(())
    }

    /// Plans a creation or a change.
    pub async fn plan(&self, prior: Option<&Object>, config: &Value) -> Result<Planned, Refused> {
        let planned = self.plan_once(prior, config).await?;
        let before = prior.map_or(&Value::Null, |object| &object.state);
        let block = &self.resource.block;
        let problems = planned::problems(block, before, config, &planned.state);
        assert_eq!(problems, Vec::<String>::new(), "the plan is not valid");
        let makes_an_object = matches!(planned.action, Action::Create | Action::Replace);
        let before = prior.and_then(|object| object.identity.as_ref());
        let problem = identity::of_plan(before, planned.identity.as_ref(), makes_an_object);
        assert_eq!(problem, None);
        if planned.action != Action::Replace {
            return Ok(planned);
        }
        // The object to be made is planned as if there were none yet.
        let new = self.plan_once(Some(&new_of(&planned)), config).await?;
        Ok(Planned {
            action: Action::Replace,
            ..new
        })
    }

    /// Plans again what was planned when less was known, as an apply does; where that was a replacement, the old object is gone.
    pub async fn plan_again(
        &self,
        first: &Planned,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<Planned, Refused> {
        self.validate(config).await?;
        let last = self.plan(prior, config).await?;
        assert_eq!(
            applied::problems(&self.resource.block, &first.state, &last.state),
            Vec::<String>::new(),
            "the final plan is not the one that was shown"
        );
        let is_same = match (first.action, last.action) {
            (Action::Replace, Action::Create) | (Action::Update, Action::Nothing) => true,
            (first, last) => first == last,
        };
        assert!(is_same, "{:?} became {:?}", first.action, last.action);
        Ok(last)
    }

    /// Reads an object; `None` where it is gone.
    pub async fn read(&self, object: &Object) -> Result<Option<Object>, Refused> {
        let read = accepted(self.resource.read(object).await)?.value;
        Ok(read.inspect(|object| self.assert_kept(&object.state)))
    }

    /// Imports an object, and reads it.
    pub async fn import(&self, id: &str) -> Result<Option<Object>, Refused> {
        let imported = accepted(self.resource.import(id).await)?.value;
        self.assert_kept(&imported.state);
        self.read(&imported).await
    }

    /// Plans the destruction of an object, and destroys it.
    pub async fn destroy(&self, object: &Object) -> Result<(), Refused> {
        let (prior, config) = (Some(object), &Value::Null);
        let planned = accepted(self.resource.plan_once(prior, config).await)?.value;
        assert_eq!(planned.state, Value::Null);
        let left = self.resource.apply(prior, config, &planned).await;
        assert_eq!(accepted(left)?.value, None);
        Ok(())
    }

    /// Checks a configuration.
    pub async fn validate(&self, config: &Value) -> Result<(), Refused> {
        accepted(self.resource.validate(config).await).map(drop)
    }

    async fn plan_once(&self, prior: Option<&Object>, config: &Value) -> Result<Planned, Refused> {
        let resource = &self.resource;
        let request = resource.plan_request(prior, config).unwrap();
        let ask = async || {
            let request: wire::plan_resource_change::Request = request.clone();
            let answer = resource.messages().plan_resource_change(request).await;
            answer.unwrap().into_inner()
        };
        let answer = ask().await;
        assert_eq!(answer, ask().await, "the same question has two answers");
        let planned = accepted(resource.planned(prior, config, answer))?.value;
        assert_eq!(
            values::write_only_values(&resource.block, &planned.state),
            Vec::<String>::new()
        );
        Ok(planned)
    }

    /// Carries out the plan of a creation or a change. Where that fails, state is as it was.
    pub async fn change(
        &self,
        prior: Option<&Object>,
        config: &Value,
        planned: &Planned,
    ) -> Result<Object, Refused> {
        let changed = self.resource.apply(prior, config, planned).await;
        let Diagnosed { value, .. } = accepted(changed)?;
        let object = value.unwrap();
        self.assert_kept(&object.state);
        assert_eq!(
            applied::problems(&self.resource.block, &planned.state, &object.state),
            Vec::<String>::new(),
            "the result is not what was planned"
        );
        Ok(object)
    }

    /// A state that comes back from its file, and one that was read, are as they were, and there is nothing left to do.
    pub async fn settled(&self, object: &Object, config: &Value) {
        let upgraded = self.resource.upgrade(&object.state).await.unwrap();
        self.assert_kept(&upgraded);
        assert_eq!(upgraded, object.state);
        let read = self.read(object).await.unwrap().unwrap();
        assert_eq!(read.state, object.state, "a read changes the state");
        assert_eq!(read.identity, object.identity);
        let next = self.plan(Some(&read), config).await.unwrap();
        assert_eq!(next.action, Action::Nothing, "the next plan is not empty");
    }

    /// Fails unless state can keep a value.
    fn assert_kept(&self, state: &Value) {
        assert!(state.is_wholly_known(), "unknown values in state");
        assert_eq!(
            values::write_only_values(&self.resource.block, state),
            Vec::<String>::new()
        );
    }
}

/// The answer, or the provider's own errors; fails on all others.
#[track_caller]
fn accepted<V>(answer: Result<V, Error>) -> Result<V, Refused> {
    match answer {
        Ok(value) => Ok(value),
        Err(Error::Refused(diagnostics)) => Err(diagnostics),
        Err(error) => panic!("{error}"),
    }
}
