//! How numbers and results appear in responses.

use http::StatusCode;
use serde_json::{Value, json};

use crate::json::Object;
use crate::problem::Outcome;
use crate::response::Response;
use crate::switches::{ErrorCode, ErrorStatus, HiddenFields, LinkFields, Switches};

/// What an update may set, and no list is known to show.
pub(super) const HIDDEN: [&str; 2] = ["moSmppSysType", "voiceStatusCallback"];

/// A number as a row of a list shows it.
pub(super) fn row(stored: &Object, switches: &Switches) -> Object {
    let switches = &switches.numbers;
    let mut shown = stored.clone();
    if switches.number_hidden_fields != HiddenFields::Shown {
        shown.retain(|field, _| !HIDDEN.contains(&field.as_str()));
    }
    for (field, usual) in [
        ("type", json!("mobile-lvn")),
        ("features", json!(["VOICE", "SMS"])),
    ] {
        shown.entry(field).or_insert(usual);
    }
    let callbacks: &[&str] = match switches.number_link_fields {
        LinkFields::Voice => &["voice"],
        LinkFields::Messages => &["voice", "messages"],
        LinkFields::None => &[],
    };
    if let Some(id) = stored.get("app_id").and_then(Value::as_str) {
        for callback in callbacks {
            let kind = format!("{callback}CallbackType");
            if !shown.contains_key(&kind) {
                shown.insert(kind, "app".into());
                shown.insert(format!("{callback}CallbackValue"), id.into());
            }
        }
    }
    shown
}

/// Published: an update that worked.
pub(super) fn success() -> Response {
    let body = json!({ "error-code": "200", "error-code-label": "success" });
    Response::json(StatusCode::OK, body)
}

/// The response, with its code in the form and its status as the switches ask for.
pub(crate) fn respond(outcome: Outcome, switches: &Switches) -> Response {
    let mut response = outcome.unwrap_or_else(Response::from);
    let body = response.body.as_mut().and_then(Value::as_object_mut);
    let Some(code) = body.and_then(|body| body.get_mut("error-code")) else {
        return response;
    };
    if switches.numbers.number_error_code == ErrorCode::Number {
        *code = response.status.as_u16().into();
    }
    if switches.numbers.number_error_status == ErrorStatus::Ok {
        response.status = StatusCode::OK;
    }
    response
}
