//! The services beside the provider's, and what the connection bears.

use tfplugin::testing::messages::health::health_check_response::ServingStatus;
use tfplugin::testing::messages::health::health_client::HealthClient;
use tfplugin::testing::messages::health::{HealthCheckRequest, HealthListRequest};
use tfplugin::testing::messages::plugin::ConnInfo;
use tfplugin::testing::messages::plugin::grpc_broker_client::GrpcBrokerClient;
use tfplugin::testing::messages::plugin::grpc_stdio_client::GrpcStdioClient;
use tfplugin::testing::messages::{DynamicValue, validate_provider_config};
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Code, Request};
use tonic_prost::ProstCodec;

use crate::host::{Start, in_time};

fn health_of(service: &str) -> HealthCheckRequest {
    HealthCheckRequest {
        service: service.to_owned(),
    }
}

#[tokio::test]
async fn health_is_told_of_the_server_and_of_the_plugin_only() {
    let plugin = Start::as_terraform().run().await;
    let mut health = HealthClient::new(plugin.connect().await);
    for service in ["", "plugin"] {
        let answer = health.check(health_of(service)).await.unwrap();
        assert_eq!(answer.get_ref().status(), ServingStatus::Serving);
    }
    let unknown = health.check(health_of("other")).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
    let list = health.list(HealthListRequest {}).await.unwrap();
    let names: Vec<_> = list.get_ref().statuses.keys().cloned().collect();
    assert_eq!(names, ["", "plugin"]);
}

#[tokio::test]
async fn health_can_be_watched_until_the_end() {
    let plugin = Start::as_terraform().run().await;
    let mut health = HealthClient::new(plugin.connect().await);
    for (service, status) in [
        ("plugin", ServingStatus::Serving),
        ("other", ServingStatus::ServiceUnknown),
    ] {
        let mut changes = health.watch(health_of(service)).await.unwrap().into_inner();
        let first = changes.message().await.unwrap().unwrap();
        assert_eq!(first.status(), status);
    }
    let mut changes = health.watch(health_of("")).await.unwrap().into_inner();
    changes.message().await.unwrap();
    assert!(plugin.shut_down().await.status.success());
    assert!(in_time(changes.message()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_output_stream_is_open_silent_and_ends_with_the_process() {
    let plugin = Start::as_terraform().run().await;
    let mut stdio = GrpcStdioClient::new(plugin.connect().await);
    let mut output = stdio.stream_stdio(()).await.unwrap().into_inner();
    assert!(plugin.shut_down().await.status.success());
    assert!(in_time(output.message()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_broker_takes_what_it_is_told_and_ends_with_the_process() {
    let plugin = Start::as_terraform().run().await;
    let mut broker = GrpcBrokerClient::new(plugin.connect().await);
    let (offers, stream) = tokio::sync::mpsc::channel(1);
    let stream = futures_util::stream::unfold(stream, async |mut offers| {
        let offer: ConnInfo = offers.recv().await?;
        Some((offer, offers))
    });
    let mut answers = broker.start_stream(stream).await.unwrap().into_inner();
    for _ in 0..3 {
        offers.send(ConnInfo::default()).await.unwrap();
    }
    assert!(plugin.shut_down().await.status.success());
    assert!(in_time(answers.message()).await.unwrap().is_none());
}

#[tokio::test]
async fn an_unknown_service_is_unimplemented() {
    let plugin = Start::as_terraform().run().await;
    let mut client = Grpc::new(plugin.connect().await);
    for path in [
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/tfplugin5.Provider/GetSchema",
        "/",
    ] {
        client.ready().await.unwrap();
        let codec = ProstCodec::<(), ()>::default();
        let path = PathAndQuery::from_static(path);
        let answer = client.unary(Request::new(()), path, codec).await;
        assert_eq!(answer.unwrap_err().code(), Code::Unimplemented);
    }
}

#[tokio::test]
async fn a_request_of_60_mebibytes_arrives() {
    let plugin = Start::as_terraform().run().await;
    let config = DynamicValue {
        // 0xc4 to 0xc6 are MessagePack's byte strings: one value, of the wrong type, as long as the request.
        msgpack: [&[0xc6, 0x03, 0xc0, 0x00, 0x00][..], &vec![0; 60 << 20]]
            .concat()
            .into(),
        ..DynamicValue::default()
    };
    let request = validate_provider_config::Request {
        config: Some(config),
    };
    let mut provider = plugin.provider().await;
    match in_time(provider.validate_provider_config(request)).await {
        Ok(answer) => assert!(!answer.get_ref().diagnostics.is_empty()),
        Err(status) => assert_eq!(status.code(), Code::Unimplemented, "{status}"),
    }
}
