//! Finds the service that a request's path names.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;

use http::{Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::Service;
use tonic::Status;
use tonic::body::Body;
use tonic::server::NamedService;
use tower_service::Service as _;

use super::generated::health::health_server::HealthServer;
use super::generated::plugin::grpc_broker_server::GrpcBrokerServer;
use super::generated::plugin::grpc_controller_server::GrpcControllerServer;
use super::generated::plugin::grpc_stdio_server::GrpcStdioServer;
use super::lifecycle::Lifecycle;
use super::services::HostServices;
use crate::provider::Provider;
use crate::server::{ProtocolServer, service};

/// The provider's service beside those of the host.
#[derive(Clone)]
pub(super) struct Router {
    provider: ProtocolServer,
    lifecycle: Lifecycle,
    controller: GrpcControllerServer<HostServices>,
    stdio: GrpcStdioServer<HostServices>,
    broker: GrpcBrokerServer<HostServices>,
    health: HealthServer<HostServices>,
}

impl Router {
    pub(super) fn new(provider: impl Provider, lifecycle: &Lifecycle) -> Self {
        let host = HostServices {
            lifecycle: lifecycle.clone(),
        };
        Self {
            provider: service(provider, lifecycle.work().clone(), lifecycle.ending()),
            lifecycle: lifecycle.clone(),
            controller: GrpcControllerServer::new(host.clone()),
            stdio: GrpcStdioServer::new(host.clone()),
            broker: GrpcBrokerServer::new(host.clone()),
            health: HealthServer::new(host),
        }
    }

    /// Calls the provider. The call is work that the end of the process waits for.
    fn call_provider(&self, request: Request<Body>) -> ResponseFuture {
        let work = self.lifecycle.work().token();
        let response = self.provider.clone().call(request);
        Box::pin(async move {
            let response = response.await?;
            Ok(response.map(|body| {
                Body::new(body.map_frame(move |frame| {
                    let _until_sent = &work;
                    frame
                }))
            }))
        })
    }
}

type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl Service<Request<Incoming>> for Router {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = ResponseFuture;

    fn call(&self, request: Request<Incoming>) -> ResponseFuture {
        let service = request.uri().path().split('/').nth(1).unwrap_or_default();
        if service == ProtocolServer::NAME {
            self.call_provider(request.map(Body::new))
        } else if service == GrpcControllerServer::<HostServices>::NAME {
            self.controller.clone().call(request)
        } else if service == GrpcStdioServer::<HostServices>::NAME {
            self.stdio.clone().call(request)
        } else if service == GrpcBrokerServer::<HostServices>::NAME {
            self.broker.clone().call(request)
        } else if service == HealthServer::<HostServices>::NAME {
            self.health.clone().call(request)
        } else {
            let unknown = Status::unimplemented("this plugin has no such service");
            Box::pin(std::future::ready(Ok(unknown.into_http())))
        }
    }
}
