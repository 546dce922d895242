//! Entry point.

use std::process::ExitCode;

use terraform_provider_vonage::env::ProcessEnvironment;
use terraform_provider_vonage::tfplugin::generated::provider_server::{Provider, ProviderServer};
use terraform_provider_vonage::{logging, plugin};

/// The largest message taken or sent, in bytes.
const MAX_MESSAGE: usize = 256 << 20;

/// A provider that answers every call with UNIMPLEMENTED.
struct Unimplemented;

impl Provider for Unimplemented {}

fn main() -> ExitCode {
    logging::install_panic_hook();
    logging::init("vonage", &ProcessEnvironment);
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let service = ProviderServer::new(Unimplemented)
        .max_decoding_message_size(MAX_MESSAGE)
        .max_encoding_message_size(MAX_MESSAGE);
    let lifecycle = plugin::Lifecycle::default();
    let served = runtime.block_on(async {
        if std::env::args().any(|argument| argument.trim_start_matches('-') == "debug") {
            let sources = [
                "registry.terraform.io/vonage/vonage",
                "registry.opentofu.org/vonage/vonage",
            ];
            let mut out = std::io::stdout();
            plugin::serve_for_reattach(
                service,
                &sources,
                &plugin::TERRAFORM,
                &ProcessEnvironment,
                &lifecycle,
                &mut out,
            )
            .await
        } else {
            plugin::serve(service, &plugin::TERRAFORM, &ProcessEnvironment, &lifecycle).await
        }
    });
    // A name lookup may hang in a thread of its own; nobody waits for it any more.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Tells an error and what it comes from, and gives the exit code.
#[expect(
    clippy::print_stderr,
    reason = "the process has no other way to say why it ends"
)]
fn fail(error: &dyn std::error::Error) -> ExitCode {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    eprintln!("error: {text}");
    ExitCode::FAILURE
}
