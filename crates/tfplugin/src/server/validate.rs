//! `ValidateProviderConfig` and its siblings: checks of a configuration, before the provider is configured.

use std::sync::Arc;

use super::config;
use super::generated::{
    validate_data_resource_config, validate_list_resource_config, validate_provider_config,
    validate_resource_config,
};
use super::response::RpcResponse;
use super::shared::Shared;
use super::write_only;
use crate::diagnostics::Diagnostics;

pub(super) async fn provider(
    shared: Arc<Shared>,
    request: validate_provider_config::Request,
) -> Result<validate_provider_config::Response, Diagnostics> {
    let entry = &shared.catalog().provider;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    Ok(RpcResponse::of(entry.item.validate(&config)))
}

pub(super) async fn resource(
    shared: Arc<Shared>,
    request: validate_resource_config::Request,
) -> Result<validate_resource_config::Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    let host = request.client_capabilities.as_ref();
    let mut diagnostics = write_only::refuse(&entry.schema.block, &config, host);
    diagnostics.append(entry.resource.validate(&config));
    Ok(RpcResponse::of(diagnostics))
}

pub(super) async fn data_source(
    shared: Arc<Shared>,
    request: validate_data_resource_config::Request,
) -> Result<validate_data_resource_config::Response, Diagnostics> {
    let entry = shared.catalog().data_source(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    Ok(RpcResponse::of(entry.item.validate(&config)))
}

pub(super) async fn list_resource(
    shared: Arc<Shared>,
    request: validate_list_resource_config::Request,
) -> Result<validate_list_resource_config::Response, Diagnostics> {
    let entry = shared.catalog().list_resource(&request.type_name)?;
    let config = config::read(request.config.as_ref(), &entry.schema, &entry.ty)?;
    Ok(RpcResponse::of(entry.item.validate(&config)))
}
