//! `PlanResourceChange`: what an apply would do.

use std::sync::Arc;

use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::{path_to_wire, to_wire as diagnostics_to_wire};
use super::convert::value::{from_wire, identity_from_wire, to_wire};
use super::generated::plan_resource_change::{Request, Response};
use super::read::check_identity;
use super::shared::Shared;
use super::span;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::plan;
use crate::resource::PlanRequest;
use crate::value::Value;

pub(super) async fn plan(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let prior = from_wire(request.prior_state.as_ref(), &entry.ty, "the prior state")?;
    let proposed = from_wire(
        request.proposed_new_state.as_ref(),
        &entry.ty,
        "the proposed state",
    )?;
    span::record_id_of(if prior.is_null() { &proposed } else { &prior });
    if proposed.is_null() {
        return plan_destroy(&shared, entry, &prior, request).await;
    }
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let identity = identity_from_wire(request.prior_identity.as_ref(), entry.identity_type())?;
    let plan_request = PlanRequest {
        draft: plan::draft(&entry.schema, &config, &prior, proposed),
        config,
        prior: prior.clone(),
    };
    let context = shared.context(request.client_capabilities);
    let deferred = shared.deferred(&context);
    let Diagnosed { value, diagnostics } = entry.resource.plan(&context, plan_request).await?;
    let requires_replace = if prior.is_null() {
        Vec::new()
    } else {
        plan::requires_replace(&entry.schema, &prior, &value)
    };
    if requires_replace.is_empty() && !prior.is_null() {
        let planned = entry.identity_of(&value);
        check_identity(identity.as_ref(), planned.as_ref(), &request.type_name)?;
    }
    Ok(Response {
        planned_state: Some(to_wire(&value, &entry.ty, "the plan")?),
        requires_replace: requires_replace.iter().map(path_to_wire).collect(),
        planned_private: request.prior_private,
        planned_identity: entry.identity_to_wire(&value)?,
        diagnostics: diagnostics_to_wire(diagnostics),
        deferred,
        legacy_type_system: false,
    })
}

async fn plan_destroy(
    shared: &Shared,
    entry: &ResourceEntry,
    prior: &Value,
    request: Request,
) -> Result<Response, Diagnostics> {
    let context = shared.context(request.client_capabilities);
    let deferred = shared.deferred(&context);
    let diagnostics = entry.resource.plan_destroy(&context, prior).await;
    Ok(Response {
        planned_state: Some(to_wire(&Value::Null, &entry.ty, "the plan")?),
        planned_private: request.prior_private,
        planned_identity: request.prior_identity,
        diagnostics: diagnostics_to_wire(diagnostics),
        deferred,
        ..Response::default()
    })
}
