//! The resource `vonage_sip_domain`.

mod acl_policy;
mod failure;
mod model;
mod plan;
pub(in crate::provider) mod schema;
#[cfg(test)]
mod tests;
mod validate;
mod words;

pub(in crate::provider) use model::DomainModel;
pub(in crate::provider) use words::DomainType;

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

use self::validate::valid_change;
use crate::provider::changes::{changed_by_others, completed};
use crate::provider::domain_name::DomainName;
use crate::provider::instance::{Instance, Kind, import_id, imported, invalid_import};
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::LeftAlone;
use crate::vonage::psip::Domain;

pub(in crate::provider) const KIND: Kind = Kind {
    type_name: "vonage_sip_domain",
    noun: "SIP domain",
    attribute: schema::NAME,
};

pub(in crate::provider) struct SipDomain(pub(in crate::provider) Arc<Session>);

/// What a plan would say against a new domain like this one.
pub(in crate::provider) fn against_acl_policy(session: &Session, state: &Value) -> Diagnostics {
    let domain = DomainModel::from(state);
    acl_policy::judge(&session.acl_policy(), &DomainModel::default(), &domain)
}

impl SipDomain {
    fn instance(&self, domain: &DomainModel, private: &[u8]) -> Instance<'_> {
        Instance {
            session: &self.0,
            kind: &KIND,
            id: domain.name().to_owned(),
            subject: format!("{} {:?}", KIND.noun, domain.name()),
            private: PrivateData::read(private),
        }
    }

    /// Ends a write against the ACL policy: what the plan did not know, or another policy, was not judged yet.
    fn must_keep_to_policy(
        &self,
        prior: &DomainModel,
        planned: &DomainModel,
    ) -> Result<(), Diagnostics> {
        let errors = acl_policy::judge(&self.0.acl_policy(), prior, planned).into_errors();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    fn value(&self, domain: DomainModel) -> Value {
        let base_domain = self.0.sip_base_domain();
        domain.into_value(base_domain.as_deref().map_or(Field::Unknown, Field::Known))
    }
}

#[async_trait]
impl Resource for SipDomain {
    fn type_name(&self) -> &'static str {
        KIND.type_name
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    /// A name is unique over all Vonage accounts.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        let name = (schema::NAME, "Name of the domain.");
        Some(IdentitySchema::of_strings([name]))
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainModel::from(config).check()
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        let (prior, planned) = valid_change(&request.prior, &request.draft)?;
        let planned = planned.in_spelling_of(&prior);
        if let Some(name) = planned.name.as_known() {
            let shuts_users_out = planned.digest_auth == Field::Known(false);
            let domains = &self.0.planned_domains;
            domains.plan(name.as_str(), shuts_users_out);
        }
        let is_new = request.prior.is_null();
        let instance = self.instance(if is_new { &planned } else { &prior }, &[]);
        let mut diagnostics = acl_policy::judge(&self.0.acl_policy(), &prior, &planned);
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        diagnostics.append(plan::warnings(&prior, &planned));
        diagnostics.append(instance.planned(is_new));
        Ok(Diagnosed {
            value: self.value(planned),
            diagnostics,
        })
    }

    async fn plan_destroy(&self, _context: &Context, prior: &Value) -> Diagnostics {
        let instance = self.instance(&DomainModel::from(prior), &[]);
        let mut diagnostics = instance.planned_destroy();
        diagnostics.append(plan::destruction(&instance.id));
        diagnostics
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        let (prior, planned) = valid_change(&Value::Null, &request.planned)?;
        self.must_keep_to_policy(&prior, &planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&planned, &[]);
        let operation = planned.timeouts.begin(Timeout::CREATE, context);
        let same = |found: &Domain| planned.is_same(found);
        let wanted = planned.to_api();
        let created = api.psip.create_domain(&operation, &wanted, &same).await;
        let created = created.map_err(|error| failure::create(&instance, &error))?;
        let answered = self.value(planned.refreshed(&created.object));
        let state = completed(request.planned, answered);
        let shown = created
            .shown
            .map(|found| self.value(planned.refreshed(&found)));
        Ok(instance.written(state, "created", created.visibility, shown))
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        let before = request.prior.state;
        let (prior, planned) = valid_change(&before, &request.planned)?;
        self.must_keep_to_policy(&prior, &planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&prior, &request.prior.private);
        let operation = planned.timeouts.begin(Timeout::UPDATE, context);
        let changed = |found: &Domain| {
            let now = self.value(prior.refreshed(found));
            changed_by_others(&instance.subject, &before, &request.planned, &now)
        };
        let left_alone = LeftAlone {
            is_in: &|found| changed(found).is_empty(),
            settling: instance.settling_before_write(),
        };
        let failed = |error| failure::update(&instance, &error, changed);
        let wanted = planned.to_api();
        if wanted == prior.to_api() {
            // Only Terraform's own attributes changed, as `force_destroy` or `timeouts` do: the API has nothing to learn.
            let checked = api.psip.check_domain(&operation, &wanted.name, &left_alone);
            checked.await.map_err(failed)?;
            return Ok(Stored {
                state: completed(request.planned, self.value(planned)),
                private: request.prior.private,
            }
            .into());
        }
        let same = |found: &Domain| planned.is_same(found);
        let updated = api
            .psip
            .update_domain(&operation, &wanted, &left_alone, &same);
        let updated = updated.await.map_err(failed)?;
        let answered = self.value(planned.refreshed(&updated.object));
        let state = completed(request.planned, answered);
        let shown = updated
            .shown
            .map(|found| self.value(planned.refreshed(&found)));
        Ok(instance.written(state, "updated", updated.visibility, shown))
    }

    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        let domain = DomainModel::from(&prior.state);
        let api = self.0.api()?;
        let instance = self.instance(&domain, &prior.private);
        let force_destroy = domain.force_destroy.known().unwrap_or(false);
        let operation = domain.timeouts.begin(Timeout::DELETE, context);
        instance.begin_destroy();
        let failed = |error| failure::delete(&instance, force_destroy, &error);
        let deleted = api
            .psip
            .delete_domain(&operation, &instance.id, force_destroy);
        instance.deleted(&deleted.await.map_err(failed)?)
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let domain = DomainModel::from(&prior.state);
        let instance = self.instance(&domain, &prior.private);
        let api = match self.0.access()? {
            Access::Ready(api) => api,
            Access::Unknown(attributes) => return Ok(instance.unread(prior, &attributes)),
        };
        let operation = domain.timeouts.begin(Timeout::READ, context);
        let (name, settling) = (&instance.id, instance.settling());
        let same = |found: &Domain| domain.is_same(found);
        let read = api
            .psip
            .read_settling_domain(&operation, name, settling, &same);
        let read = read
            .await
            .map_err(|error| instance.failed("read", &error))?;
        let found = read.found.map(|found| self.value(domain.refreshed(&found)));
        instance.read(found, read.waited, prior.private)
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        let name = import_id(&target, &[schema::NAME]);
        if DomainName::from(name.as_str()).mistakes().is_empty() {
            let state = DomainModel::named(&name).into_value(Field::Null);
            return Ok(imported(&self.0, state).into());
        }
        Err(invalid_import(
            &name,
            "is not the name of a SIP domain. The import ID is the name alone, 5 to 32 letters, digits or dashes, such as \
             \"yourcompany\".",
        ))
    }
}
