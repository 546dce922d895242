//! Serving the provider: the one place where plugin and provider come together.

use std::io;

use tfplugin::plugin::{self, ServeError};

use super::install::folders::SOURCES;
use crate::env::Environment;
use crate::provider::Vonage;

/// Serves the host that started this process.
pub(super) async fn serve(
    environment: impl Environment + Copy + 'static,
) -> Result<(), ServeError> {
    plugin::serve(Vonage::new(environment), &environment).await
}

/// Serves whoever is told the address, until interrupted.
pub(super) async fn debug(
    environment: impl Environment + Copy + 'static,
) -> Result<(), ServeError> {
    let provider = Vonage::new(environment);
    let mut out = io::stdout();
    plugin::serve_for_reattach(provider, &SOURCES, &environment, &mut out).await
}
