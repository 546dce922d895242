//! `ApplyResourceChange`: creation, change and deletion.

use std::sync::Arc;

use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{from_wire, identity_from_wire, identity_to_wire, to_wire};
use super::generated::apply_resource_change::{Request, Response};
use super::shared::Shared;
use super::span;
use crate::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::resource::{CreateRequest, DeleteRequest, Stored, UpdateRequest};
use crate::value::Value;

/// A call that fails answers with no state: the host then keeps the prior one whole, private data included.
pub(super) async fn apply(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let prior = from_wire(request.prior_state.as_ref(), &entry.ty, "the prior state")?;
    let planned = from_wire(request.planned_state.as_ref(), &entry.ty, "the plan")?;
    span::record_id_of(if prior.is_null() { &planned } else { &prior });
    if planned.is_null() {
        return delete(&shared, entry, prior, &request).await;
    }
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let private = request.planned_private.to_vec();
    let context = shared.context(None);
    let outcome = if prior.is_null() {
        entry
            .resource
            .create(
                &context,
                CreateRequest {
                    config,
                    planned,
                    private,
                },
            )
            .await
    } else {
        let identity =
            identity_from_wire(request.planned_identity.as_ref(), entry.identity_type())?;
        entry
            .resource
            .update(
                &context,
                UpdateRequest {
                    config,
                    planned,
                    prior,
                    private,
                    identity,
                },
            )
            .await
    };
    stored(entry, outcome)
}

fn stored(entry: &ResourceEntry, outcome: Outcome<Stored>) -> Result<Response, Diagnostics> {
    let Diagnosed { value, diagnostics } = outcome?;
    Ok(Response {
        new_state: Some(to_wire(&value.state, &entry.ty, "the new state")?),
        new_identity: identity_to_wire(value.identity.as_ref(), entry.identity_type())?,
        private: value.private.into(),
        diagnostics: diagnostics_to_wire(diagnostics),
        legacy_type_system: false,
    })
}

async fn delete(
    shared: &Shared,
    entry: &ResourceEntry,
    prior: Value,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let delete = DeleteRequest {
        prior,
        private: request.planned_private.to_vec(),
    };
    let Diagnosed {
        value: (),
        diagnostics,
    } = entry.resource.delete(&shared.context(None), delete).await?;
    Ok(Response {
        new_state: Some(to_wire(&Value::Null, &entry.ty, "the new state")?),
        diagnostics: diagnostics_to_wire(diagnostics),
        ..Response::default()
    })
}
