//! An account of many applications, and the state and the configuration that fit it.

use serde_json::{Value, json};

use super::kind::Kind;

pub(crate) const KIND: Kind = Kind {
    type_name: "vonage_application",
    arguments: &["name"],
    attributes,
    seed,
};

fn id(number: usize) -> String {
    format!("5d0c7c0e-0000-4000-8000-{number:012}")
}

/// What a sandbox starts with.
fn seed(count: usize) -> Value {
    let applications = (0..count).map(|number| {
        json!({
            "id": id(number), "name": format!("application-{number:05}"), "keys": { "public_key": "KEY" },
            "privacy": { "improve_ai": false }, "capabilities": {},
        })
    });
    json!({ "applications": applications.collect::<Vec<_>>() })
}

/// The application as state has it.
fn attributes(number: usize) -> Value {
    json!({
        "id": id(number), "name": format!("application-{number:05}"), "public_key": "KEY", "improve_ai": false,
        "force_destroy": false,
    })
}
