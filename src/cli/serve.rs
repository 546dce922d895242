//! Serving the provider: the one place where plugin, protocol and provider come together.

use std::io;

use tfplugin::plugin::{self, Lifecycle, ServeError, TERRAFORM};
use tfplugin::server::{self, ProtocolServer};

use super::install::folders::SOURCES;
use crate::env::Environment;
use crate::provider::Vonage;

pub(super) async fn serve(
    environment: impl Environment + Copy + 'static,
) -> Result<(), ServeError> {
    let lifecycle = Lifecycle::default();
    let service = service(environment, &lifecycle);
    plugin::serve(service, &TERRAFORM, &environment, &lifecycle).await
}

/// Serves whoever is told the address, until interrupted.
pub(super) async fn debug(
    environment: impl Environment + Copy + 'static,
) -> Result<(), ServeError> {
    let lifecycle = Lifecycle::default();
    let service = service(environment, &lifecycle);
    let mut out = io::stdout();
    plugin::serve_for_reattach(
        service,
        &SOURCES,
        &TERRAFORM,
        &environment,
        &lifecycle,
        &mut out,
    )
    .await
}

fn service(environment: impl Environment + 'static, lifecycle: &Lifecycle) -> ProtocolServer {
    server::service(
        Vonage::new(environment),
        lifecycle.work().clone(),
        lifecycle.ending(),
    )
}
