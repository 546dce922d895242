//! The services that a host expects of every plugin: its end, its output, its broker, its health.

use std::collections::BTreeMap;

use futures_util::stream::{self, StreamExt as _};
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status, Streaming};

use super::generated::health::health_check_response::ServingStatus;
use super::generated::health::health_server::Health;
use super::generated::health::{
    HealthCheckRequest, HealthCheckResponse, HealthListRequest, HealthListResponse,
};
use super::generated::plugin::grpc_broker_server::GrpcBroker;
use super::generated::plugin::grpc_controller_server::GrpcController;
use super::generated::plugin::grpc_stdio_server::GrpcStdio;
use super::generated::plugin::{ConnInfo, Empty, StdioData};
use super::lifecycle::Lifecycle;

/// The names that hosts ask about: the whole server, and go-plugin's name for any plugin.
const HEALTHY: [&str; 2] = ["", "plugin"];

/// All of them; they share nothing but the process's course.
#[derive(Clone, Debug)]
pub(super) struct HostServices {
    pub(super) lifecycle: Lifecycle,
}

impl HostServices {
    /// A stream that says nothing and ends with the process.
    fn silence<T: Send + 'static>(&self) -> BoxStream<T> {
        let closing = self.lifecycle.closing().clone();
        stream::pending()
            .take_until(closing.cancelled_owned())
            .boxed()
    }
}

#[tonic::async_trait]
impl GrpcController for HostServices {
    /// Answers, and lets the process end.
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.lifecycle.close();
        Ok(Response::new(Empty {}))
    }
}

#[tonic::async_trait]
impl GrpcStdio for HostServices {
    /// Open and silent: there is no output to carry, as nothing prints after the handshake.
    async fn stream_stdio(&self, _: Request<()>) -> Result<Response<BoxStream<StdioData>>, Status> {
        Ok(Response::new(self.silence()))
    }
}

#[tonic::async_trait]
impl GrpcBroker for HostServices {
    /// Takes what the host says and offers nothing: there are no further connections to be had.
    async fn start_stream(
        &self,
        request: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<BoxStream<ConnInfo>>, Status> {
        let closing = self.lifecycle.closing().clone();
        let offers = request
            .into_inner()
            .filter_map(|_| std::future::ready(None))
            .take_until(closing.cancelled_owned());
        Ok(Response::new(offers.boxed()))
    }
}

#[tonic::async_trait]
impl Health for HostServices {
    async fn check(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<HealthCheckResponse>, Status> {
        if HEALTHY.contains(&request.get_ref().service.as_str()) {
            Ok(Response::new(health(ServingStatus::Serving)))
        } else {
            Err(Status::not_found("unknown service"))
        }
    }

    async fn list(
        &self,
        _: Request<HealthListRequest>,
    ) -> Result<Response<HealthListResponse>, Status> {
        let statuses: BTreeMap<_, _> = HEALTHY
            .into_iter()
            .map(|name| (name.to_owned(), health(ServingStatus::Serving)))
            .collect();
        Ok(Response::new(HealthListResponse { statuses }))
    }

    /// The status never changes while there is someone to be told.
    async fn watch(
        &self,
        request: Request<HealthCheckRequest>,
    ) -> Result<Response<BoxStream<HealthCheckResponse>>, Status> {
        let status = if HEALTHY.contains(&request.get_ref().service.as_str()) {
            ServingStatus::Serving
        } else {
            ServingStatus::ServiceUnknown
        };
        let first = stream::iter([Ok(health(status))]);
        Ok(Response::new(first.chain(self.silence()).boxed()))
    }
}

fn health(status: ServingStatus) -> HealthCheckResponse {
    HealthCheckResponse {
        status: status.into(),
    }
}
