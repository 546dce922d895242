//! Running one call on its own, so that neither a panic nor a lost connection takes anything else with it.

use std::future::Future;
use std::time::Instant;

use tokio_util::task::TaskTracker;
use tonic::{Response, Status};
use tracing::{Instrument as _, Span, debug};

use super::convert;
use super::generated as wire;
use crate::diagnostics::Diagnostics;
use crate::logging::recovered;

/// A message that can say why there is nothing else in it.
pub(super) trait Answer: Send + 'static {
    /// The answer of a call that came to nothing.
    fn failed(diagnostics: Diagnostics) -> Self;
}

/// Runs a call in a task of its own, within its span: it goes on when the connection is lost, and its panic becomes its answer.
pub(super) async fn run<A: Answer>(
    tasks: &TaskTracker,
    rpc: &'static str,
    span: Span,
    call: impl Future<Output = Result<A, Diagnostics>> + Send + 'static,
) -> Result<Response<A>, Status> {
    let begun = Instant::now();
    let answer = match tasks.spawn(recovered(call).instrument(span.clone())).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(diagnostics)) => A::failed(diagnostics),
        Err(_panic) => A::failed(panicked(rpc)),
    };
    span.in_scope(|| {
        debug!(
            tf_req_duration_ms = begun.elapsed().as_millis(),
            "served request"
        );
    });
    Ok(Response::new(answer))
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

macro_rules! answers {
    ($($rpc:ident),+ $(,)?) => {
        $(impl Answer for wire::$rpc::Response {
            #[allow(clippy::needless_update, reason = "some answers consist of diagnostics alone")]
            fn failed(diagnostics: Diagnostics) -> Self {
                Self { diagnostics: convert::diagnostics::to_wire(diagnostics), ..Self::default() }
            }
        })+
    };
}

answers!(
    apply_resource_change,
    configure_provider,
    generate_resource_config,
    get_functions,
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
    import_resource_state,
    move_resource_state,
    plan_resource_change,
    read_data_source,
    read_resource,
    upgrade_resource_identity,
    upgrade_resource_state,
    validate_data_resource_config,
    validate_list_resource_config,
    validate_provider_config,
    validate_resource_config,
);

impl Answer for wire::call_function::Response {
    fn failed(diagnostics: Diagnostics) -> Self {
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
