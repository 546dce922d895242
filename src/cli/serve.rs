//! Serving the provider: the one place where plugin, protocol and provider come together.

use std::io;

use tfplugin::plugin::{self, Lifecycle, ServeError, TERRAFORM};
use tfplugin::server::{self, ProtocolServer};

use super::install::place::SOURCES;
use crate::causes::explain;
use crate::env::Environment;
use crate::provider::Vonage;

/// Why the provider could not serve, for a person at a terminal.
#[derive(Debug, thiserror::Error)]
#[error("terraform-provider-vonage cannot serve: {}", explain(.0))]
pub(super) struct Failure(#[from] ServeError);

/// Serves the host that started this process.
pub(super) async fn serve(environment: impl Environment + Copy + 'static) -> Result<(), Failure> {
    let lifecycle = Lifecycle::default();
    Ok(plugin::serve(
        service(environment, &lifecycle),
        &TERRAFORM,
        &environment,
        &lifecycle,
    )
    .await?)
}

/// Serves whoever is told the address, until interrupted.
pub(super) async fn debug(environment: impl Environment + Copy + 'static) -> Result<(), Failure> {
    let lifecycle = Lifecycle::default();
    let service = service(environment, &lifecycle);
    let mut out = io::stdout();
    Ok(plugin::serve_for_reattach(
        service,
        &SOURCES,
        &TERRAFORM,
        &environment,
        &lifecycle,
        &mut out,
    )
    .await?)
}

fn service(environment: impl Environment + 'static, lifecycle: &Lifecycle) -> ProtocolServer {
    server::service(
        Vonage::new(environment),
        lifecycle.work().clone(),
        lifecycle.ending(),
    )
}
