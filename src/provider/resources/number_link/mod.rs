//! The resource `vonage_number_link`.

mod failure;
mod model;
pub(in crate::provider) mod schema;
mod sip_uri;
mod validate;

pub(in crate::provider) use model::LinkModel;

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::field::Field;
use tfplugin::provider::Context;
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{IdentitySchema, Schema};
use tfplugin::value::Value;

use self::validate::{valid_change, wrong_number};
use crate::provider::changes::completed;
use crate::provider::instance::{Instance, Kind, import_id, imported, invalid_import};
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::Visibility;
use crate::vonage::numbers::{LinkError, Linked, Number, NumberKey, Target};

pub(in crate::provider) const KIND: Kind = Kind {
    type_name: "vonage_number_link",
    noun: "Number",
    attribute: schema::MSISDN,
};

/// Where the calls to a number go that the account owns.
pub(in crate::provider) struct NumberLink(pub(in crate::provider) Arc<Session>);

impl NumberLink {
    fn instance(&self, link: &LinkModel, private: &[u8]) -> Instance<'_> {
        Instance {
            session: &self.0,
            kind: &KIND,
            id: link.id(),
            subject: format!("{} {}", KIND.noun, link.id()),
            private: PrivateData::read(private),
        }
    }

    /// What is kept after a write: where the calls go is ours from now on.
    fn written(
        instance: &Instance<'_>,
        planned: Value,
        model: &LinkModel,
        linked: &Linked,
        done: &str,
    ) -> Diagnosed<Stored> {
        let answered = model.refreshed(&linked.number).into();
        let state = completed(planned, answered);
        let mut written = instance.written(state, done, linked.visibility, None);
        let private = PrivateData::read(&written.value.private);
        written.value.private = private.leading_to(model.target().as_ref()).to_bytes();
        written
    }
}

#[async_trait]
impl Resource for NumberLink {
    fn type_name(&self) -> &'static str {
        KIND.type_name
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(IdentitySchema::of_strings([
            (schema::COUNTRY, "Country of the number, as two letters."),
            (schema::MSISDN, "The number in E.164 without `+`."),
        ]))
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        LinkModel::from(config).check()
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        let (prior, planned) = valid_change(&request.prior, &request.draft)?;
        let is_new = request.prior.is_null();
        let planned = planned.in_spelling_of(&prior);
        let instance = self.instance(if is_new { &planned } else { &prior }, &[]);
        Ok(Diagnosed {
            diagnostics: instance.planned(is_new),
            value: planned.into(),
        })
    }

    async fn plan_destroy(&self, _context: &Context, prior: &Value) -> Diagnostics {
        self.instance(&LinkModel::from(prior), &[])
            .planned_destroy()
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        let (_, planned) = valid_change(&Value::Null, &request.planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&planned, &[]);
        let operation = planned.timeouts.begin(Timeout::CREATE, context);
        let (key, target) = (planned.key(), planned.target());
        let takes_over = planned.take_over == Field::Known(true);
        let may_change = |number: &Number| takes_over || number.target().is_none();
        let linked = api
            .numbers
            .lead(&operation, &key, target.as_ref(), &may_change);
        let linked = linked.await;
        let linked = linked.map_err(|error| failure::create(&instance, &error, target.as_ref()))?;
        Ok(Self::written(
            &instance,
            request.planned,
            &planned,
            &linked,
            "linked",
        ))
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        let before = request.prior.state;
        let (prior, planned) = valid_change(&before, &request.planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&prior, &request.prior.private);
        let operation = planned.timeouts.begin(Timeout::UPDATE, context);
        let (key, target) = (planned.key(), planned.target());
        // A target that the plan changes is overwritten, whatever it is by now; one that it leaves alone must be there.
        let changes_target = target != prior.target();
        let may_change = |number: &Number| changes_target || prior.is_same(number);
        let linked = api
            .numbers
            .lead(&operation, &key, target.as_ref(), &may_change);
        let linked = linked
            .await
            .map_err(|error| failure::update(&instance, &error))?;
        if !changes_target {
            return Ok(Stored {
                state: completed(request.planned, planned.into()),
                private: request.prior.private,
            }
            .into());
        }
        Ok(Self::written(
            &instance,
            request.planned,
            &planned,
            &linked,
            "linked",
        ))
    }

    /// Unlinks what still leads where Terraform sent it. A number is never given back.
    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        let link = LinkModel::from(&prior.state);
        let api = self.0.api()?;
        let instance = self.instance(&link, &prior.private);
        let operation = link.timeouts.begin(Timeout::DELETE, context);
        instance.begin_destroy();
        let ours = |number: &Number| instance.private.leads_to(number.target().as_ref());
        let may_change = |number: &Number| number.target().is_none() || ours(number);
        let key = link.key();
        let unlinked = api.numbers.lead(&operation, &key, None, &may_change);
        let mut diagnostics = Diagnostics::new();
        match unlinked.await {
            Ok(Linked {
                visibility: Visibility::NotYet { waited },
                ..
            }) => return Err(failure::still_linked(&instance, waited.as_secs())),
            Ok(_) => {}
            Err(LinkError::NotOwned) => instance.refuse_another_key()?,
            Err(LinkError::Elsewhere(number)) => {
                diagnostics.append(failure::left_alone(&instance, &number));
            }
            Err(LinkError::Failed(error)) => return Err(instance.failed("unlink", &error)),
        }
        let value = ();
        Ok(Diagnosed { value, diagnostics })
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let link = LinkModel::from(&prior.state);
        let instance = self.instance(&link, &prior.private);
        let api = match self.0.access()? {
            Access::Ready(api) => api,
            Access::Unknown(attributes) => return Ok(instance.unread(prior, &attributes)),
        };
        let operation = link.timeouts.begin(Timeout::READ, context);
        let read = api.numbers.read(&operation, &link.key()).await;
        let found = read.map_err(|error| failure::read(&instance, &error))?;
        let found = found.map(|found| link.refreshed(&found).into());
        instance.read(found, std::time::Duration::ZERO, prior.private)
    }

    /// Where the calls go now is ours from now on, so an import looks.
    async fn import(&self, context: &Context, target: ImportTarget) -> Outcome<Stored> {
        let id = import_id(&target, &[schema::COUNTRY, schema::MSISDN]);
        let (country, msisdn) = id.split_once('/').unwrap_or((&id, ""));
        if let Some(problem) = wrong_number(country, msisdn) {
            let problem =
                format!("{problem}. It is `<country>/<msisdn>`, such as \"GB/447700900000\".");
            return Err(invalid_import(&id, &problem));
        }
        let key = NumberKey {
            country: country.to_ascii_uppercase(),
            msisdn: msisdn.to_owned(),
        };
        let link = LinkModel::of_number(&key);
        let mut imported = imported(&self.0, link.clone().into());
        if let Access::Ready(api) = self.0.access()? {
            let instance = self.instance(&link, &imported.private);
            let operation = link.timeouts.begin(Timeout::READ, context);
            let found = api.numbers.read(&operation, &key).await;
            let found = found.map_err(|error| failure::read(&instance, &error))?;
            let leads_to: Option<Target> = found.and_then(|number| number.target());
            let private = instance.private.leading_to(leads_to.as_ref());
            imported.private = private.to_bytes();
        }
        Ok(imported.into())
    }
}
