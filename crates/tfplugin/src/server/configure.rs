//! `ConfigureProvider`: the provider's own configuration, before anything that needs the API.

use std::sync::Arc;

use super::config;
use super::generated::configure_provider::{Request, Response};
use super::response::RpcResponse as _;
use super::shared::Shared;
use crate::diagnostics::Diagnostics;
use crate::provider::ConfigureRequest;

pub(super) async fn configure(
    shared: Arc<Shared>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let entry = &shared.catalog().provider;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let request = ConfigureRequest {
        host_version: request.terraform_version,
        config,
    };
    Ok(Response::of(entry.item.configure(request).await))
}
