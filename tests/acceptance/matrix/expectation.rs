//! What cannot end in plain success by its nature, and how it is told: the provider can do nothing about these values.

use serde_json::{Map, Value};

/// What the core meets under some switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) outcome: Outcome,
    /// An imported domain is written to: answers do not tell what the configuration says.
    pub(super) import_writes: bool,
    /// A link leaves alone what no list shows of a number.
    pub(super) keeps_hidden_fields: bool,
}

/// How the core ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All of it works.
    Success,
    /// The first apply fails with these words: ours, then the API's.
    FirstApplyFails(&'static [&'static str]),
    /// What is there cannot be changed, with these words.
    NoChange(&'static [&'static str]),
    /// Lists cannot be had, with these words; the rest works.
    NoLists(&'static [&'static str]),
    /// Numbers cannot be unlinked, with these words; the rest works.
    NoUnlink(&'static [&'static str]),
}

/// A 404 that is not in the form of Vonage's errors may be a proxy's: nothing is made that might be there.
const NOT_THE_APIS: &[&str] = &["answered 404 Not Found", "The answer is not the API's own"];

/// Whether an update takes away a link that it leaves out is not known. Where it does not, the state keeps the link.
const STILL_LINKED: &[&str] = &["Number GB/447700900001 may still be linked"];

/// The values with an expectation of their own. Where two meet, the first row decides: it ends the core earlier.
const ROWS: [(&str, &[&str], Outcome); 17] = [
    (
        "auth_scheme",
        &["bearer"],
        Outcome::FirstApplyFails(&["401", "VONAGE_API_SECRET"]),
    ),
    (
        "trunk_application",
        &["required"],
        Outcome::FirstApplyFails(&[
            "Cannot create SIP domain \"trunk-1\"",
            "Request lacks domain's name, acl or application id",
        ]),
    ),
    (
        "error_body",
        &["nested", "text", "html", "empty"],
        Outcome::FirstApplyFails(NOT_THE_APIS),
    ),
    (
        "secret_rules",
        &["alphanumeric"],
        Outcome::FirstApplyFails(&[
            "Cannot create SIP user \"alice\"",
            "Secret is case sensitive",
        ]),
    ),
    (
        "number_access",
        &["empty"],
        Outcome::FirstApplyFails(&["Cannot import non-existent remote object"]),
    ),
    (
        "number_access",
        &["forbidden"],
        Outcome::FirstApplyFails(&["Cannot read Number GB/447700900001", "403 Forbidden"]),
    ),
    (
        "etag",
        &["required"],
        Outcome::NoChange(&[
            "Cannot update SIP domain \"office\"",
            "428 Precondition Required",
        ]),
    ),
    (
        "application_put_unknown",
        &["reject"],
        Outcome::NoChange(&["Cannot update Application \"found\"", "to_come"]),
    ),
    (
        "application_put_undocumented",
        &["reject"],
        Outcome::NoChange(&["Cannot update Application \"found\"", "version"]),
    ),
    (
        "list_status",
        &["403"],
        Outcome::NoLists(&["Cannot list SIP domains", "403 Forbidden"]),
    ),
    (
        "list_status",
        &["404"],
        Outcome::NoLists(&["Cannot list SIP domains", "404 Not Found"]),
    ),
    (
        "list_status",
        &["405"],
        Outcome::NoLists(&["Cannot list SIP domains", "405 Method Not Allowed"]),
    ),
    (
        "list_status",
        &["500"],
        Outcome::NoLists(&["Cannot list SIP domains", "500 Internal Server Error"]),
    ),
    (
        "list_shape",
        &["looping"],
        Outcome::NoLists(&["its pages go round in a circle"]),
    ),
    (
        "list_shape",
        &["wrapped"],
        Outcome::NoLists(&["it is neither an array nor a paged object"]),
    ),
    (
        "number_update_omitted",
        &["kept"],
        Outcome::NoUnlink(STILL_LINKED),
    ),
    (
        "number_unlink",
        &["empty", "never"],
        Outcome::NoUnlink(STILL_LINKED),
    ),
];

/// The forms of errors that leave all of the API's words to be told.
const WORDY: &[&str] = &["published", "generic"];

/// What is expected under these switches.
pub(super) fn expected(switches: &Map<String, Value>) -> Expected {
    let text = |key: &str| {
        let set = switches.get(key)?;
        Some(set.as_str().map_or_else(|| set.to_string(), str::to_owned))
    };
    let is =
        |key: &str, values: &[&str]| text(key).is_some_and(|text| values.contains(&text.as_str()));
    let row = ROWS.iter().find(|(key, values, _)| is(key, values));
    let outcome = row.map_or(Outcome::Success, |(_, _, outcome)| *outcome);
    let has_words = !switches.contains_key("error_body") || is("error_body", WORDY);
    Expected {
        outcome: match outcome {
            Outcome::FirstApplyFails(words) if !has_words => {
                Outcome::FirstApplyFails(words.split_at(1).0)
            }
            outcome => outcome,
        },
        import_writes: is("omitted", &["optional"]),
        keeps_hidden_fields: is("number_hidden_fields", &["kept", "shown"]),
    }
}
