//! Creation, read, update, deletion and import of a domain.

use std::time::SystemTime;

use super::{failure, model, validate};
use crate::provider::failure::{deletion, unread, visibility};
use crate::provider::session::{Access, Session};
use crate::provider::settling;
use crate::provider::timeouts::Timeout;
use crate::tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::tfplugin::provider::Context;
use crate::tfplugin::resource::{CreateRequest, ImportTarget, Reading, Stored, UpdateRequest};
use crate::tfplugin::value::Value;
use crate::vonage::psip::Domain;

pub(super) async fn create(
    session: &Session,
    context: &Context,
    request: CreateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.planned)?;
    let client = session.client()?;
    let wanted = model::to_domain(&request.planned);
    let operation = Timeout::Create.begin(context, &request.planned);
    let written = client
        .create_domain(&operation, &wanted, &is_same_as(&wanted))
        .await;
    let written = written.map_err(|error| failure::create(&wanted, &error))?;
    let private = settling::after_write(written.visibility, SystemTime::now());
    let stored = stored(session, request.planned, private);
    Ok(Diagnosed {
        value: stored,
        diagnostics: visibility(
            &failure::subject(&wanted.name),
            "created",
            written.visibility,
        ),
    })
}

pub(super) async fn update(
    session: &Session,
    context: &Context,
    request: UpdateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.planned)?;
    let wanted = model::to_domain(&request.planned);
    let before = model::to_domain(&request.prior);
    if wanted == before {
        // Only Terraform's own attributes changed, as `force_destroy` or `timeouts` do: the API has nothing to learn.
        return Ok(stored(session, request.planned, request.private).into());
    }
    let client = session.client()?;
    let operation = Timeout::Update.begin(context, &request.planned);
    let written = client
        .update_domain(&operation, &wanted, &is_same_as(&wanted))
        .await;
    let written = written.map_err(|error| failure::update(&error, &wanted.name))?;
    let private = settling::after_write(written.visibility, SystemTime::now());
    let stored = stored(session, request.planned, private);
    Ok(Diagnosed {
        value: stored,
        diagnostics: visibility(
            &failure::subject(&wanted.name),
            "updated",
            written.visibility,
        ),
    })
}

pub(super) async fn delete(session: &Session, context: &Context, prior: &Value) -> Outcome<()> {
    let client = session.client()?;
    let name = prior.string_field("name").known().unwrap_or_default();
    let force_destroy = prior.bool_field("force_destroy").known().unwrap_or(false);
    let operation = Timeout::Delete.begin(context, prior);
    let deleted = client.delete_domain(&operation, name, force_destroy).await;
    let deleted = deleted.map_err(|error| failure::delete(name, force_destroy, &error))?;
    deletion(&failure::subject(name), deleted.visibility)
}

pub(super) async fn read(session: &Session, context: &Context, prior: Stored) -> Outcome<Reading> {
    let name = prior
        .state
        .string_field("name")
        .known()
        .unwrap_or_default()
        .to_owned();
    let client = match session.access()? {
        Access::Ready(client) => client,
        Access::Unknown(attributes) => {
            return Ok(Diagnosed {
                diagnostics: unread("SIP domain", &failure::subject(&name), &attributes),
                value: Reading::Found(prior),
            });
        }
    };
    let operation = Timeout::Read.begin(context, &prior.state);
    let base_domain = session.sip_base_domain().unwrap_or_default();
    let refreshed = |found: &Domain| model::refresh(&prior.state, found, &base_domain);
    let settling = settling::left(&prior.private, SystemTime::now());
    let found = client
        .read_settling_domain(&operation, &name, settling, &|found| {
            refreshed(found) == prior.state
        })
        .await;
    let found = found.map_err(|error| failure::read(&name, &error))?;
    let Some(found) = found else {
        return Ok(Reading::Gone.into());
    };
    let state = refreshed(&found);
    let identity = Some(model::identity(state.attribute("name")));
    Ok(Reading::Found(Stored {
        state,
        private: prior.private,
        identity,
    })
    .into())
}

/// A read follows that fills in the rest.
pub(super) fn import(target: &ImportTarget) -> Outcome<Stored> {
    let name = match target {
        ImportTarget::Id(id) => id.as_str(),
        ImportTarget::Identity(identity) => {
            identity.string_field("name").known().unwrap_or_default()
        }
    };
    if validate::validate_name(name).has_errors() {
        let shown: String = name.chars().take(60).collect();
        return Err(Diagnostics::from_error(
            "Invalid import ID",
            format!(
                "{shown:?} is not the name of a SIP domain. The import ID is the name alone, 5 to 32 letters, digits or \
                 dashes, such as \"yourcompany\"."
            ),
        ));
    }
    let mut state = super::schema::blank();
    state.set_attribute("name", name.into());
    state.set_attribute("id", name.into());
    let identity = Some(model::identity(state.attribute("name")));
    Ok(Stored {
        state,
        private: Vec::new(),
        identity,
    }
    .into())
}

/// Terraform checks before each plan; another host may not.
fn refuse_invalid(planned: &Value) -> Result<(), Diagnostics> {
    let errors = validate::errors(planned);
    if errors.has_errors() {
        Err(errors)
    } else {
        Ok(())
    }
}

/// What is kept after a write: the plan as it was, with what was still unknown in it.
fn stored(session: &Session, planned: Value, private: Vec<u8>) -> Stored {
    let mut state = planned;
    let name = state.attribute("name").clone();
    if state.attribute("id").is_unknown() {
        state.set_attribute("id", name.clone());
    }
    if state.attribute("regional_hosts").is_unknown() {
        let base_domain = session.sip_base_domain().unwrap_or_default();
        let hosts = model::regional_hosts(name.as_str().unwrap_or_default(), &base_domain);
        state.set_attribute("regional_hosts", hosts);
    }
    Stored {
        state,
        private,
        identity: Some(model::identity(&name)),
    }
}

fn is_same_as(wanted: &Domain) -> impl Fn(&Domain) -> bool + Send + Sync {
    let wanted = wanted.clone();
    move |found| model::is_same(&wanted, found)
}
