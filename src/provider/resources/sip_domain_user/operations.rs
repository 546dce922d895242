//! Creation, read, update and deletion of a user.

use std::time::SystemTime;

use super::{failure, model, validate};
use crate::provider::failure::{deletion, unread, visibility};
use crate::provider::session::{Access, Session};
use crate::provider::settling;
use crate::provider::timeouts::Timeout;
use crate::tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::tfplugin::provider::Context;
use crate::tfplugin::resource::{CreateRequest, Reading, Stored, UpdateRequest};
use crate::tfplugin::value::Value;

pub(super) async fn create(
    session: &Session,
    context: &Context,
    request: CreateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.config)?;
    let user = model::to_user(&request.planned);
    let secret = model::secret(&request.config).ok_or_else(|| failure::no_secret(&user))?;
    let client = session.client()?;
    let operation = Timeout::Create.begin(context, &request.planned);
    let created = client.create_user(&operation, &user, &secret).await;
    let seen = created.map_err(|error| failure::create(&user, &error))?;
    let private = settling::after_write(seen, SystemTime::now());
    Ok(Diagnosed {
        value: stored(request.planned, private),
        diagnostics: visibility(&failure::subject(&user), "created", seen),
    })
}

pub(super) async fn update(
    session: &Session,
    context: &Context,
    request: UpdateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.config)?;
    if model::sends_secret(&request.prior, &request.planned) {
        let user = model::to_user(&request.planned);
        let secret = model::secret(&request.config).ok_or_else(|| failure::no_secret(&user))?;
        let client = session.client()?;
        let operation = Timeout::Update.begin(context, &request.planned);
        let updated = client.update_user(&operation, &user, &secret).await;
        updated.map_err(|error| failure::update(&user, &error))?;
    }
    Ok(stored(request.planned, request.private).into())
}

pub(super) async fn delete(session: &Session, context: &Context, prior: &Value) -> Outcome<()> {
    let client = session.client()?;
    let user = model::to_user(prior);
    let operation = Timeout::Delete.begin(context, prior);
    let deleted = client.delete_user(&operation, &user).await;
    let deleted = deleted.map_err(|error| failure::delete(&user, &error))?;
    deletion(&failure::subject(&user), deleted.visibility)
}

/// A read tells whether the user is there, and nothing else: secret and version stay as they are.
pub(super) async fn read(session: &Session, context: &Context, prior: Stored) -> Outcome<Reading> {
    let user = model::to_user(&prior.state);
    let client = match session.access()? {
        Access::Ready(client) => client,
        Access::Unknown(attributes) => {
            return Ok(Diagnosed {
                diagnostics: unread("SIP user", &failure::subject(&user), &attributes),
                value: Reading::Found(prior),
            });
        }
    };
    let operation = Timeout::Read.begin(context, &prior.state);
    let settling = settling::left(&prior.private, SystemTime::now());
    let found = client.read_settling_user(&operation, &user, settling).await;
    let found = found.map_err(|error| failure::read(&user, &error))?;
    Ok(match found {
        Some(_) => Reading::Found(stored(prior.state, prior.private)).into(),
        None => Reading::Gone.into(),
    })
}

/// Terraform checks before each plan; another host may not.
fn refuse_invalid(config: &Value) -> Result<(), Diagnostics> {
    let errors = validate::errors(config);
    if errors.has_errors() {
        Err(errors)
    } else {
        Ok(())
    }
}

/// What is kept: the attributes as they are planned or stored, with the ID.
fn stored(mut state: Value, private: Vec<u8>) -> Stored {
    state.set_attribute("id", model::id(&state));
    let identity = Some(model::identity(&state));
    Stored {
        state,
        private,
        identity,
    }
}

#[cfg(test)]
mod tests;
