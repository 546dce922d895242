//! Judgements on answers that a sandbox does not give: what no value plays, and what says nothing, is not seen.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::probe::evidence::Evidence;
use crate::probe::question::Judgement;
use crate::probe::reply::{Body, Reply};
use crate::probe::step::Step;

fn reply(status: u16, body: Value) -> Reply {
    Reply {
        status,
        ..Reply::standing_for(body)
    }
}

/// A run in which a 404 has the published form, and with these answers.
fn evidence(replies: impl IntoIterator<Item = (Step, Reply)>) -> Evidence {
    let unknown = reply(404, json!({ "title": "t", "detail": "d" }));
    let known = [
        (Step::UnknownDomain, unknown.clone()),
        (Step::UnknownApplication, unknown),
    ];
    let replies = known.into_iter().chain(replies);
    Evidence {
        replies: replies.map(|(step, reply)| (step, Ok(reply))).collect(),
        ..Evidence::default()
    }
}

fn judged(evidence: &Evidence, switch: &str) -> Judgement {
    let question = all().into_iter().find(|it| it.switch == switch);
    (question.unwrap().judge)(evidence)
}

#[track_caller]
fn assert_seen(evidence: &Evidence, switch: &str, value: impl Into<Value>) {
    assert_eq!(judged(evidence, switch).unwrap().value, value.into());
}

#[track_caller]
fn assert_not_seen(evidence: &Evidence, switch: &str, why: &str) {
    let told = judged(evidence, switch).unwrap_err();
    assert!(told.contains(why), "{told}");
}

#[test]
fn each_switch_has_one_question_and_they_are_in_the_order_of_the_document() {
    let switches: BTreeSet<&str> = all().iter().map(|it| it.switch).collect();
    assert_eq!(switches.len(), all().len());
    let numbers: Vec<&str> = all().iter().map(|it| it.unknown).collect();
    let place = |number: &str| numbers.iter().position(|it| *it == number).unwrap();
    let order = ["1", "2", "10", "31", "", "A1", "A10", "A27", "N3", "N14"];
    assert!(order.map(place).is_sorted(), "{numbers:?}");
}

#[test]
fn without_answers_nothing_is_seen_and_the_end_of_the_run_is_the_reason() {
    let evidence = Evidence {
        stopped: Some("it was interrupted".to_owned()),
        ..Evidence::default()
    };
    for question in all() {
        let told = (question.judge)(&evidence).unwrap_err();
        assert!(!told.is_empty(), "{}", question.switch);
    }
    assert_not_seen(&evidence, "put_mode", "it was interrupted");
}

#[test]
fn a_status_that_no_value_plays_is_not_seen() {
    let at = |status| evidence([(Step::CreateDomain, reply(status, json!({})))]);
    assert_seen(&at(202), "create_status", 202);
    assert_not_seen(&at(207), "create_status", "207, which no value plays");
    assert_not_seen(&at(422), "create_status", "refused with 422");
    assert_not_seen(&at(401), "create_status", "401");
}

#[test]
fn a_refusal_in_another_form_than_the_apis_errors_counts_for_nothing() {
    let refused = |body| {
        let refused = Reply {
            body,
            ..reply(403, Value::Null)
        };
        let created = reply(201, json!({}));
        evidence([(Step::CreatePlain, created), (Step::CreateDash, refused)])
    };
    assert_seen(&refused(Body::Json(json!({}))), "name_dash", "reject");
    assert_not_seen(&refused(Body::Html), "name_dash", "in another form");
    assert_not_seen(&refused(Body::Nothing), "name_dash", "in another form");
}

#[test]
fn a_domain_that_is_not_found_where_it_was_is_no_refusal() {
    let put = |status| {
        let put = reply(status, json!({}));
        evidence([
            (Step::PutDomain, reply(200, json!({}))),
            (Step::AclIpv6, put),
        ])
    };
    assert_seen(&put(422), "acl_ipv6", "reject");
    assert_not_seen(&put(404), "acl_ipv6", "404");
}

#[test]
fn entries_that_come_back_changed_beyond_all_values_are_not_seen() {
    let echoed = |acl: Value| {
        let read = reply(200, json!({ "acl": acl }));
        let put = reply(200, json!({}));
        evidence([(Step::AclToEcho, put), (Step::ReadAclEcho, read)])
    };
    let [mark, a, b, c] = [
        "192.0.2.9/32",
        "198.51.100.7",
        "203.0.113.9",
        "198.51.100.3/32",
    ];
    assert_seen(&echoed(json!([mark, c, b, a])), "acl_echo", "shuffled");
    assert_seen(&echoed(json!([mark, c, a, b])), "acl_echo", "sorted");
    assert_not_seen(&echoed(json!([a, mark, b])), "acl_echo", "no value plays");
    assert_not_seen(&echoed(json!([a, b, c])), "acl_echo", "missing");
    assert_not_seen(&echoed(json!([])), "acl_echo", "missing");
    let sorted_and_bare = json!(["192.0.2.9", "198.51.100.3", a, b]);
    assert_not_seen(&echoed(sorted_and_bare), "acl_echo", "no value plays");
}

#[test]
fn an_error_repeats_its_request_only_where_it_holds_the_body() {
    let refused = |detail: &str| {
        let body = json!({ "title": "t", "detail": detail });
        evidence([(Step::CreateDuplicate, reply(400, body))])
    };
    let name = "The name tfprobe-0123456789ab is in use";
    assert_seen(&refused(name), "error_body", "published");
    let body = r#"in use in {"acl":["192.0.2.0"]}"#;
    assert_seen(&refused(body), "error_body", "echo");
}

#[test]
fn names_of_fields_are_told_only_where_they_are_plain() {
    let read = json!({ "acl": [], "created_at": 1, "\u{1b}[2J": 2, "x".repeat(41): 3 });
    let evidence = evidence([(Step::ReadDomain, reply(200, read))]);
    let seen = judged(&evidence, "extra_fields").unwrap();
    assert_eq!(seen.value, "some");
    assert_eq!(seen.what, "a read has also: created_at");
}

#[test]
fn numbers_that_differ_in_what_a_link_shows_tell_nothing() {
    let row = |rest: Value| {
        let mut row = json!({ "country": "GB", "msisdn": "1", "app_id": "a" });
        let fields = rest.as_object().unwrap().clone();
        row.as_object_mut().unwrap().extend(fields);
        row
    };
    let list = |rows: &[Value]| evidence([(Step::Numbers, reply(200, json!({ "numbers": rows })))]);
    let voice = row(json!({ "voiceCallbackType": "app", "voiceCallbackValue": "a" }));
    let forward = row(json!({ "voiceCallbackType": "sip", "voiceCallbackValue": "sip:b" }));
    let bare = row(json!({}));
    assert_seen(
        &list(&[voice.clone(), forward.clone()]),
        "number_link_fields",
        "voice",
    );
    assert_seen(
        &list(std::slice::from_ref(&bare)),
        "number_link_fields",
        "none",
    );
    assert_not_seen(&list(&[voice, bare]), "number_link_fields", "differ");
    assert_not_seen(&list(&[forward]), "number_link_fields", "no number");
    assert_not_seen(&list(&[]), "number_access", "no numbers");
}
