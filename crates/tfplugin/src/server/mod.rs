//! The server of protocol 6: each RPC is decoded by the schema, handed to the provider, and its response encoded.

#![expect(
    clippy::unused_async,
    reason = "all handlers have one shape, whether or not they wait"
)]

mod apply;
mod catalog;
mod config;
mod configure;
mod convert;
mod describe;
mod function;
mod generate;
mod generated;
mod import;
mod list;
mod plan;
mod read;
mod response;
mod shared;
mod span;
mod upgrade;
mod validate;
mod walk;
mod write_only;

#[cfg(test)]
mod tests;

/// The messages and their client, for [`testing`](crate::testing) alone: nothing else of this crate can name them.
#[cfg(feature = "testing")]
pub(crate) mod messages {
    pub use super::generated::*;
}

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status, async_trait};

use self::generated as wire;
use self::generated::provider_server::{Provider as Rpc, ProviderServer};
use self::response::RpcResponse;
use self::shared::Shared;
use super::diagnostics::Diagnostics;
use super::provider::Provider;

/// The largest message in either direction, in bytes: what Terraform's own plugins allow.
const MAX_MESSAGE_BYTES: usize = 256 << 20;

/// A provider as a gRPC service.
pub struct ProviderService {
    shared: Arc<Shared>,
    tasks: TaskTracker,
}

/// The gRPC service of a provider, ready to be served.
pub type ProtocolServer = ProviderServer<ProviderService>;

/// Makes the gRPC service of a provider.
///
/// Its calls run as tasks of `tasks`, so that a host that goes away does not cut them. `ending` asks all of them to come
/// to an end, for good, as `StopProvider` does for those of the moment.
pub fn service(
    provider: impl Provider,
    tasks: TaskTracker,
    ending: &CancellationToken,
) -> ProtocolServer {
    let shared = Shared::new(Arc::new(provider), ending.clone());
    let service = ProviderService {
        shared: Arc::new(shared),
        tasks,
    };
    ProviderServer::new(service)
        .max_decoding_message_size(MAX_MESSAGE_BYTES)
        .max_encoding_message_size(MAX_MESSAGE_BYTES)
}

/// One method for each RPC that has nothing to it but its handler, and perhaps a field that says what kind of thing it is
/// about, with its key in logs. The response of each carries diagnostics.
macro_rules! rpcs {
    ($($method:ident = $rpc:literal $(($key:literal = $field:ident))? => $handler:path),+ $(,)?) => {
        $(impl RpcResponse for wire::$method::Response {
            #[allow(clippy::needless_update, reason = "some responses consist of diagnostics alone")]
            fn of(diagnostics: Diagnostics) -> Self {
                Self { diagnostics: convert::diagnostics::to_wire(diagnostics), ..Self::default() }
            }
        })+

        #[async_trait]
        impl Rpc for ProviderService {
            $(async fn $method(
                &self,
                request: Request<wire::$method::Request>,
            ) -> Result<Response<wire::$method::Response>, Status> {
                let request = request.into_inner();
                let span = span::of($rpc);
                $(span.record($key, request.$field.as_str());)?
                let call = $handler(Arc::clone(&self.shared), request);
                response::run(&self.tasks, $rpc, span, call).await
            })+

            async fn stop_provider(
                &self,
                _request: Request<wire::stop_provider::Request>,
            ) -> Result<Response<wire::stop_provider::Response>, Status> {
                self.shared.stop();
                Ok(Response::new(wire::stop_provider::Response::default()))
            }

            async fn call_function(
                &self,
                request: Request<wire::call_function::Request>,
            ) -> Result<Response<wire::call_function::Response>, Status> {
                let request = request.into_inner();
                let span = span::of("CallFunction");
                span.record("tf_function_name", request.name.as_str());
                let call = function::call(Arc::clone(&self.shared), request);
                response::run(&self.tasks, "CallFunction", span, call).await
            }

            async fn list_resource(
                &self,
                request: Request<wire::list_resource::Request>,
            ) -> Result<Response<BoxStream<wire::list_resource::Event>>, Status> {
                let request = request.into_inner();
                let span = span::of("ListResource");
                span.record("tf_list_resource_type", request.type_name.as_str());
                let events = list::list(Arc::clone(&self.shared), &self.tasks, &span, request);
                Ok(Response::new(events))
            }
        }
    };
}

rpcs! {
    get_metadata = "GetMetadata" => describe::metadata,
    get_provider_schema = "GetProviderSchema" => describe::schemas,
    get_resource_identity_schemas = "GetResourceIdentitySchemas" => describe::identity_schemas,
    get_functions = "GetFunctions" => describe::functions,
    validate_provider_config = "ValidateProviderConfig" => validate::provider,
    validate_resource_config = "ValidateResourceConfig" ("tf_resource_type" = type_name) => validate::resource,
    validate_data_resource_config = "ValidateDataResourceConfig" ("tf_data_source_type" = type_name)
        => validate::data_source,
    validate_list_resource_config = "ValidateListResourceConfig" ("tf_list_resource_type" = type_name)
        => validate::list_resource,
    configure_provider = "ConfigureProvider" => configure::configure,
    upgrade_resource_state = "UpgradeResourceState" ("tf_resource_type" = type_name) => upgrade::state,
    upgrade_resource_identity = "UpgradeResourceIdentity" ("tf_resource_type" = type_name) => upgrade::identity,
    move_resource_state = "MoveResourceState" ("tf_resource_type" = target_type_name) => upgrade::moved,
    read_resource = "ReadResource" ("tf_resource_type" = type_name) => read::resource,
    read_data_source = "ReadDataSource" ("tf_data_source_type" = type_name) => read::data_source,
    plan_resource_change = "PlanResourceChange" ("tf_resource_type" = type_name) => plan::plan,
    apply_resource_change = "ApplyResourceChange" ("tf_resource_type" = type_name) => apply::apply,
    import_resource_state = "ImportResourceState" ("tf_resource_type" = type_name) => import::import,
    generate_resource_config = "GenerateResourceConfig" ("tf_resource_type" = type_name) => generate::config,
}
