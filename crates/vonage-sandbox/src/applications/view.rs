//! How stored applications appear in responses.

use serde_json::{Value, json};

use super::keys::PRIVATE_KEY;
use crate::json::Object;
use crate::state_file::text;
use crate::switches::{NoFallback, Switches};

/// An application as a row of a list shows it.
pub(super) fn row(stored: &Object, switches: &Switches) -> Object {
    let mut shown = stored.clone();
    let webhooks = shown
        .get_mut("capabilities")
        .and_then(|all| all.get_mut("voice")?.get_mut("webhooks")?.as_object_mut());
    if let (Some(webhooks), NoFallback::Empty) =
        (webhooks, switches.applications.application_no_fallback)
    {
        webhooks
            .entry("fallback_answer_url")
            .or_insert_with(|| json!({ "address": "", "http_method": "GET" }));
    }
    shown
}

/// An application by itself.
pub(super) fn application(stored: &Object, switches: &Switches) -> Object {
    let mut shown = row(stored, switches);
    let href = format!("/v2/applications/{}", text(stored, "id"));
    shown.insert("_links".into(), json!({ "self": { "href": href } }));
    shown
}

/// The same with the private key, which is shown once.
pub(super) fn with_private_key(mut shown: Object) -> Object {
    if let Some(Value::Object(keys)) = shown.get_mut("keys") {
        keys.insert("private_key".into(), PRIVATE_KEY.into());
    }
    shown
}
