//! Creation, read, update, deletion and import of a domain.

use std::time::SystemTime;

use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::resource::{CreateRequest, ImportTarget, Stored, UpdateRequest};
use tfplugin::value::Value;

use super::{failure, model, validate};
use crate::provider::failure::{deletion, gone, refuse_another_key, unread, visibility, waited};
use crate::provider::fingerprint::Fingerprint;
use crate::provider::private_data::PrivateData;
use crate::provider::session::{Access, Session};
use crate::provider::timeouts::Timeout;
use crate::vonage::Api;
use crate::vonage::psip::{Domain, LeftAlone, Written};

pub(super) async fn create(
    session: &Session,
    context: &Context,
    request: CreateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.planned, &Value::Null)?;
    let api = session.api()?;
    let wanted = model::to_domain(&request.planned);
    let operation = Timeout::Create.begin(context, &request.planned);
    let written = api
        .psip
        .create_domain(&operation, &wanted, &is_same_as(&wanted))
        .await;
    let written = written.map_err(|error| failure::create(session, &request.planned, &error))?;
    session.planned_names.forget(&wanted.name);
    Ok(stored(session, &api, request.planned, "created", &written))
}

pub(super) async fn update(
    session: &Session,
    context: &Context,
    request: UpdateRequest,
) -> Outcome<Stored> {
    refuse_invalid(&request.planned, &request.prior.state)?;
    let api = session.api()?;
    let private = PrivateData::read(&request.prior.private);
    let wanted = model::to_domain(&request.planned);
    let before = model::to_domain(&request.prior.state);
    let operation = Timeout::Update.begin(context, &request.planned);
    let left_alone = LeftAlone {
        is_in: &|found| model::changed_by_others(&before, &wanted, found).is_empty(),
        settling: private.settling_before_write(SystemTime::now()),
    };
    let failed = |error| failure::update(session, &private, &before, &wanted, &error);
    if wanted == before {
        // Only Terraform's own attributes changed, as `force_destroy` or `timeouts` do: the API has nothing to learn.
        let checked = api.psip.check_domain(&operation, &wanted.name, &left_alone);
        checked.await.map_err(failed)?;
        let state = model::completed(request.planned, &wanted, &base_domain(session));
        return Ok(kept(state, request.prior.private).into());
    }
    let written = api
        .psip
        .update_domain(&operation, &wanted, &left_alone, &is_same_as(&wanted))
        .await;
    let written = written.map_err(failed)?;
    Ok(stored(session, &api, request.planned, "updated", &written))
}

pub(super) async fn delete(session: &Session, context: &Context, prior: Stored) -> Outcome<()> {
    let api = session.api()?;
    let state = &prior.state;
    let name = state.string_field("name").known().unwrap_or_default();
    let force_destroy = state.bool_field("force_destroy").known().unwrap_or(false);
    let operation = Timeout::Delete.begin(context, state);
    session.planned_names.plan_destroy(name);
    let deleted = api
        .psip
        .delete_domain(&operation, name, force_destroy)
        .await;
    let deleted = deleted.map_err(|error| failure::delete(name, force_destroy, &error))?;
    if deleted.was_missing {
        let private = PrivateData::read(&prior.private);
        refuse_another_key(session, &private, &failure::subject(name))?;
    }
    let done = deletion(&failure::subject(name), deleted.visibility)?;
    session.planned_names.forget(name);
    Ok(done)
}

pub(super) async fn read(
    session: &Session,
    context: &Context,
    prior: Stored,
) -> Outcome<Option<Stored>> {
    let name = prior.state.string_field("name").known();
    let name = name.unwrap_or_default().to_owned();
    let subject = failure::subject(&name);
    let api = match session.access()? {
        Access::Ready(api) => api,
        Access::Unknown(attributes) => {
            return Ok(Diagnosed {
                diagnostics: unread("SIP domain", &subject, &attributes),
                value: Some(prior),
            });
        }
    };
    let operation = Timeout::Read.begin(context, &prior.state);
    let base_domain = base_domain(session);
    let refreshed = |found: &Domain| model::refresh(&prior.state, found, &base_domain);
    let private = PrivateData::read(&prior.private);
    let read = api
        .psip
        .read_settling_domain(
            &operation,
            &name,
            private.settling(SystemTime::now()),
            &|found| refreshed(found) == prior.state,
        )
        .await;
    let read = read.map_err(|error| failure::read(&name, &error))?;
    let mut diagnostics = waited(&subject, read.waited);
    let Some(found) = read.found else {
        refuse_another_key(session, &private, &subject)?;
        diagnostics.append(gone(&subject));
        return Ok(Diagnosed {
            value: None,
            diagnostics,
        });
    };
    Ok(Diagnosed {
        value: Some(kept(refreshed(&found), prior.private)),
        diagnostics,
    })
}

/// A read follows that fills in the rest.
pub(super) fn import(session: &Session, target: &ImportTarget) -> Outcome<Stored> {
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
    let private = PrivateData::default().with_key(session.api_key());
    Ok(kept(state, private.to_bytes()).into())
}

/// Terraform checks before each plan; another host may not.
fn refuse_invalid(planned: &Value, prior: &Value) -> Result<(), Diagnostics> {
    let errors = validate::errors(planned, prior);
    if errors.has_errors() {
        Err(errors)
    } else {
        Ok(())
    }
}

/// What is kept after a write: the plan, and where it left something open, the API's answer.
fn stored(
    session: &Session,
    api: &Api,
    planned: Value,
    done: &str,
    written: &Written,
) -> Diagnosed<Stored> {
    let api_key = Fingerprint::of(api.key());
    let private = PrivateData::after_write(api_key, written.visibility, SystemTime::now());
    let state = model::completed(planned, &written.domain, &base_domain(session));
    Diagnosed {
        value: kept(state, private.to_bytes()),
        diagnostics: visibility(
            &failure::subject(&written.domain.name),
            done,
            written.visibility,
        ),
    }
}

fn kept(state: Value, private: Vec<u8>) -> Stored {
    Stored { state, private }
}

/// The session is ready, so the configuration is known.
fn base_domain(session: &Session) -> String {
    session.sip_base_domain().unwrap_or_default()
}

fn is_same_as(wanted: &Domain) -> impl Fn(&Domain) -> bool + Send + Sync {
    let wanted = wanted.clone();
    move |found| model::is_same(&wanted, found)
}
