//! The resource `vonage_number_link`.

mod failure;
mod model;
pub(in crate::provider) mod schema;
mod sip_uri;
mod validate;

pub(in crate::provider) use model::{Country, LinkModel};

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::field::Field;
use tfplugin::provider::Context;
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{IdentitySchema, Schema};
use tfplugin::value::Value;

use self::model::canonical;
use self::validate::{valid_change, wrong_number};
use crate::provider::changes::completed;
use crate::provider::instance::{Instance, Kind, import_id, imported, invalid_import};
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::numbers::{Change, LinkError, Linked, Number, NumberKey};
use crate::vonage::{Deleted, Visibility};

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
    ) -> Diagnosed<Stored> {
        let answered = model.refreshed(&linked.number).into();
        let state = completed(planned, answered);
        let mut written = instance.written(state, "linked", linked.visibility, None);
        let private = PrivateData::read(&written.value.private);
        let target = model.target().map(canonical);
        written.value.private = private.leading_to(target.as_ref()).to_bytes();
        let warnings = failure::without_voice(instance, &linked.number);
        written.diagnostics.append(warnings);
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
        let change = Change {
            target: target.as_ref(),
            is_there: &|number| planned.is_same(number),
            allowed: &|number| takes_over || number.target().is_none(),
            settling: instance.settling_before_write().different,
        };
        let linked = api.numbers.lead(&operation, &key, &change).await;
        let failed = |error| failure::create(&instance, &error, change.is_there);
        let linked = linked.map_err(failed)?;
        Ok(Self::written(&instance, request.planned, &planned, &linked))
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        let before = request.prior.state;
        let (prior, planned) = valid_change(&before, &request.planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&prior, &request.prior.private);
        let operation = planned.timeouts.begin(Timeout::UPDATE, context);
        let (key, target) = (planned.key(), planned.target());
        let failed = |error| failure::update(&instance, &error);
        let is_there = |number: &Number| planned.is_same(number);
        if target == prior.target() {
            // Only Terraform's own attributes changed, as `timeouts` do: the API has nothing to learn.
            let settling = instance.settling_before_write().different;
            let checked = api.numbers.check(&operation, &key, settling, &is_there);
            checked.await.map_err(failed)?;
            return Ok(Stored {
                state: completed(request.planned, planned.into()),
                private: request.prior.private,
            }
            .into());
        }
        let change = Change {
            target: target.as_ref(),
            is_there: &is_there,
            // What the plan changes is overwritten, whatever it is by now.
            allowed: &|_| true,
            settling: Duration::ZERO,
        };
        let linked = api.numbers.lead(&operation, &key, &change).await;
        let linked = linked.map_err(failed)?;
        Ok(Self::written(&instance, request.planned, &planned, &linked))
    }

    /// Unlinks what still leads where Terraform sent it. A number is never given back.
    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        let link = LinkModel::from(&prior.state);
        let api = self.0.api()?;
        let instance = self.instance(&link, &prior.private);
        let operation = link.timeouts.begin(Timeout::DELETE, context);
        instance.begin_destroy();
        let leads_nowhere = |number: &Number| number.target().is_none();
        let is_ours = |number: &Number| {
            let target = number.target().map(canonical);
            instance.private.leads_to(target.as_ref())
        };
        let change = Change {
            target: None,
            is_there: &leads_nowhere,
            allowed: &|number| leads_nowhere(number) || is_ours(number),
            settling: instance.settling_before_write().different,
        };
        let mut diagnostics = Diagnostics::new();
        let mut was_missing = false;
        match api.numbers.lead(&operation, &link.key(), &change).await {
            Ok(Linked {
                visibility: Visibility::Confirmed,
                number,
            }) => diagnostics.append(failure::application_below(&instance, &number)),
            Ok(_) => return Err(failure::still_linked(&instance)),
            Err(LinkError::NotOwned) => was_missing = true,
            Err(LinkError::Elsewhere(number)) => {
                diagnostics.append(failure::left_alone(&instance, &number));
            }
            Err(LinkError::Unclear(error)) => {
                return Err(failure::unlink_unclear(&instance, &error));
            }
            Err(LinkError::Failed(error)) => return Err(failure::unlink(&instance, &error)),
        }
        let mut outcome = instance.deleted(&Deleted {
            visibility: Visibility::Confirmed,
            was_missing,
        })?;
        outcome.diagnostics.append(diagnostics);
        Ok(outcome)
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let link = LinkModel::from(&prior.state);
        let instance = self.instance(&link, &prior.private);
        let api = match self.0.access()? {
            Access::Ready(api) => api,
            Access::Unknown(attributes) => return Ok(instance.unread(prior, &attributes)),
        };
        let operation = link.timeouts.begin(Timeout::READ, context);
        let settling = instance.settling().different;
        let as_written = |number: &Number| link.is_same(number);
        let read = api
            .numbers
            .read_settling(&operation, &link.key(), settling, &as_written)
            .await;
        let read = read.map_err(|error| instance.failed("read", &error))?;
        let found = read.found.map(|found| link.refreshed(&found).into());
        instance.read(found, read.waited, prior.private)
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
            let found = found.map_err(|error| instance.failed("read", &error))?;
            let found = found.and_then(|number| link.refreshed(&number).target());
            let private = instance.private.leading_to(found.map(canonical).as_ref());
            imported.private = private.to_bytes();
        }
        Ok(imported.into())
    }
}
