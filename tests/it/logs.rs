//! Standard error: lines that the host understands, when it asks for them, and nothing else.

use std::collections::BTreeMap;

use crate::host::{Start, is_served};

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
        let fields: BTreeMap<String, String> = serde_json::from_str(line).unwrap();
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
