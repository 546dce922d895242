//! Serving the provider: the one place where plugin and provider come together.

use std::io;

use tfplugin::plugin::{self, ServeError};

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
    Ok(plugin::serve(Vonage::new(environment), &environment).await?)
}

/// Serves whoever is told the address, until interrupted.
pub(super) async fn debug(environment: impl Environment + Copy + 'static) -> Result<(), Failure> {
    let provider = Vonage::new(environment);
    let mut out = io::stdout();
    Ok(plugin::serve_for_reattach(provider, &SOURCES, &environment, &mut out).await?)
}
