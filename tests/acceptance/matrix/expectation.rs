//! What cannot end in plain success by its nature, and how it is told: the provider can do nothing about these values.

use serde_json::{Map, Value};

/// How the core ends under some switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// All of it works.
    Success,
    /// All of it works; but for a while after each write some reads show what was before, so that plans find it, too.
    SuccessLater,
    /// All of it works, but an imported domain is written to: answers do not tell what the configuration says.
    SuccessWithWrites,
    /// The first apply fails with these words.
    FirstApplyFails(&'static [&'static str]),
    /// Lists cannot be had, with these words; the rest works.
    NoLists(&'static [&'static str]),
    /// What is there cannot be changed, with these words.
    NoChange(&'static [&'static str]),
}

/// A 404 that is not in the form of Vonage's errors may be a proxy's: nothing is made that might be there.
const NOT_THE_APIS: &[&str] = &["answered 404 Not Found", "The answer is not the API's own"];

/// The values with an expectation of their own. Where two meet, the first row decides: it ends the core earlier.
const ROWS: [(&str, &[&str], Expected); 14] = [
    (
        "auth_scheme",
        &["bearer"],
        Expected::FirstApplyFails(&["401", "VONAGE_API_SECRET"]),
    ),
    (
        "application_check",
        &["400", "422", "404"],
        Expected::FirstApplyFails(&["Cannot create SIP domain \"office\"", "Invalid application"]),
    ),
    (
        "trunk_application",
        &["required"],
        Expected::FirstApplyFails(&[
            "Cannot create SIP domain \"trunk-1\"",
            "Request lacks domain's name, acl or application id",
        ]),
    ),
    (
        "error_body",
        &["nested", "text", "html", "empty"],
        Expected::FirstApplyFails(NOT_THE_APIS),
    ),
    (
        "secret_rules",
        &["alphanumeric"],
        Expected::FirstApplyFails(&[
            "Cannot create SIP user \"alice\"",
            "Secret is case sensitive",
        ]),
    ),
    (
        "etag",
        &["required"],
        Expected::NoChange(&[
            "Cannot update SIP domain \"office\"",
            "428 Precondition Required",
        ]),
    ),
    (
        "list_status",
        &["403"],
        Expected::NoLists(&["Cannot list SIP domains", "403 Forbidden"]),
    ),
    (
        "list_status",
        &["404"],
        Expected::NoLists(&["Cannot list SIP domains", "404 Not Found"]),
    ),
    (
        "list_status",
        &["405"],
        Expected::NoLists(&["Cannot list SIP domains", "405 Method Not Allowed"]),
    ),
    (
        "list_status",
        &["500"],
        Expected::NoLists(&["Cannot list SIP domains", "500 Internal Server Error"]),
    ),
    (
        "list_shape",
        &["looping"],
        Expected::NoLists(&["its pages go round in a circle"]),
    ),
    (
        "list_shape",
        &["wrapped"],
        Expected::NoLists(&["it is neither an array nor a paged object"]),
    ),
    ("omitted", &["optional"], Expected::SuccessWithWrites),
    ("replica_lag", &["900ms"], Expected::SuccessLater),
];

/// What is expected under these switches.
pub(super) fn expected(switches: &Map<String, Value>) -> Expected {
    let is = |key: &str, values: &[&str]| {
        let text = switches
            .get(key)
            .map(|set| set.as_str().map_or_else(|| set.to_string(), str::to_owned));
        text.is_some_and(|text| values.contains(&text.as_str()))
    };
    let row = ROWS.iter().find(|(key, values, _)| is(key, values));
    row.map_or(Expected::Success, |(_, _, expected)| *expected)
}
