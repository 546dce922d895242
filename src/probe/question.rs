//! A question that the documents leave open, and what answers it. Pure.

use serde_json::Value;

use super::evidence::Evidence;
use super::reply::Reply;

/// One switch of the sandbox, and what a run tells of it.
pub(super) struct Question {
    /// The number in `docs/unknowns.md`; empty for what stands there without one.
    pub(super) unknown: &'static str,
    /// The switch, as the sandbox's JSON has it.
    pub(super) switch: &'static str,
    pub(super) judge: fn(&Evidence) -> Judgement,
}

/// What was seen, or why it was not.
pub(super) type Judgement = Result<Seen, String>;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// The value of the switch that plays it; null where the switch is to be left out.
    pub(super) value: Value,
    /// What was seen, in words.
    pub(super) what: String,
}

pub(super) const fn question(
    unknown: &'static str,
    switch: &'static str,
    judge: fn(&Evidence) -> Judgement,
) -> Question {
    Question {
        unknown,
        switch,
        judge,
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a judgement ends with this or with `not_seen`"
)]
pub(super) fn seen(value: impl Into<Value>, what: impl Into<String>) -> Judgement {
    Ok(Seen {
        value: value.into(),
        what: what.into(),
    })
}

pub(super) fn not_seen(why: impl Into<String>) -> Judgement {
    Err(why.into())
}

/// A status that the switch can play.
pub(super) fn status(reply: &Reply, known: &[u16]) -> Judgement {
    let status = reply.status;
    if known.contains(&status) {
        return seen(status, format!("answered {status}"));
    }
    not_seen(format!("answered {status}, which no value plays"))
}
