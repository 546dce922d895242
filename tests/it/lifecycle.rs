//! The end: what ends the process, what does not, and what it leaves behind.

use futures_util::{FutureExt as _, stream};
use nix::sys::signal::Signal;
use tfplugin::testing::messages::{apply_resource_change, stop_provider};
use tfplugin::value::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tonic::Request;
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic_prost::ProstCodec;

use crate::client::{configure, encode, resource_type, with_nulls};
use crate::host::{Death, Plugin, Start, in_time, is_served};

#[tokio::test]
async fn shutdown_ends_the_process_and_leaves_nothing() {
    let plugin = Start::as_terraform().run().await;
    let line = plugin.line().to_owned();
    assert!(std::path::Path::new(plugin.field(3)).exists());
    let ended = plugin.shut_down().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.stdout, line, "standard output is the handshake line");
    assert_eq!(ended.stderr, "");
    assert_eq!(ended.files_left, 0);
}

#[tokio::test]
async fn shutdown_does_not_wait_for_a_call_that_never_ends() {
    let plugin = Start::as_terraform().run().await;
    let call = UnfinishedCall::begin(&plugin).await;
    let ended = plugin.shut_down().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
    drop(call);
}

#[tokio::test]
async fn an_interrupt_changes_nothing() {
    let plugin = Start::as_terraform().run().await;
    let before = plugin.connect().await;
    plugin.signal(Signal::SIGINT);
    assert!(is_served(before).await);
    assert!(is_served(plugin.connect().await).await);
    assert!(plugin.shut_down().await.status.success());
}

#[tokio::test]
async fn a_signal_that_asks_for_the_end_ends_an_idle_process() {
    // A terminal sends SIGHUP when it is closed, and SIGQUIT on Ctrl-\.
    for signal in [Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT] {
        let plugin = Start::as_terraform().run().await;
        let _idle = plugin.connect().await;
        plugin.signal(signal);
        let ended = plugin.wait().await;
        assert!(ended.status.success(), "{signal}: {ended:?}");
        assert_eq!(ended.files_left, 0, "{signal}");
    }
}

#[tokio::test]
async fn a_host_that_was_started_to_outlive_its_terminal_keeps_its_plugin() {
    // As `nohup` does it.
    let plugin = Start::as_terraform().after("trap '' HUP").run().await;
    let before = plugin.connect().await;
    plugin.signal(Signal::SIGHUP);
    assert!(is_served(before).await);
    assert!(is_served(plugin.connect().await).await);
    assert!(plugin.shut_down().await.status.success());
}

#[tokio::test]
async fn a_termination_signal_lets_a_running_call_finish() {
    let plugin = Start::as_terraform().run().await;
    let call = UnfinishedCall::begin(&plugin).await;
    plugin.signal(Signal::SIGTERM);
    assert!(is_served(plugin.connect().await).await);
    assert!(call.finish().await, "the call was cut off");
    let ended = plugin.wait().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
}

#[tokio::test]
async fn the_process_does_not_outlive_its_host() {
    let mut plugin = Start::as_terraform().run().await;
    let call = UnfinishedCall::begin(&plugin).await;
    plugin.lose_host();
    let ended = plugin.wait().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
    drop(call);
}

#[tokio::test]
async fn a_host_that_is_gone_before_it_reads_the_line_leaves_no_plugin_and_no_socket() {
    for death in [Death::BeforeStart, Death::BeforeReading] {
        let ended = Start::as_terraform().run_losing_host(death).await;
        assert_ne!(ended.status.code(), None, "{death:?}: {ended:?}");
        assert!(!ended.stderr.contains("panic"), "{death:?}: {ended:?}");
        assert_eq!(ended.files_left, 0, "{death:?}");
        if death == Death::BeforeStart {
            assert!(ended.stderr.contains("standard output"), "{ended:?}");
        }
    }
}

#[tokio::test]
async fn an_idle_plugin_ends_with_its_host() {
    let mut plugin = Start::as_terraform().run().await;
    let idle = plugin.connect().await;
    plugin.lose_host();
    let ended = plugin.wait().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
    drop(idle);
}

#[tokio::test]
async fn a_plugin_that_waits_for_the_api_ends_with_its_host() {
    // An API that takes connections and says nothing.
    let silence = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silence.local_addr().unwrap());
    let mut plugin = Start::as_terraform()
        .with("VONAGE_BASE_URL", &url)
        .with("VONAGE_API_KEY", "key")
        .with("VONAGE_API_SECRET", "secret")
        .with("VONAGE_REQUEST_TIMEOUT", "10m")
        .run()
        .await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[]).await;
    let ty = resource_type(&mut client, "vonage_sip_domain").await;
    let planned = [
        ("name", "yourcompany".into()),
        ("acl", Value::string_set(["190.190.190.190"])),
        ("domain_type", "trunk".into()),
    ];
    let request = apply_resource_change::Request {
        type_name: "vonage_sip_domain".to_owned(),
        prior_state: Some(encode(&Value::Null, &ty)),
        planned_state: Some(encode(&with_nulls(&ty, &planned), &ty)),
        config: Some(encode(&with_nulls(&ty, &planned), &ty)),
        ..Default::default()
    };
    let call = tokio::spawn(async move { client.apply_resource_change(request).await });
    let connection = in_time(silence.accept()).await.unwrap();
    plugin.lose_host();
    let ended = plugin.wait().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
    drop((call, connection));
}

#[tokio::test]
async fn a_lost_connection_ends_nothing() {
    let plugin = Start::as_terraform().run().await;
    drop(UnfinishedCall::begin(&plugin).await);
    assert!(is_served(plugin.connect().await).await);
}

/// A call that the plugin has begun, and that waits for the rest of its request.
struct UnfinishedCall {
    rest: oneshot::Sender<stop_provider::Request>,
    answer: tokio::task::JoinHandle<Result<(), tonic::Status>>,
}

impl UnfinishedCall {
    async fn begin(plugin: &Plugin) -> Self {
        let channel = plugin.connect().await;
        let (rest, request) = oneshot::channel();
        let request = stream::once(async { request.await.unwrap_or_default() });
        let mut client = Grpc::new(channel.clone());
        client.ready().await.unwrap();
        let path = PathAndQuery::from_static("/tfplugin6.Provider/StopProvider");
        let mut call = Box::pin(async move {
            let codec = ProstCodec::<_, stop_provider::Response>::default();
            let answer = client.client_streaming(Request::new(request), path, codec);
            answer.await.map(drop)
        });
        assert!((&mut call).now_or_never().is_none());
        // Sent after it on the same connection, so once this is answered, the call has arrived too.
        assert!(is_served(channel).await);
        Self {
            rest,
            answer: tokio::spawn(call),
        }
    }

    /// Sends the rest; whether the provider answered, be it only that it does not know the call.
    async fn finish(self) -> bool {
        self.rest.send(stop_provider::Request {}).unwrap();
        match in_time(self.answer).await.unwrap() {
            Ok(()) => true,
            Err(status) => status.code() == tonic::Code::Unimplemented,
        }
    }
}
