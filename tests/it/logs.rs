//! Standard error: lines that the host understands, when it asks for them, and nothing else.

use std::collections::BTreeMap;

use tfplugin::testing::messages::{read_data_source, read_resource};
use tfplugin::testing::rules::types;
use tfplugin::value::Value;
use vonage_sandbox::Options;

use crate::client::{configure, encode, resource_type, schemas, with_nulls};
use crate::host::{Start, is_served};

type Line = BTreeMap<String, String>;

/// Standard error of a start with these variables, in which a stranger is refused.
async fn log_of_a_refusal(variables: &[(&str, &str)]) -> String {
    let start = variables
        .iter()
        .fold(Start::as_terraform(), |start, (name, value)| {
            start.with(name, value)
        });
    let plugin = start.run().await;
    if let Ok(channel) = plugin.connect_as(None).await {
        assert!(!is_served(channel).await);
    }
    plugin.shut_down().await.stderr
}

#[tokio::test]
async fn at_trace_every_line_is_hclog_json_of_this_program_alone() {
    let log = log_of_a_refusal(&[("TF_LOG", "TRACE")]).await;
    let refusals = log.lines().map(|line| {
        let fields: Line = serde_json::from_str(line).unwrap();
        assert!(fields["@module"].starts_with("provider."), "{line}");
        assert_eq!(
            fields["@timestamp"].len(),
            "YYYY-MM-DDTHH:MM:SS.ffffffZ".len()
        );
        usize::from(fields["@message"] == "refused a connection" && fields["@level"] == "warn")
    });
    // The client may knock more than once before it gives up.
    assert_ne!(refusals.sum::<usize>(), 0, "{log}");
}

#[tokio::test]
async fn nothing_is_logged_unasked_or_below_the_level_asked_for() {
    assert_eq!(log_of_a_refusal(&[]).await, "");
    let narrowed = [("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER_VONAGE", "ERROR")];
    assert_eq!(log_of_a_refusal(&narrowed).await, "");
}

/// The lines of a provider that reads a resource twice, and a data source, that are not in its account.
async fn log_of_reads() -> Vec<Line> {
    let options = Options::default();
    let sandbox = vonage_sandbox::start(options.clone()).await.unwrap();
    let plugin = Start::as_terraform()
        .with("VONAGE_BASE_URL", &sandbox.url())
        .with("VONAGE_API_KEY", &options.api_key)
        .with("VONAGE_API_SECRET", &options.api_secret)
        .with("TF_LOG", "DEBUG")
        .run()
        .await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[]).await;
    let ty = resource_type(&mut client, "vonage_sip_domain").await;
    let state = [("name", "alpha-1".into()), ("id", "alpha-1".into())];
    for _ in 0..2 {
        let read = read_resource::Request {
            type_name: "vonage_sip_domain".to_owned(),
            current_state: Some(encode(&with_nulls(&ty, &state), &ty)),
            ..Default::default()
        };
        let answer = client.read_resource(read).await.unwrap().into_inner();
        assert_eq!(answer.new_state, Some(encode(&Value::Null, &ty)));
    }
    let ty =
        types::of_schema(&schemas(&mut client).await.data_source_schemas["vonage_sip_domains"]);
    let read = read_data_source::Request {
        type_name: "vonage_sip_domains".to_owned(),
        config: Some(encode(&with_nulls(&ty, &[]), &ty)),
        ..Default::default()
    };
    let answer = client.read_data_source(read).await.unwrap().into_inner();
    assert_eq!(answer.diagnostics, []);
    let log = plugin.shut_down().await.stderr;
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

/// Checks that each of the calls has lines of its own, one at least about a request, and gives their number.
fn calls(log: &[Line], rpc: &str, fields: &[(&str, &str)]) -> usize {
    let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
    for line in log
        .iter()
        .filter(|line| line.get("tf_rpc").is_some_and(|it| it == rpc))
    {
        let id = line["tf_req_id"].as_str();
        assert_eq!(id.len(), "c49f3586-9c3c-458b-89fc-3c8beb58865f".len());
        for (name, value) in fields {
            assert_eq!(
                line.get(*name).map(String::as_str),
                Some(*value),
                "{line:?}"
            );
        }
        let requests = calls.entry(id).or_default();
        *requests += usize::from(line["@message"] == "HTTP request answered");
    }
    assert!(calls.values().all(|requests| *requests > 0), "{log:#?}");
    calls.len()
}

#[tokio::test]
async fn a_line_about_a_request_tells_the_call_that_it_is_part_of() {
    let log = log_of_reads().await;
    let of_resource = [
        ("tf_resource_type", "vonage_sip_domain"),
        ("tf_resource_id", "alpha-1"),
    ];
    assert_eq!(calls(&log, "ReadResource", &of_resource), 2, "{log:#?}");
    let of_data_source = [("tf_data_source_type", "vonage_sip_domains")];
    assert_eq!(
        calls(&log, "ReadDataSource", &of_data_source),
        1,
        "{log:#?}"
    );
}
