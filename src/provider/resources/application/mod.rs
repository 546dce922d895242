//! The resource `vonage_application`.

mod failure;
mod model;
mod plan;
mod public_key;
mod references;
pub(in crate::provider) mod schema;
#[cfg(test)]
mod tests;
mod validate;
mod voice;
mod words;

pub(in crate::provider) use model::ApplicationModel;

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

use self::references::References;
use self::validate::{mistakes, valid_change};
use crate::provider::application_id::ApplicationId;
use crate::provider::changes::{changed_by_others, completed};
use crate::provider::instance::{Instance, Kind, import_id, imported, invalid_import};
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::LeftAlone;
use crate::vonage::applications::Application as Found;

pub(in crate::provider) const KIND: Kind = Kind {
    type_name: "vonage_application",
    noun: "Application",
    attribute: schema::ID,
};

/// A Vonage application.
pub(in crate::provider) struct Application(pub(in crate::provider) Arc<Session>);

impl Application {
    fn instance(&self, application: &ApplicationModel, private: &[u8]) -> Instance<'_> {
        let (name, id) = (application.name(), application.id());
        let subject = match (name, id) {
            ("", id) => format!("{} {id}", KIND.noun),
            (name, "") => format!("{} {name:?}", KIND.noun),
            (name, id) => format!("{} {name:?} ({id})", KIND.noun),
        };
        Instance {
            session: &self.0,
            kind: &KIND,
            id: id.to_owned(),
            subject,
            private: PrivateData::read(private),
        }
    }
}

#[async_trait]
impl Resource for Application {
    fn type_name(&self) -> &'static str {
        KIND.type_name
    }

    fn schema(&self) -> Schema {
        schema::schema()
    }

    /// The API makes the ID, and names are not unique.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        let id = (schema::ID, "ID of the application, a UUID.");
        Some(IdentitySchema::of_strings([id]))
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        mistakes(config)
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        let (prior, planned) = valid_change(&request.prior, &request.draft)?;
        let mut planned = planned.in_spelling_of(&prior);
        let diagnostics = plan::warnings(&prior, &planned);
        if planned.to_api() != prior.to_api() {
            planned = planned.completed_by_api();
        }
        let value = planned.into();
        Ok(Diagnosed { value, diagnostics })
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        let (_, planned) = valid_change(&Value::Null, &request.planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&planned, &[]);
        let operation = planned.timeouts.begin(Timeout::CREATE, context);
        let created = api
            .applications
            .create(&operation, &planned.to_api(), &|found| {
                planned.is_same(found)
            })
            .await;
        let created = created.map_err(|error| failure::create(&instance, &error))?;
        let answered = planned.refreshed(&created.object);
        let instance = self.instance(&answered, &[]);
        let state = completed(request.planned, answered.into());
        let shown = created.shown.map(|found| planned.refreshed(&found).into());
        Ok(instance.written(state, "created", created.visibility, shown))
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        let before = request.prior.state;
        let (prior, planned) = valid_change(&before, &request.planned)?;
        let api = self.0.api()?;
        let instance = self.instance(&prior, &request.prior.private);
        let operation = planned.timeouts.begin(Timeout::UPDATE, context);
        let changed = |found: &Found| {
            let now = prior.refreshed(found).into();
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
            let checked = api.applications.check(&operation, &wanted.id, &left_alone);
            checked.await.map_err(failed)?;
            return Ok(Stored {
                state: completed(request.planned, planned.into()),
                private: request.prior.private,
            }
            .into());
        }
        let updated = api
            .applications
            .update(&operation, &wanted, &left_alone, &|found| {
                planned.is_same(found)
            })
            .await;
        let updated = updated.map_err(failed)?;
        let answered = planned.refreshed(&updated.object);
        let state = completed(request.planned, answered.into());
        let shown = updated.shown.map(|found| planned.refreshed(&found).into());
        Ok(instance.written(state, "updated", updated.visibility, shown))
    }

    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        let application = ApplicationModel::from(&prior.state);
        let api = self.0.api()?;
        let instance = self.instance(&application, &prior.private);
        let operation = application.timeouts.begin(Timeout::DELETE, context);
        let mut diagnostics = Diagnostics::new();
        if application.force_destroy != Field::Known(true) {
            let found = References::find(&api, &operation, &instance.id).await;
            let found = found.map_err(|error| failure::not_listed(&instance, &error))?;
            if found.are_there() {
                return Err(failure::in_use(&instance, found.named()));
            }
            for (what, told) in [("SIP domains", found.domains), ("numbers", found.numbers)] {
                if let Err(error) = told {
                    diagnostics.append(failure::refused_list(&instance, what, &error));
                }
            }
        }
        instance.begin_destroy();
        let deleted = api.applications.delete(&operation, &instance.id).await;
        let deleted = deleted.map_err(|error| instance.failed("delete", &error))?;
        let mut outcome = instance.deleted(&deleted)?;
        outcome.diagnostics.append(diagnostics);
        Ok(outcome)
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        let application = ApplicationModel::from(&prior.state);
        let instance = self.instance(&application, &prior.private);
        let api = match self.0.access()? {
            Access::Ready(api) => api,
            Access::Unknown(attributes) => return Ok(instance.unread(prior, &attributes)),
        };
        let operation = application.timeouts.begin(Timeout::READ, context);
        let settling = instance.settling();
        let read = api
            .applications
            .read_settling(&operation, &instance.id, settling, &|found| {
                application.is_same(found)
            })
            .await;
        let read = read.map_err(|error| instance.failed("read", &error))?;
        let found = read.found.map(|found| application.refreshed(&found).into());
        instance.read(found, read.waited, prior.private)
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        let id = import_id(&target, &[schema::ID]);
        if !ApplicationId::from(id.as_str())
            .check(schema::ID)
            .is_empty()
        {
            return Err(invalid_import(
                &id,
                "is not the ID of an application, which is a UUID such as \"c49f3586-9c3c-458b-89fc-3c8beb58865f\".",
            ));
        }
        Ok(imported(&self.0, ApplicationModel::of_id(&id).into()).into())
    }
}
