//! Numbers: where their calls go, what drifts, what refers to an application, and that the account owns them in the end as it did
//! in the beginning.

mod drift;
mod elsewhere;
mod life;
mod lookups;
mod many;
mod references;
mod validation;

use serde_json::{Value, json};

use crate::{scenario::Scenario, workspace::Workspace};

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        drift::scenarios(),
        elsewhere::scenarios(),
        life::scenarios(),
        lookups::scenarios(),
        many::scenarios(),
        references::scenarios(),
        validation::scenarios(),
    ]
    .concat()
}

const LINK: &str = "vonage_number_link.main";
const NUMBER: &str = "GB/447700900001";
const PBX: &str = "5d0c7c0e-0000-4000-8000-000000000001";
const OTHER: &str = "5d0c7c0e-0000-4000-8000-000000000002";
/// Takes messages alone.
const MESSAGES: &str = "5d0c7c0e-0000-4000-8000-000000000003";
const WEBHOOK: &str = "https://sms.example.com/inbound?a=b&c";

/// A number that leads nowhere, with more to it than a link is about.
fn own(workspace: &mut Workspace, id: &str) -> Value {
    let (country, msisdn) = id.split_once('/').unwrap();
    let number = json!({
        "country": country, "msisdn": msisdn, "type": "mobile-lvn", "features": ["SMS", "VOICE"],
        "moHttpUrl": WEBHOOK, "messagesCallbackType": "app", "messagesCallbackValue": MESSAGES,
    });
    workspace.sandbox().add_number(id, number.clone());
    number
}

/// The number with these fields beside its own; null takes one away.
fn with(number: &Value, fields: &Value) -> Value {
    let mut number = number.clone();
    let own = number.as_object_mut().unwrap();
    own.extend(fields.as_object().unwrap().clone());
    own.retain(|_, value| !value.is_null());
    number
}

fn link(label: &str, id: &str, lines: &str) -> String {
    let (country, msisdn) = id.split_once('/').unwrap();
    format!(
        "resource \"vonage_number_link\" \"{label}\" {{\n  country = \"{country}\"\n  msisdn  = \"{msisdn}\"\n{lines}\n}}\n"
    )
}

fn to_application(id: &str) -> String {
    link("main", NUMBER, &format!("application_id = \"{id}\""))
}

fn to_sip(uris: &[&str]) -> String {
    link("main", NUMBER, &format!("forward_to_sip = {uris:?}"))
}

/// The number of most scenarios, as the account has it now.
#[track_caller]
fn now(workspace: &mut Workspace) -> Value {
    workspace.sandbox().number(NUMBER).unwrap()
}

/// What a command said, on one line.
fn flat(text: &str) -> String {
    let text = text.replace(['│', '╷', '╵'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_says(text: &str, all: &[&str]) {
    let text = flat(text);
    for words in all {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
}
