//! What a run found out, as people send it in. The form is in `docs/probe.md`.

use serde_json::{Map, Value, json};

use super::clean::Cleaned;
use super::evidence::Evidence;
use super::name::Run;
use super::question::Judgement;
use super::questions;

/// Raised when the form changes.
const FORM: u32 = 1;

/// One row.
pub(crate) struct Row {
    /// The number in `docs/unknowns.md`; empty where there is none.
    pub(crate) unknown: &'static str,
    pub(crate) switch: &'static str,
    /// The value of the switch, null where it is to be left out, and what was seen; or why nothing was.
    pub(crate) judgement: Result<(Value, String), String>,
}

pub(crate) struct Report {
    pub(crate) run: Run,
    pub(crate) rows: Vec<Row>,
    /// Why the run ended before its end.
    pub(crate) stopped: Option<String>,
    pub(crate) cleaned: Cleaned,
    /// Requests, those of the cleaning included.
    pub(crate) requests: u32,
}

pub(super) fn rows(evidence: &Evidence) -> Vec<Row> {
    let row = |question: &super::question::Question| {
        let judgement: Judgement = (question.judge)(evidence);
        Row {
            unknown: question.unknown,
            switch: question.switch,
            judgement: judgement.map(|seen| (seen.value, seen.what)),
        }
    };
    questions::all().into_iter().map(row).collect()
}

/// What a file has from the first request on: with it, `--clean` finds what a killed run has left.
pub(crate) fn unfinished(run: &Run) -> Value {
    json!({ "form": FORM, "state": "running", "run": run.as_str() })
}

/// The run that a file tells to be unfinished, or to have left something.
pub(crate) fn run_to_clean(file: &str) -> Option<Run> {
    let report: Value = serde_json::from_str(file).ok()?;
    Run::of(report.get("run")?.as_str()?)
}

impl Report {
    pub(crate) fn to_json(&self) -> Value {
        let mut switches = Map::new();
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| match &row.judgement {
                Ok((value, what)) => {
                    switches.insert(row.switch.to_owned(), value.clone());
                    json!({ "unknown": row.unknown, "switch": row.switch, "value": value, "seen": what })
                }
                Err(why) => {
                    json!({ "unknown": row.unknown, "switch": row.switch, "not_seen": why })
                }
            })
            .collect();
        json!({
            "form": FORM,
            "state": if self.stopped.is_some() { "stopped" } else { "finished" },
            "run": self.run.as_str(),
            "provider": env!("CARGO_PKG_VERSION"),
            "stopped": self.stopped,
            "requests": self.requests,
            "left": self.cleaned.left,
            "switches": switches,
            "questions": rows,
        })
    }
}
