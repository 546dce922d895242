//! Where the calls and messages of a number go: an application, or an address.

use serde_json::Value;

use crate::json::Object;

/// The fields that may hold the ID of an application, and those that say so.
const APPLICATION_IDS: [(&str, Option<&str>); 3] = [
    ("app_id", None),
    ("voiceCallbackValue", Some("voiceCallbackType")),
    ("messagesCallbackValue", Some("messagesCallbackType")),
];

/// The application that a number leads to, by a link or by the deprecated one for voice.
pub(super) fn application(number: &Object) -> Option<&str> {
    let text = |field| number.get(field).and_then(Value::as_str);
    text("app_id").or_else(|| {
        let is_app = text("voiceCallbackType") == Some("app");
        text("voiceCallbackValue").filter(|_| is_app)
    })
}

/// Whether calls go to a SIP address or a telephone number.
pub(super) fn is_forwarded(number: &Object) -> bool {
    let kind = number.get("voiceCallbackType").and_then(Value::as_str);
    matches!(kind, Some("sip" | "tel"))
}

/// The number without its links to an application, where it has any. No address is taken for an ID: none looks like one.
pub(crate) fn unlinked(number: &Object, is_application: impl Fn(&str) -> bool) -> Option<Object> {
    let mut rest = number.clone();
    for (id, kind) in APPLICATION_IDS {
        let value = number.get(id).and_then(Value::as_str);
        if value.is_some_and(&is_application) {
            rest.remove(id);
            kind.and_then(|kind| rest.remove(kind));
        }
    }
    (rest != *number).then_some(rest)
}
