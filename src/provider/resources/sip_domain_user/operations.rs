//! Creation, read, update and deletion of a user.

use std::time::SystemTime;

use secrecy::SecretString;
use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::resource::{CreateRequest, Stored, UpdateRequest};
use tfplugin::value::Value;

use super::{failure, model, validate};
use crate::provider::failure::{deletion, gone, refuse_another_key, unread, visibility, waited};
use crate::provider::fingerprint::Fingerprint;
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::psip::User;

pub(super) async fn create(
    session: &Session,
    context: &Context,
    request: CreateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.config, &Value::Null)?;
    let user = model::to_user(&request.planned);
    let secret = model::secret(&request.config).ok_or_else(|| failure::no_secret(&user))?;
    let api = session.api()?;
    let operation = Timeout::Create.begin(context, &request.planned);
    let created = api.psip.create_user(&operation, &user, &secret).await;
    let seen = created.map_err(|error| failure::create(session, &request.planned, &error))?;
    session.planned_names.forget(&user.full_name());
    let api_key = Fingerprint::of(api.key());
    let private = PrivateData::after_write(api_key, seen, SystemTime::now());
    Ok(Diagnosed {
        value: stored(request.planned, private.to_bytes()),
        diagnostics: visibility(&failure::subject(&user), "created", seen),
    })
}

pub(super) async fn update(
    session: &Session,
    context: &Context,
    request: UpdateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.config, &request.prior.state)?;
    let user = model::to_user(&request.planned);
    let secret = secret_to_send(&user, &request)?;
    let api = session.api()?;
    let private = PrivateData::read(&request.prior.private);
    let settling = private.settling(SystemTime::now());
    let operation = Timeout::Update.begin(context, &request.planned);
    let failed = |error| failure::update(session, &private, &user, &error);
    let Some(secret) = secret else {
        let checked = api.psip.check_user(&operation, &user, settling);
        checked.await.map_err(failed)?;
        return Ok(stored(request.planned, request.prior.private).into());
    };
    let updated = api.psip.update_user(&operation, &user, &secret, settling);
    updated.await.map_err(failed)?;
    let private = private.with_key(session.api_key());
    Ok(stored(request.planned, private.to_bytes()).into())
}

/// The secret that a change sends. None where it changes something else, or where the configuration no longer has one: then
/// the user keeps what it has.
fn secret_to_send(
    user: &User,
    request: &UpdateRequest,
) -> Result<Option<SecretString>, Diagnostics> {
    if !model::secret_changes(&request.prior.state, &request.planned) {
        return Ok(None);
    }
    let secret = model::secret(&request.config);
    if secret.is_none() && model::has_secret(&request.planned) {
        return Err(failure::no_secret(user));
    }
    Ok(secret)
}

pub(super) async fn delete(session: &Session, context: &Context, prior: Stored) -> Outcome<()> {
    let api = session.api()?;
    let user = model::to_user(&prior.state);
    let subject = failure::subject(&user);
    let operation = Timeout::Delete.begin(context, &prior.state);
    session.planned_names.plan_destroy(&user.full_name());
    let deleted = api.psip.delete_user(&operation, &user).await;
    let deleted = deleted.map_err(|error| failure::delete(&user, &error))?;
    if deleted.was_missing {
        refuse_another_key(session, &PrivateData::read(&prior.private), &subject)?;
    }
    let done = deletion(&subject, deleted.visibility)?;
    session.planned_names.forget(&user.full_name());
    Ok(done)
}

/// A read tells whether the user is there, and nothing else: secret and version stay as they are.
pub(super) async fn read(
    session: &Session,
    context: &Context,
    prior: Stored,
) -> Outcome<Option<Stored>> {
    let user = model::to_user(&prior.state);
    let subject = failure::subject(&user);
    let api = match session.access()? {
        Access::Ready(api) => api,
        Access::Unknown(attributes) => {
            return Ok(Diagnosed {
                diagnostics: unread("SIP user", &subject, &attributes),
                value: Some(prior),
            });
        }
    };
    let operation = Timeout::Read.begin(context, &prior.state);
    let private = PrivateData::read(&prior.private);
    let settling = private.settling(SystemTime::now());
    let read = api
        .psip
        .read_settling_user(&operation, &user, settling)
        .await;
    let read = read.map_err(|error| failure::read(&user, &error))?;
    let mut diagnostics = waited(&subject, read.waited);
    let value = if read.found.is_some() {
        Some(stored(prior.state, prior.private))
    } else {
        refuse_another_key(session, &private, &subject)?;
        diagnostics.append(gone(&subject));
        None
    };
    Ok(Diagnosed { value, diagnostics })
}

/// Terraform checks before each plan; another host may not.
fn refuse_invalid(config: &Value, prior: &Value) -> Result<(), Diagnostics> {
    let errors = validate::errors(config, prior);
    if errors.has_errors() {
        Err(errors)
    } else {
        Ok(())
    }
}

/// What is kept: the attributes as they are planned or stored, with the ID.
fn stored(mut state: Value, private: Vec<u8>) -> Stored {
    state.set_attribute("id", model::id(&state));
    Stored { state, private }
}

#[cfg(test)]
mod tests;
