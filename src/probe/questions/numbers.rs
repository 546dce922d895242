//! What two reads tell of the Numbers API. No number is changed, so most of its questions are in `unseen`.

use serde_json::{Map, Value};

use crate::probe::evidence::Evidence;
use crate::probe::lists::text;
use crate::probe::question::{Judgement, Question, not_seen, question, seen};
use crate::probe::reply::Reply;
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("N3", "number_hidden_fields", hidden_fields),
    question("N10", "number_access", access),
    question("N12", "number_link_fields", link_fields),
    question("N13", "number_error_status", error_status),
    question("N13", "number_error_code", error_code),
    question("N14", "number_list_order", list_order),
];

fn list(evidence: &Evidence) -> Result<&Reply, String> {
    let reply = evidence.reply(Step::Numbers)?;
    if reply.object().is_none() {
        return Err(format!("the list was answered {}", reply.status));
    }
    Ok(reply)
}

/// The rows of the list; an error where there is none.
fn rows(evidence: &Evidence) -> Result<&Vec<Value>, String> {
    let rows = list(evidence)?
        .json()
        .get("numbers")
        .and_then(Value::as_array);
    rows.filter(|rows| !rows.is_empty())
        .ok_or_else(|| "the list shows no numbers".to_owned())
}

fn hidden_fields(evidence: &Evidence) -> Judgement {
    let hidden = ["moSmppSysType", "voiceStatusCallback"];
    let shows = |row: &Value| hidden.iter().any(|field| row.get(field).is_some());
    if rows(evidence)?.iter().any(shows) {
        return seen("shown", "the list shows one of them");
    }
    not_seen("the list shows none of them, and no number was changed")
}

fn access(evidence: &Evidence) -> Judgement {
    let reply = list(evidence)?;
    let is_empty = reply.object().is_some_and(Map::is_empty);
    match reply.status {
        403 if is_empty => seen("forbidden", "the list is an empty object with 403"),
        200 if is_empty => not_seen("the list is an empty object: no numbers, or no rights"),
        200 => rows(evidence).and_then(|_| seen("granted", "the list shows numbers")),
        status => not_seen(format!("the list was answered {status}")),
    }
}

/// What rows with an application, and no forward beside it, have in common.
fn link_fields(evidence: &Evidence) -> Judgement {
    let linked = rows(evidence)?.iter().filter(|row| {
        let kind = text(row, "voiceCallbackType");
        !text(row, "app_id").is_empty() && ["", "app"].contains(&kind)
    });
    let names = |row: &Value, callback: &str| {
        text(row, &format!("{callback}CallbackValue")) == text(row, "app_id")
    };
    let mut kinds: Vec<&str> = linked
        .map(|row| match (names(row, "voice"), names(row, "messages")) {
            (true, true) => "messages",
            (true, false) => "voice",
            (false, false) => "none",
            (false, true) => "other",
        })
        .collect();
    kinds.dedup();
    match kinds.as_slice() {
        [] => not_seen("no number has an application alone"),
        ["other"] => not_seen("linked numbers have fields that no value plays"),
        [kind] => seen(*kind, "as all linked numbers have it"),
        _ => not_seen("linked numbers differ in it"),
    }
}

/// The answer to a list without a size.
fn error(evidence: &Evidence) -> Result<(&Reply, &Value), String> {
    let reply = evidence.reply(Step::NumbersOfNoSize)?;
    match reply.json().get("error-code") {
        Some(code) => Ok((reply, code)),
        None => Err("a list of no size was answered without a code".to_owned()),
    }
}

fn error_status(evidence: &Evidence) -> Judgement {
    let (reply, code) = error(evidence)?;
    let code = code
        .as_str()
        .map_or_else(|| code.to_string(), str::to_owned);
    if code == "200" {
        not_seen("a list of no size was not refused")
    } else if code == reply.status.to_string() {
        seen("code", format!("an error has the status {code}"))
    } else if reply.status == 200 {
        seen("ok", "an error has the status 200")
    } else {
        not_seen("an error has a status that no value plays")
    }
}

fn error_code(evidence: &Evidence) -> Judgement {
    match error(evidence)?.1 {
        Value::String(_) => seen("text", "the code is a text"),
        Value::Number(_) => seen("number", "the code is a number"),
        _ => not_seen("the code is neither a text nor a number"),
    }
}

fn list_order(evidence: &Evidence) -> Judgement {
    let keys: Vec<(&str, &str)> = rows(evidence)?
        .iter()
        .map(|row| (text(row, "country"), text(row, "msisdn")))
        .collect();
    if keys.len() < 2 {
        return not_seen("the account has one number only");
    }
    if keys.is_sorted() {
        seen("ascending", "by country and number")
    } else if keys.is_sorted_by(|one, other| one >= other) {
        seen("descending", "by country and number, the other way round")
    } else {
        not_seen("the order is none that a value plays")
    }
}
