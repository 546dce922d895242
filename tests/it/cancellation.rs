//! `StopProvider`: what waits for the API comes to an end, and the provider goes on to serve.

use tfplugin::testing::messages::{read_resource, stop_provider};
use tfplugin::value::Value;
use tokio::net::TcpListener;

use crate::client::{configure, encode, resource_type, with_nulls};
use crate::host::{Start, in_time};

const DOMAIN: &str = "vonage_sip_domain";

#[tokio::test]
async fn stopping_ends_a_read_that_waits_for_an_answer_and_not_the_provider() {
    // An API that takes connections and says nothing.
    let silence = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silence.local_addr().unwrap());
    let plugin = Start::as_terraform()
        .with("VONAGE_BASE_URL", &url)
        .with("VONAGE_API_KEY", "key")
        .with("VONAGE_API_SECRET", "secret")
        // A minute is as long as the test has patience.
        .with("VONAGE_REQUEST_TIMEOUT", "10m")
        .run()
        .await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[]).await;
    let ty = resource_type(&mut client, DOMAIN).await;
    let state = encode(&with_nulls(&ty, &[("name", "yourcompany".into())]), &ty);
    let request = read_resource::Request {
        type_name: DOMAIN.to_owned(),
        current_state: Some(state),
        ..Default::default()
    };
    for _ in 0..2 {
        let mut reader = client.clone();
        let request = request.clone();
        let read = tokio::spawn(async move { reader.read_resource(request).await });
        let connection = in_time(silence.accept()).await.unwrap();
        let stopped = client.stop_provider(stop_provider::Request {}).await;
        assert_eq!(stopped.unwrap().into_inner().error, "");
        let answer = in_time(read).await.unwrap().unwrap().into_inner();
        let error = &answer.diagnostics[0];
        assert!(
            error.summary.contains("Cannot read SIP domain"),
            "{error:?}"
        );
        assert!(error.detail.contains("Run the command again"), "{error:?}");
        assert_eq!(answer.new_state, None, "the state stays");
        drop(connection);
    }
    // Later calls are not stopped: this one ends of itself, and well.
    let null = read_resource::Request {
        current_state: Some(encode(&Value::Null, &ty)),
        type_name: "vonage_sip_other".to_owned(),
        ..Default::default()
    };
    let answer = client.read_resource(null).await.unwrap().into_inner();
    assert_eq!(answer.diagnostics[0].summary, "Unknown resource type");
    assert!(plugin.shut_down().await.status.success());
}
