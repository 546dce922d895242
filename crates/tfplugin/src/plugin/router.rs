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

use super::generated::health::health_server::HealthServer;
use super::generated::plugin::grpc_broker_server::GrpcBrokerServer;
use super::generated::plugin::grpc_controller_server::GrpcControllerServer;
use super::generated::plugin::grpc_stdio_server::GrpcStdioServer;
use super::lifecycle::Lifecycle;
use super::service::GrpcService;
use super::services::HostServices;

/// The plugin's own service beside those of the host.
#[derive(Clone, Debug)]
pub(super) struct Router<S> {
    service: S,
    lifecycle: Lifecycle,
    controller: GrpcControllerServer<HostServices>,
    stdio: GrpcStdioServer<HostServices>,
    broker: GrpcBrokerServer<HostServices>,
    health: HealthServer<HostServices>,
}

impl<S: GrpcService> Router<S> {
    pub(super) fn new(service: S, lifecycle: &Lifecycle) -> Self {
        let host = HostServices {
            lifecycle: lifecycle.clone(),
        };
        Self {
            service,
            lifecycle: lifecycle.clone(),
            controller: GrpcControllerServer::new(host.clone()),
            stdio: GrpcStdioServer::new(host.clone()),
            broker: GrpcBrokerServer::new(host.clone()),
            health: HealthServer::new(host),
        }
    }

    /// Calls the plugin's own service. The call is work that the end of the process waits for.
    fn call_plugin(&self, request: Request<Body>) -> Answer {
        let work = self.lifecycle.work().token();
        let answer = self.service.clone().call(request);
        Box::pin(async move {
            let answer = answer.await?;
            Ok(answer.map(|body| {
                Body::new(body.map_frame(move |frame| {
                    let _until_sent = &work;
                    frame
                }))
            }))
        })
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl<S: GrpcService> Service<Request<Incoming>> for Router<S> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn call(&self, request: Request<Incoming>) -> Answer {
        use tower_service::Service as _;

        let service = request.uri().path().split('/').nth(1).unwrap_or_default();
        if service == S::NAME {
            self.call_plugin(request.map(Body::new))
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
