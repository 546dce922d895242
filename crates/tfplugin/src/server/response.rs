//! Running one call on its own, so that neither a panic nor a lost connection takes anything else with it.

use std::future::Future;
use std::time::Instant;

use tokio_util::task::TaskTracker;
use tonic::{Response, Status};
use tracing::{Instrument as _, Span, debug};

use super::generated as wire;
use crate::diagnostics::Diagnostics;
use crate::logging::recovered;

/// The message that answers a call.
pub(super) trait RpcResponse: Send + 'static {
    /// One that says nothing else, as of a call that came to nothing.
    fn of(diagnostics: Diagnostics) -> Self;
}

/// Runs a call in a task of its own, within its span: it goes on when the connection is lost, and its panic becomes its response.
pub(super) async fn run<R: RpcResponse>(
    tasks: &TaskTracker,
    rpc: &'static str,
    span: Span,
    call: impl Future<Output = Result<R, Diagnostics>> + Send + 'static,
) -> Result<Response<R>, Status> {
    let begun = Instant::now();
    let response = match tasks.spawn(recovered(call).instrument(span.clone())).await {
        Ok(Ok(response)) => response,
        Ok(Err(diagnostics)) => R::of(diagnostics),
        Err(_panic) => R::of(panicked(rpc)),
    };
    span.in_scope(|| {
        debug!(
            tf_req_duration_ms = begun.elapsed().as_millis(),
            "served request"
        );
    });
    Ok(Response::new(response))
}

/// What a practitioner reads where the provider itself failed.
pub(super) fn panicked(rpc: &str) -> Diagnostics {
    Diagnostics::from_error(
        "The provider failed",
        format!(
            "The provider stopped in the middle of {rpc}. This is a defect of the provider. What the call had sent to \
             the API before may have taken effect: run `terraform plan` to see. Other resources are not affected. \
             Please report it with the log of a run with TF_LOG=debug."
        ),
    )
}

impl RpcResponse for wire::call_function::Response {
    fn of(diagnostics: Diagnostics) -> Self {
        let text = diagnostics
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail));
        let text = text.collect::<Vec<_>>().join("\n");
        Self {
            error: Some(wire::FunctionError {
                text,
                function_argument: None,
            }),
            ..Self::default()
        }
    }
}
