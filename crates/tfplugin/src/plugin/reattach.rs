//! Serving without a host's start, for debuggers: Terraform is told by an environment variable where the plugin is.

use std::io::Write;

use serde_json::json;

use super::handshake::{PROTOCOL_VERSION, announce};
use super::listener::{Address, ListenRequest, Listener};
use super::serve::{ServeError, run};
use super::signals::{Interrupt, Signals};
use crate::env::Environment;
use crate::provider::Provider;

/// Serves without cookie and TLS until a signal comes, and writes the shell assignment of `TF_REATTACH_PROVIDERS` to
/// `out`, in one line.
///
/// `sources` are the provider's source addresses (`registry.example.com/namespace/type`), all of which lead here.
pub async fn serve_for_reattach(
    provider: impl Provider,
    sources: &[&str],
    environment: &dyn Environment,
    out: &mut dyn Write,
) -> Result<(), ServeError> {
    let signals = Signals::install(Interrupt::Ends).map_err(ServeError::Signals)?;
    let request = ListenRequest::read(environment);
    let listener = Listener::bind(&request, false).map_err(ServeError::Listen)?;
    let address = listener.address().map_err(ServeError::Listen)?;
    let line = assignment(sources, &address, std::process::id());
    announce(out, &format!("{line}\n")).map_err(ServeError::Announce)?;
    let no_host = std::future::pending();
    run(provider, &listener, None, signals, no_host).await;
    Ok(())
}

/// The line to paste into a POSIX shell, or on Windows into PowerShell, without its end.
fn assignment(sources: &[&str], address: &Address, pid: u32) -> String {
    let plugin = json!({
        "Protocol": "grpc",
        "ProtocolVersion": PROTOCOL_VERSION,
        "Pid": pid,
        // Tells the host that it neither ends nor kills this process.
        "Test": true,
        "Addr": { "Network": address.network, "String": address.location },
    });
    let plugins: serde_json::Map<_, _> = sources
        .iter()
        .map(|source| ((*source).to_owned(), plugin.clone()))
        .collect();
    let text = serde_json::Value::Object(plugins).to_string();
    if cfg!(windows) {
        format!(
            "$env:TF_REATTACH_PROVIDERS = '{}'",
            text.replace('\'', "''")
        )
    } else {
        format!("TF_REATTACH_PROVIDERS='{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg_attr(windows, ignore = "its line is one for a POSIX shell")]
    #[test]
    fn every_source_address_leads_to_this_process() {
        let address = Address {
            network: "unix",
            location: "/tmp/it's/plugin1".to_owned(),
        };
        let line = assignment(&["registry.a/x/y", "registry.b/x/y"], &address, 7);
        let plugin = concat!(
            r#"{"Addr":{"Network":"unix","String":"/tmp/it'\''s/plugin1"},"Pid":7,"#,
            r#""Protocol":"grpc","ProtocolVersion":6,"Test":true}"#
        );
        assert_eq!(
            line,
            format!(
                r#"TF_REATTACH_PROVIDERS='{{"registry.a/x/y":{plugin},"registry.b/x/y":{plugin}}}'"#
            )
        );
    }
}
