//! What can keep a write's end from being clear.

use serde_json::{Value, json};

/// A fault by its name in the table. What it falls on is added.
pub(super) type Named = (&'static str, fn() -> Value);

pub(super) const FAULTS: [Named; 13] = [
    (
        "cut before the effect, once",
        || json!({ "reset": true, "at": "before", "times": 1 }),
    ),
    (
        "cut before the effect, three times",
        || json!({ "reset": true, "at": "before", "times": 3 }),
    ),
    (
        "cut after the effect, once",
        || json!({ "reset": true, "at": "after", "times": 1 }),
    ),
    (
        "cut after the effect, three times",
        || json!({ "reset": true, "at": "after", "times": 3 }),
    ),
    (
        "no answer in time, not done",
        || json!({ "reset": true, "at": "before", "times": 1, "first_byte": "31s" }),
    ),
    (
        "no answer in time, done",
        || json!({ "at": "after", "times": 1, "first_byte": "31s" }),
    ),
    (
        "500, not done",
        || json!({ "status": 500, "at": "before", "times": 1 }),
    ),
    (
        "500, done",
        || json!({ "status": 500, "at": "after", "times": 1 }),
    ),
    (
        "a proxy's 503, not done",
        || json!({ "status": 503, "body": "html", "at": "before", "times": 1 }),
    ),
    (
        "a proxy's 504, done",
        || json!({ "status": 504, "body": "html", "at": "after", "times": 1 }),
    ),
    (
        "429",
        || json!({ "status": 429, "retry_after": 1, "times": 1 }),
    ),
    (
        "the answer breaks off, done",
        || json!({ "truncate": 9, "at": "after", "times": 1 }),
    ),
    (
        "the answer is a page, done",
        || json!({ "status": 200, "body": "html", "at": "after", "times": 1 }),
    ),
];

/// What falls on number links alone: their API may say that it failed where it did not.
pub(super) const FAULTS_OF_LINKS: [Named; 2] = [
    (
        "420, done",
        || json!({ "status": 420, "body": "label", "at": "after", "times": 1 }),
    ),
    (
        "200 with an error code, done",
        || json!({ "status": 200, "body": "label", "at": "after", "times": 1 }),
    ),
];
