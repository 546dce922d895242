//! Tests of the lines, with a fixed clock and a collecting writer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use tracing_subscriber::layer::SubscriberExt as _;

use super::*;

/// The provider's crate.
const PROVIDER: &str = "terraform_provider_example";

/// The lines that `work` logs at this level.
fn lines(level: Level, work: impl FnOnce()) -> Vec<String> {
    let written = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&written);
    let clock = || UNIX_EPOCH + Duration::from_millis(1_500);
    let layer = Layer::new(level, PROVIDER, clock, move |line: &[u8]| {
        sink.lock()
            .unwrap()
            .push(String::from_utf8(line.to_vec()).unwrap());
    });
    tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), work);
    let lines = written.lock().unwrap();
    lines.clone()
}

/// The one line that `work` logs, parsed; it fails where a value is no string.
fn only_line(work: impl FnOnce()) -> BTreeMap<String, String> {
    let lines = lines(Level::TRACE, work);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with('\n'));
    serde_json::from_str(&lines[0]).unwrap()
}

#[test]
fn an_event_becomes_a_line_that_the_host_understands() {
    let lines = lines(Level::INFO, || {
        tracing::info!(status = 200, again = false, "done \"well\"\nindeed");
    });
    assert_eq!(
        lines,
        [concat!(
            r#"{"@timestamp":"1970-01-01T00:00:01.500000Z","@level":"info","#,
            r#""@module":"provider.logging.hclog.tests","@message":"done \"well\"\nindeed","#,
            r#""status":"200","again":"false"}"#,
            "\n"
        )]
    );
}

#[test]
fn every_level_has_the_hosts_word() {
    let lines = lines(Level::TRACE, || {
        tracing::error!("e");
        tracing::warn!("w");
        tracing::info!("i");
        tracing::debug!("d");
        tracing::trace!("t");
    });
    for (line, word) in lines
        .iter()
        .zip(["error", "warn", "info", "debug", "trace"])
    {
        assert!(line.contains(&format!(r#""@level":"{word}""#)), "{line}");
    }
    assert_eq!(lines.len(), 5);
}

#[test]
fn what_is_below_the_level_is_not_even_formatted() {
    struct Unformattable;
    impl fmt::Display for Unformattable {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("formatted")
        }
    }
    let lines = lines(
        Level::INFO,
        || tracing::debug!(value = %Unformattable, "hidden"),
    );
    assert!(lines.is_empty());
}

#[test]
fn other_crates_are_not_heard() {
    let lines = lines(Level::TRACE, || {
        tracing::error!(target: "h2::codec", "frame");
        tracing::error!(target: "terraform_provider_example_other", "lookalike");
    });
    assert!(lines.is_empty(), "{lines:?}");
}

#[test]
fn the_providers_crate_is_heard_under_the_same_name() {
    let line = only_line(|| tracing::info!(target: "terraform_provider_example::client", "sent"));
    assert_eq!(line["@module"], "provider.client");
}

#[test]
fn an_event_carries_the_fields_of_the_spans_around_it() {
    let line = only_line(|| {
        let outer = tracing::info_span!(
            "call",
            tf_rpc = "ReadResource",
            late = tracing::field::Empty
        );
        let _outer = outer.enter();
        outer.record("late", "yes");
        let inner = tracing::info_span!("attempt", number = 2_u64);
        let _inner = inner.enter();
        tracing::info!(path = "/x", "sent");
    });
    for (name, value) in [
        ("tf_rpc", "ReadResource"),
        ("late", "yes"),
        ("number", "2"),
        ("path", "/x"),
        ("@message", "sent"),
    ] {
        assert_eq!(line.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[test]
fn a_long_value_is_cut_between_characters() {
    let line = only_line(|| tracing::info!(value = "ü".repeat(MAX_VALUE).as_str(), "long"));
    let value = line["value"].strip_suffix('…').unwrap();
    assert!(value.len() <= MAX_VALUE && value.chars().all(|c| c == 'ü'));
}

#[test]
fn no_line_reaches_the_hosts_limit() {
    let worst = "\u{1}".repeat(2 * MAX_VALUE);
    let line = lines(Level::INFO, || {
        tracing::info!(a = worst, b = worst, "{worst}");
    });
    assert!(line[0].len() < 64 << 10, "{}", line[0].len());
    assert!(line[0].contains("truncated"));
}

#[test]
fn moments_are_written_with_six_digits_of_a_second() {
    for (micros, text) in [
        (0, "1970-01-01T00:00:00.000000Z"),
        (951_782_399_000_001, "2000-02-28T23:59:59.000001Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
        (1_709_251_199_999_999, "2024-02-29T23:59:59.999999Z"),
        (4_107_542_400_500_000, "2100-03-01T00:00:00.500000Z"),
    ] {
        let time = UNIX_EPOCH + Duration::from_micros(micros);
        assert_eq!(timestamp(time), text);
    }
}
