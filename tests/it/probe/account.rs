//! An account that has objects of its own before a run, some of which have similar names; none of them may be touched.

use serde_json::{Value, json};
use vonage_sandbox::{Object, Record, Sandbox};

/// Names that begin like those of the probe, and are not.
const SIMILAR: [&str; 5] = [
    "tfprobe",
    "tfprobe-office",
    "tfprobe-0123456789a",
    "tfprobe-0123456789abc",
    "tfprobe-0123456789AB",
];
pub(super) const OFFICE: &str = "head-office";
const APPLICATION: &str = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";

fn object(value: &Value) -> Object {
    value.as_object().unwrap().clone()
}

/// Gives the account domains, users, applications and numbers.
pub(super) fn furnish(sandbox: &Sandbox) {
    for name in SIMILAR.into_iter().chain([OFFICE]) {
        let domain = json!({
            "application_id": APPLICATION, "acl": ["190.190.190.190"], "tls": "always", "srtp": "optional",
            "digest_auth": true, "domain_type": "app",
        });
        sandbox.put_domain(name, object(&domain)).unwrap();
        let user = object(&json!({ "secret": "Wonderland-12" }));
        sandbox.put_user(name, "tfprobe", user).unwrap();
    }
    let ids = [APPLICATION, "bbbbbbbb-bbbb-4ccc-8ddd-0123456789ab"];
    for (id, name) in ids.into_iter().zip(["tfprobe-office", OFFICE]) {
        let application = json!({
            "name": name, "keys": { "public_key": "theirs" }, "privacy": { "improve_ai": false },
            "capabilities": { "voice": { "signed_callbacks": true } },
        });
        sandbox.put_application(id, object(&application)).unwrap();
    }
    for (digits, fields) in [
        (
            "447700900001",
            json!({ "app_id": APPLICATION, "moSmppSysType": "inbound" }),
        ),
        (
            "447700900002",
            json!({ "voiceCallbackType": "sip", "voiceCallbackValue": "sip:pbx.example.com" }),
        ),
        ("447700900003", json!({})),
    ] {
        sandbox.put_number("GB", digits, object(&fields)).unwrap();
    }
}

/// All that an account has, secrets included.
pub(super) fn contents(sandbox: &Sandbox) -> Vec<Object> {
    let domains = sandbox.domains();
    let users = domains.iter().flat_map(|domain| {
        let name = domain["name"].as_str().unwrap();
        sandbox.users(name)
    });
    let users: Vec<Object> = users.collect();
    [domains, users, sandbox.applications(), sandbox.numbers()].concat()
}

/// Whether a write was about what the probe has made, or is to make.
pub(super) fn is_about_own(record: &Record) -> bool {
    let segments: Vec<&str> = record.path.trim_start_matches('/').split('/').collect();
    let name = record.body.as_ref().and_then(|body| body["name"].as_str());
    match segments.as_slice() {
        ["v1", "psip"] | ["v2", "applications"] => name.is_some_and(is_own),
        ["v1", "psip", domain, ..] => is_own(domain),
        ["v2", "applications", id] => {
            ![APPLICATION, "bbbbbbbb-bbbb-4ccc-8ddd-0123456789ab"].contains(id)
        }
        _ => false,
    }
}

/// `tfprobe-`, twelve digits, and nothing or a dash.
fn is_own(name: &str) -> bool {
    let rest = name.strip_prefix("tfprobe-");
    rest.and_then(|rest| rest.split_at_checked(12))
        .is_some_and(|(digits, suffix)| {
            digits
                .bytes()
                .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
                && (suffix.is_empty() || suffix.starts_with('-'))
        })
}
