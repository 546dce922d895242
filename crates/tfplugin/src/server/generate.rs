//! `GenerateResourceConfig`: the configuration of an object that exists.

use std::sync::Arc;

use super::convert::value::{from_wire, to_wire};
use super::generated::generate_resource_config::{Request, Response};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;
use crate::generate;

pub(super) async fn config(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let state = from_wire(request.state.as_ref(), &entry.ty, "the state")?;
    let config = generate::config(&entry.schema, state);
    Ok(Response {
        config: Some(to_wire(&config, &entry.ty, "the configuration")?),
        diagnostics: Vec::new(),
    })
}
