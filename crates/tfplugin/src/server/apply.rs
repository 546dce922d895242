//! `ApplyResourceChange`: creation, change and deletion.

use std::sync::Arc;

use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{from_wire, to_wire};
use super::generated::apply_resource_change::{Request, Response};
use super::shared::Shared;
use super::span;
use crate::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::resource::{CreateRequest, Stored, UpdateRequest};
use crate::value::Value;

/// A call that fails answers with no state: the host then keeps the prior one whole, private data included.
pub(super) async fn apply(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let prior = Stored {
        state: from_wire(request.prior_state.as_ref(), &entry.ty, "the prior state")?,
        private: request.planned_private.into(),
    };
    let planned = from_wire(request.planned_state.as_ref(), &entry.ty, "the plan")?;
    let is_new = prior.state.is_null();
    span::record_id_of(if is_new { &planned } else { &prior.state });
    if planned.is_null() {
        return delete(&shared, entry, prior).await;
    }
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let context = shared.context(None);
    let outcome = if is_new {
        let create = CreateRequest { config, planned };
        entry.resource.create(&context, create).await
    } else {
        let update = UpdateRequest {
            config,
            planned,
            prior,
        };
        entry.resource.update(&context, update).await
    };
    stored(entry, outcome)
}

fn stored(entry: &ResourceEntry, outcome: Outcome<Stored>) -> Result<Response, Diagnostics> {
    let Diagnosed { value, diagnostics } = outcome?;
    Ok(Response {
        new_state: Some(to_wire(&value.state, &entry.ty, "the new state")?),
        new_identity: entry.identity_to_wire(&value.state)?,
        private: value.private.into(),
        diagnostics: diagnostics_to_wire(diagnostics),
        legacy_type_system: false,
    })
}

async fn delete(
    shared: &Shared,
    entry: &ResourceEntry,
    prior: Stored,
) -> Result<Response, Diagnostics> {
    let deleted = entry.resource.delete(&shared.context(None), prior).await?;
    Ok(Response {
        new_state: Some(to_wire(&Value::Null, &entry.ty, "the new state")?),
        diagnostics: diagnostics_to_wire(deleted.diagnostics),
        ..Response::default()
    })
}
