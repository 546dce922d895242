//! `ReadResource` and `ReadDataSource`: objects as they are now.

use std::sync::Arc;

use super::catalog::ResourceEntry;
use super::config;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{from_wire, identity_from_wire, to_wire};
use super::generated::{read_data_source, read_resource};
use super::shared::Shared;
use super::span;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::plan;
use crate::resource::Stored;
use crate::value::Value;

pub(super) async fn resource(
    shared: Arc<Shared>,
    request: read_resource::Request,
) -> Result<read_resource::Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let prior = Stored {
        state: from_wire(request.current_state.as_ref(), &entry.ty, "the state")?,
        private: request.private.to_vec(),
    };
    let identity = identity_from_wire(request.current_identity.as_ref(), entry.identity_type())?;
    span::record_id_of(&prior.state);
    let context = shared.context(request.client_capabilities);
    if let Some(deferred) = shared.deferred(&context) {
        let unread = found(entry, prior, Diagnostics::new())?;
        return Ok(read_resource::Response {
            deferred: Some(deferred),
            ..unread
        });
    }
    let Diagnosed { value, diagnostics } = entry.resource.read(&context, prior).await?;
    let Some(now) = value else {
        return Ok(read_resource::Response {
            new_state: Some(to_wire(&Value::Null, &entry.ty, "the state")?),
            diagnostics: diagnostics_to_wire(diagnostics),
            ..Default::default()
        });
    };
    let found_identity = entry.identity_of(&now.state);
    check_identity(
        identity.as_ref(),
        found_identity.as_ref(),
        &request.type_name,
    )?;
    found(entry, now, diagnostics)
}

fn found(
    entry: &ResourceEntry,
    now: Stored,
    diagnostics: Diagnostics,
) -> Result<read_resource::Response, Diagnostics> {
    Ok(read_resource::Response {
        new_state: Some(to_wire(&now.state, &entry.ty, "the state")?),
        new_identity: entry.identity_to_wire(&now.state)?,
        private: now.private.into(),
        diagnostics: diagnostics_to_wire(diagnostics),
        deferred: None,
    })
}

pub(super) async fn data_source(
    shared: Arc<Shared>,
    request: read_data_source::Request,
) -> Result<read_data_source::Response, Diagnostics> {
    let entry = shared.catalog().data_source(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let context = shared.context(request.client_capabilities);
    if let Some(deferred) = shared.deferred(&context) {
        let preliminary = plan::draft(&entry.schema, &config, &Value::Null, config.clone());
        return Ok(read_data_source::Response {
            state: Some(to_wire(&preliminary, &entry.ty, "the data")?),
            diagnostics: Vec::new(),
            deferred: Some(deferred),
        });
    }
    config::must_be_valid(entry.item.validate(&config))?;
    let Diagnosed { value, diagnostics } = entry.item.read(&context, config).await?;
    Ok(read_data_source::Response {
        state: Some(to_wire(&value, &entry.ty, "the data")?),
        diagnostics: diagnostics_to_wire(diagnostics),
        deferred: None,
    })
}

/// An identity is for good. An attribute that was not known before may be filled in, as after an import.
pub(super) fn check_identity(
    before: Option<&Value>,
    after: Option<&Value>,
    type_name: &str,
) -> Result<(), Diagnostics> {
    let Some(before) = before.and_then(Value::as_entries) else {
        return Ok(());
    };
    let changed = |(name, value): &(&String, &Value)| {
        let now = after.map_or(&Value::Null, |after| after.attribute(name));
        value.is_wholly_known() && !value.is_null() && *value != now
    };
    match before.iter().find(changed) {
        None => Ok(()),
        Some((name, _)) => Err(Diagnostics::from_error(
            format!("The identity of {type_name} changed"),
            format!(
                "`{name}` of the object's identity is not what it was, so this is not the object that the state \
                 describes. The state was kept as it is. If the object was replaced out of band, remove it with \
                 `terraform state rm` and import the other."
            ),
        )),
    }
}
