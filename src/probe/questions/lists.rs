//! Lists of domains, users and applications.

use serde_json::{Map, Value, json};

use super::answers::domain;
use crate::probe::evidence::Evidence;
use crate::probe::lists::text;
use crate::probe::question::{Judgement, Question, not_seen, question, seen, status};
use crate::probe::step::Step;

pub(super) const QUESTIONS: &[Question] = &[
    question("23", "list_status", list_status),
    question("23", "list_shape", list_shape),
    question("23", "list_page_size", list_page_size),
    question("23", "list_rows", list_rows),
    question("A25", "application_list_order", application_list_order),
    question("A25", "application_empty_list", application_empty_list),
];

fn list_status(evidence: &Evidence) -> Judgement {
    let reply = evidence.reply(Step::ListDomains)?;
    if reply.status < 500 {
        evidence.outcome(Step::ListDomains)?;
    } else {
        // What was asked in between was answered, so that it is about the list.
        evidence.outcome(Step::CreateUserOfNothing)?;
        let again = evidence.reply(Step::ListDomainsAgain)?;
        if again.status != reply.status {
            return not_seen("the list failed for a while");
        }
    }
    status(reply, &[200, 403, 404, 405, 500])
}

fn list_shape(evidence: &Evidence) -> Judgement {
    let reply = evidence.accepted(Step::ListUsers)?;
    let links = || reply.json().pointer("/_links/next");
    match reply.json() {
        Value::Array(_) => seen("array", "the list of users is an array"),
        Value::Object(body) if body.contains_key("_embedded") => match links() {
            None => seen("embedded", "the list of users is a page without a next one"),
            Some(_) => seen("looping", "the list of one user has a next page"),
        },
        Value::Object(body) if body.contains_key("users") => {
            seen("wrapped", "the list of users is in a field `users`")
        }
        _ => not_seen("the list of users has a form that no value plays"),
    }
}

fn list_page_size(evidence: &Evidence) -> Judgement {
    let reply = evidence.accepted(Step::ListUsers)?;
    match reply.json().get("page_size").and_then(Value::as_u64) {
        None => not_seen("the list of users names no size of its pages"),
        Some(100) => seen(Value::Null, "pages have 100 rows"),
        Some(size) => seen(size, format!("pages have {size} rows")),
    }
}

fn list_rows(evidence: &Evidence) -> Judgement {
    let list = evidence.accepted(Step::ListDomains)?;
    let read = domain(evidence, Step::ReadDomain)?;
    let own = |row: &&Value| read.get("application_id") == row.get("application_id");
    let rows = list.json().as_array();
    let main = rows
        .into_iter()
        .flatten()
        .min_by_key(|row| text(row, "name").len());
    let Some(main) = main else {
        return not_seen("the domain was not in what was read of the list");
    };
    let fields = main.as_object().map_or(0, Map::len);
    match (fields, main.get("acl").is_some()) {
        (1, false) => seen("names", "a row has the name alone"),
        (_, true) => seen("complete", "a row has all that a read shows"),
        _ if own(&main) => seen("without-acl", "a row has all but the `acl`"),
        _ => not_seen("rows have a form that no value plays"),
    }
}

fn application_list_order(evidence: &Evidence) -> Judgement {
    let second = evidence.accepted(Step::CreateTwin);
    let second = second.or_else(|_| evidence.accepted(Step::CreateOther))?;
    let first = evidence.accepted(Step::CreateApplication)?;
    let third = evidence.accepted(Step::CreateThird)?;
    let ids = [first, second, third].map(|made| made.text("/id"));
    let place = |row| ids.iter().position(|id| *id == Some(text(row, "id")));
    let rows = evidence.accepted(Step::ListApplications)?.json();
    let rows = rows.as_array().into_iter().flatten();
    let places: Vec<usize> = rows.filter_map(place).collect();
    // Their names begin with b, c and a.
    let value = match places.as_slice() {
        [0, 1, 2] => "created",
        [2, 1, 0] => "newest",
        [2, 0, 1] => "name",
        _ => {
            return not_seen("the three applications are not there in an order that a value plays");
        }
    };
    seen(value, "the order of three applications")
}

fn application_empty_list(evidence: &Evidence) -> Judgement {
    let list = evidence.accepted(Step::ApplicationsBefore)?.json();
    let rows = list.pointer("/_embedded/applications");
    match (list.get("_embedded"), rows.and_then(Value::as_array)) {
        (_, Some(rows)) if !rows.is_empty() => not_seen("the account had applications before"),
        (_, Some(_)) => seen("empty", "`_embedded` had an empty list"),
        (None, _) if list.is_object() => seen("without-embedded", "there was no `_embedded`"),
        (Some(embedded), _) if *embedded == json!({}) => {
            seen("without-applications", "`_embedded` was an empty object")
        }
        _ => not_seen("the list had a form that no value plays"),
    }
}
