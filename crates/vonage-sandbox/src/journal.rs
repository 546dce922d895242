//! Every request to the API in the order of arrival, for tests that count and compare them.

use std::collections::VecDeque;

use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

/// How many requests are kept; older ones are forgotten, so that a sandbox may run for long.
const KEPT: usize = 50_000;

/// How many bytes of a body are kept: far above a user or a domain with hundreds of `acl` entries.
const KEPT_OF_BODY: usize = 16 << 10;

/// One request and how it was answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Number of the request, from 1 since the start or the last clearing.
    pub seq: u64,
    /// When it arrived, in milliseconds since the sandbox started.
    pub at_ms: u64,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The body, where it was JSON or the form of an update of a number; secrets and private keys are blanked out.
    pub body: Option<Value>,
    /// Whether the body was too long to be kept: `body` is its beginning then, as text.
    pub body_truncated: bool,
    /// The status of the response; none while the request is being answered, or when the client went away.
    pub status: Option<u16>,
    /// How many requests were being answered when this one arrived, itself included. The largest is the peak.
    pub in_flight: usize,
}

/// The records, and how many requests are open.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    records: VecDeque<Record>,
    arrived: u64,
    in_flight: usize,
    /// Counts clearings: a request from before one must not be noted in a record from after it.
    era: u64,
}

/// Finds the record of a request again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordId {
    era: u64,
    seq: u64,
}

impl Journal {
    /// Notes a request that has arrived: what is known before its body is read.
    pub(crate) fn arrive(&mut self, arrival: Record) -> RecordId {
        self.arrived += 1;
        self.in_flight += 1;
        if self.records.len() == KEPT {
            self.records.pop_front();
        }
        self.records.push_back(Record {
            seq: self.arrived,
            in_flight: self.in_flight,
            ..arrival
        });
        RecordId {
            era: self.era,
            seq: self.arrived,
        }
    }

    /// Notes a body. One that cannot be read is not noted, for it may hold a secret.
    pub(crate) fn note_body(&mut self, id: RecordId, body: Option<Value>) {
        if let Some(record) = self.record(id) {
            let body = body.map(redacted);
            let cut = body.as_ref().and_then(cut);
            record.body_truncated = cut.is_some();
            record.body = cut.or(body);
        }
    }

    pub(crate) fn note_status(&mut self, id: RecordId, status: StatusCode) {
        if let Some(record) = self.record(id) {
            record.status = Some(status.as_u16());
        }
    }

    /// Notes that a request is over, answered or not.
    pub(crate) fn leave(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        self.records.iter().cloned().collect()
    }

    /// Forgets all records. Requests that are being answered still count as in flight.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
        self.arrived = 0;
        self.era += 1;
    }

    fn record(&mut self, id: RecordId) -> Option<&mut Record> {
        let first = self.records.front()?.seq;
        let index = id.seq.checked_sub(first).filter(|_| id.era == self.era)?;
        self.records.get_mut(usize::try_from(index).ok()?)
    }
}

/// The beginning of a body that is too long to be kept.
fn cut(body: &Value) -> Option<Value> {
    let mut text = body.to_string();
    if text.len() <= KEPT_OF_BODY {
        return None;
    }
    text.truncate(text.floor_char_boundary(KEPT_OF_BODY));
    text.shrink_to_fit();
    Some(text.into())
}

/// The value with all secrets blanked out.
fn redacted(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| {
                if ["secret", "private_key", "api_secret"].contains(&key.as_str()) {
                    (key, "(redacted)".into())
                } else {
                    (key, redacted(value))
                }
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(redacted).collect(),
        // A private key may also be sent by mistake, in the place of another value.
        Value::String(text) if text.contains("PRIVATE KEY") => "(redacted)".into(),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn arrival(path: &str) -> Record {
        Record {
            path: path.into(),
            ..Record::default()
        }
    }

    #[test]
    fn each_record_tells_how_many_requests_were_open() {
        let mut journal = Journal::default();
        journal.arrive(arrival("/a"));
        journal.arrive(arrival("/b"));
        journal.leave();
        journal.leave();
        journal.arrive(arrival("/c"));
        let open: Vec<_> = journal
            .records()
            .iter()
            .map(|record| record.in_flight)
            .collect();
        assert_eq!(open, [1, 2, 1]);
    }

    #[test]
    fn secrets_are_blanked_out_wherever_they_are() {
        let mut journal = Journal::default();
        let id = journal.arrive(arrival("/a"));
        let body = json!({
            "key": "u", "secret": "s", "api_secret": "s", "more": [{"secret": {"a": 1}}],
        });
        journal.note_body(id, Some(body));
        journal.note_status(id, StatusCode::CREATED);
        let record = journal.records().remove(0);
        assert_eq!(record.status, Some(201));
        assert_eq!(
            record.body,
            Some(json!({
                "key": "u", "secret": "(redacted)", "api_secret": "(redacted)", "more": [{"secret": "(redacted)"}],
            }))
        );
    }

    #[test]
    fn of_a_long_body_the_beginning_is_kept_and_marked_and_holds_no_secret() {
        let mut journal = Journal::default();
        let (short, long) = (journal.arrive(arrival("/a")), journal.arrive(arrival("/b")));
        let body = |length| Some(json!({"secret": "s3cret", "text": "ü".repeat(length)}));
        let around = r#"{"secret":"(redacted)","text":""}"#.len();
        let fits = (KEPT_OF_BODY - around) / 2;
        journal.note_body(short, body(fits));
        journal.note_body(long, body(fits + 1));
        let [short, long] = journal.records().try_into().unwrap();
        assert!(!short.body_truncated && short.body.unwrap().is_object());
        let kept = long.body.unwrap();
        let kept = kept.as_str().unwrap();
        assert!(long.body_truncated && kept.len() <= KEPT_OF_BODY);
        assert!(
            kept.starts_with(r#"{"secret":"(redacted)","text":"ü"#) && !kept.contains("s3cret")
        );
    }

    #[test]
    fn a_request_from_before_a_clearing_is_not_noted_after_it() {
        let mut journal = Journal::default();
        let before = journal.arrive(arrival("/before"));
        journal.clear();
        journal.arrive(arrival("/after"));
        journal.note_status(before, StatusCode::OK);
        let records = journal.records();
        assert_eq!(
            (records.len(), records[0].seq, records[0].status),
            (1, 1, None)
        );
    }

    #[test]
    fn old_records_are_forgotten_and_late_notes_still_find_theirs() {
        let mut journal = Journal::default();
        let first = journal.arrive(arrival("/first"));
        for _ in 1..KEPT {
            journal.arrive(arrival("/more"));
        }
        let last = journal.arrive(arrival("/last"));
        journal.note_status(first, StatusCode::OK);
        journal.note_status(last, StatusCode::NO_CONTENT);
        let records = journal.records();
        assert_eq!(
            (records.len(), records[0].seq, records[0].status),
            (KEPT, 2, None)
        );
        assert_eq!(records[KEPT - 1].status, Some(204));
    }
}
