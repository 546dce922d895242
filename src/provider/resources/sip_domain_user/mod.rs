//! The resource `vonage_sip_domain_user`.

mod failure;
mod import;
mod model;
mod plan;
pub(in crate::provider) mod schema;
#[cfg(test)]
mod tests;
mod validate;

pub(in crate::provider) use model::UserModel;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{IdentitySchema, Schema};
use tfplugin::value::Value;

use self::validate::valid_change;
use crate::provider::changes::kept;
use crate::provider::instance::{Instance, Kind, imported};
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;

pub(in crate::provider) const KIND: Kind = Kind {
    type_name: "vonage_sip_domain_user",
    noun: "SIP user",
    attribute: schema::KEY,
};

pub(in crate::provider) struct SipDomainUser(pub(in crate::provider) Arc<Session>);

impl SipDomainUser {
    fn instance(&self, model: &UserModel, private: &[u8]) -> Instance<'_> {
        let user = model.to_api();
        Instance {
            session: &self.0,
            kind: &KIND,
            id: model.id().unwrap_or_default(),
            subject: format!("{} {:?} of domain {:?}", KIND.noun, user.key, user.domain),
            private: PrivateData::read(private),
        }
    }
}

#[async_trait]
impl Resource for SipDomainUser {
    fn type_name(&self) -> &'static str {
        KIND.type_name
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    /// A key is unique within its domain.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(IdentitySchema::of_strings([
            (schema::DOMAIN, "Name of the SIP domain."),
            (schema::KEY, "Key of the user."),
        ]))
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        UserModel::from(config).check()
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        let is_new = request.prior.is_null();
        let check = if is_new {
            UserModel::check_new
        } else {
            UserModel::check
        };
        let (prior, _) = valid_change(&request.prior, &request.config, check)?;
        let mut planned = UserModel::from(&request.draft);
        planned.domain = kept(&prior.domain, planned.domain);
        let instance = self.instance(if is_new { &planned } else { &prior }, &[]);
        let mut diagnostics = instance.planned(is_new);
        if !is_new {
            diagnostics.append(plan::warnings(&prior, &planned, &instance.subject));
        }
        let domain = &planned.to_api().domain;
        if self.0.planned_domains.shuts_users_out(domain) {
            diagnostics.append(plan::shut_out(domain));
        }
        let value = Value::from(planned);
        Ok(Diagnosed { value, diagnostics })
    }

    async fn plan_destroy(&self, _context: &Context, prior: &Value) -> Diagnostics {
        let user = UserModel::from(prior);
        let mut diagnostics = self.instance(&user, &[]).planned_destroy();
        diagnostics.append(plan::destruction(&user.to_api()));
        diagnostics
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        let (_, configured) = valid_change(&Value::Null, &request.config, UserModel::check)?;
        let planned = UserModel::from(&request.planned);
        let user = planned.to_api();
        let instance = self.instance(&planned, &[]);
        let secret = configured
            .secret()
            .ok_or_else(|| failure::no_secret(&instance))?;
        let api = self.0.api()?;
        let operation = planned.timeouts.begin(Timeout::CREATE, context);
        let created = api.psip.create_user(&operation, &user, &secret).await;
        let seen = created.map_err(|error| failure::create(&instance, &user, &error))?;
        Ok(instance.written(planned.into(), "created", seen, None))
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        let (prior, configured) =
            valid_change(&request.prior.state, &request.config, UserModel::check)?;
        let planned = UserModel::from(&request.planned);
        let user = planned.to_api();
        let instance = self.instance(&planned, &request.prior.private);
        let secret = secret_to_send(&instance, &prior, &configured, &planned)?;
        let api = self.0.api()?;
        let settling = instance.settling();
        let operation = planned.timeouts.begin(Timeout::UPDATE, context);
        let failed = |error| failure::update(&instance, &error);
        let mut private = request.prior.private;
        if let Some(secret) = secret {
            let updated = api.psip.update_user(&operation, &user, &secret, settling);
            updated.await.map_err(failed)?;
            private = instance.private.with_key(self.0.api_key()).to_bytes();
        } else {
            let checked = api.psip.check_user(&operation, &user, settling);
            checked.await.map_err(failed)?;
        }
        let state = planned.into();
        Ok(Stored { state, private }.into())
    }

    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        let model = UserModel::from(&prior.state);
        let user = model.to_api();
        let api = self.0.api()?;
        let instance = self.instance(&model, &prior.private);
        let operation = model.timeouts.begin(Timeout::DELETE, context);
        instance.begin_destroy();
        let deleted = api.psip.delete_user(&operation, &user).await;
        instance.deleted(&deleted.map_err(|error| instance.failed("delete", &error))?)
    }

    /// A read tells whether the user is there, and nothing else: secret and version stay as they are.
    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let model = UserModel::from(&prior.state);
        let user = model.to_api();
        let instance = self.instance(&model, &prior.private);
        let api = match self.0.access()? {
            Access::Ready(api) => api,
            Access::Unknown(attributes) => return Ok(instance.unread(prior, &attributes)),
        };
        let operation = model.timeouts.begin(Timeout::READ, context);
        let read = api
            .psip
            .read_settling_user(&operation, &user, instance.settling());
        let read = read
            .await
            .map_err(|error| instance.failed("read", &error))?;
        let found = read.found.map(|_| model.into());
        instance.read(found, read.waited, prior.private)
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        Ok(imported(&self.0, import::named(&target)?.into()).into())
    }
}

/// The secret that a change sends. None where it changes something else, or where the configuration no longer has one: then
/// the user keeps what it has.
fn secret_to_send(
    instance: &Instance<'_>,
    prior: &UserModel,
    configured: &UserModel,
    planned: &UserModel,
) -> Result<Option<SecretString>, Diagnostics> {
    if !planned.changes_secret(prior) {
        return Ok(None);
    }
    let secret = configured.secret();
    if secret.is_none() && planned.has_secret() {
        return Err(failure::no_secret(instance));
    }
    Ok(secret)
}
