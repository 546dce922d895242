//! Every switch for applications: what each of its values does.

use serde_json::{Value, json};

use super::harness::{create_application, domain, object, send, under};
use crate::Sandbox;

const ALL: &str = "/v2/applications";
const URL: &str = "https://voice.example.org/a";

/// A sandbox with one switch set, the application `pbx` made from this body, and its path.
async fn with(switch: &str, value: Value, body: Value) -> (Sandbox, Value, String) {
    let sandbox = under(json!({ switch: value })).await;
    let mut named = json!({"name": "pbx"});
    named.as_object_mut().unwrap().extend(object(body));
    let made = create_application(&sandbox, &named).await;
    let path = format!("{ALL}/{}", made["id"].as_str().unwrap());
    (sandbox, made, path)
}

/// The status and body of a PUT under a switch, to an application that was made before from `first`.
async fn put(switch: &str, value: &str, first: Value, body: Value) -> (u16, Value) {
    let (sandbox, _, path) = with(switch, json!(value), first).await;
    let mut named = json!({"name": "pbx"});
    named.as_object_mut().unwrap().extend(object(body));
    let answer = send(&sandbox, "PUT", &path, Some(&named)).await;
    (answer.status, answer.json())
}

fn voice(webhook: &Value) -> Value {
    json!({"capabilities": {"voice": {"webhooks": {"answer_url": webhook}}}})
}

#[tokio::test]
async fn the_names_of_applications() {
    for (switch, value, name, expected) in [
        ("application_name", json!("not-blank"), " a ", Some(" a ")),
        ("application_name", json!("not-blank"), " ", None),
        ("application_name", json!("trimmed"), " a ", Some("a")),
        ("application_name", json!("trimmed"), " ", None),
        ("application_name", json!("any"), " ", Some(" ")),
        ("application_name_max", json!(null), "four", Some("four")),
        ("application_name_max", json!(3), "für", Some("für")),
        ("application_name_max", json!(3), "four", None),
    ] {
        let sandbox = under(json!({})).await;
        sandbox
            .patch_switches(object(json!({ switch: value })))
            .unwrap();
        let made = send(&sandbox, "POST", ALL, Some(&json!({ "name": name }))).await;
        assert_eq!(
            made.json()["name"].as_str(),
            expected,
            "{switch} {value} {name:?}"
        );
    }
}

#[tokio::test]
async fn duplicate_names_of_applications() {
    for (value, statuses) in [("accept", [201, 200]), ("reject", [400, 400])] {
        let (sandbox, _, _) = with("application_duplicate_names", json!(value), json!({})).await;
        let pbx = json!({"name": "pbx"});
        let again = send(&sandbox, "POST", ALL, Some(&pbx)).await;
        let other = create_application(&sandbox, &json!({"name": "other"})).await;
        let path = format!("{ALL}/{}", other["id"].as_str().unwrap());
        let renamed = send(&sandbox, "PUT", &path, Some(&pbx)).await;
        assert_eq!([again.status, renamed.status], statuses, "{value}");
        let same = send(&sandbox, "PUT", &path, Some(&json!({"name": "other"}))).await;
        assert_eq!(same.status, 200, "its own name is no duplicate");
    }
}

#[tokio::test]
async fn the_case_of_ids() {
    for (value, status) in [("exact", 404), ("ignore", 200)] {
        let (sandbox, made, path) = with("application_id_case", json!(value), json!({})).await;
        let id = made["id"].as_str().unwrap();
        for other in [id.to_uppercase(), id.replace('-', "")] {
            let read = send(&sandbox, "GET", &format!("{ALL}/{other}"), None).await;
            assert_eq!(read.status, status, "{value} {other}");
        }
        assert_eq!(send(&sandbox, "GET", &path, None).await.status, 200);
    }
}

#[tokio::test]
async fn what_a_put_leaves_out() {
    let first = json!({"privacy": {"improve_ai": true}, "capabilities": {
        "vbc": {}, "voice": {"region": "eu-west", "conversations_ttl": 7},
    }});
    let voice = json!({"capabilities": {"voice": {}}});
    for (switch, sent, pointer, reset, kept) in [
        (
            "application_put_capabilities",
            json!({}),
            "/capabilities/vbc",
            json!(null),
            json!({}),
        ),
        (
            "application_put_fields",
            voice.clone(),
            "/capabilities/voice/conversations_ttl",
            json!(48),
            json!(7),
        ),
        (
            "application_put_region",
            voice.clone(),
            "/capabilities/voice/region",
            json!(null),
            json!("eu-west"),
        ),
        (
            "application_put_privacy",
            json!({}),
            "/privacy/improve_ai",
            json!(false),
            json!(true),
        ),
    ] {
        for (value, expected) in [("reset", reset), ("kept", kept)] {
            // A capability that is left out beside others is gone in any case.
            let (status, body) = put(switch, value, first.clone(), sent.clone()).await;
            let found = body.pointer(pointer).cloned().unwrap_or_default();
            assert_eq!((status, found), (200, expected), "{switch} {value}");
            let vbc = body.pointer("/capabilities/vbc").is_some();
            assert_eq!(
                vbc,
                switch == "application_put_capabilities" && value == "kept"
            );
        }
    }
}

#[tokio::test]
async fn keys_of_a_put_without_a_public_key() {
    for (value, renewed) in [
        ("kept", [false, false]),
        ("renewed-by-empty", [false, true]),
        ("renewed", [true, true]),
    ] {
        for (sent, renewed) in [json!({}), json!({"keys": {}})].into_iter().zip(renewed) {
            let (_, body) = put("application_put_keys", value, json!({}), sent).await;
            let shows = body["keys"].get("private_key").is_some();
            assert_eq!(shows, renewed, "{value}");
        }
    }
}

#[tokio::test]
async fn private_key_of_a_put() {
    for (value, shown) in [("hidden", false), ("shown", true)] {
        let (_, body) = put("application_put_private_key", value, json!({}), json!({})).await;
        assert_eq!(body["keys"].get("private_key").is_some(), shown, "{value}");
    }
}

#[tokio::test]
async fn read_only_members_of_a_put() {
    for (value, statuses) in [
        ("id", [200, 400]),
        ("ignore", [200, 200]),
        ("reject", [400, 400]),
    ] {
        for (sent, status) in [
            json!({"id": "5a4d0b0c-0000-4000-8000-000000000001"}),
            json!({"_links": {}}),
        ]
        .into_iter()
        .zip(statuses)
        {
            let (answered, _) = put("application_put_read_only", value, json!({}), sent).await;
            assert_eq!(answered, status, "{value}");
        }
    }
}

#[tokio::test]
async fn surplus_of_a_put() {
    let telepathy = json!({"capabilities": {"telepathy": {"range": 3}}});
    let inbound = json!({"capabilities": {"messages": {"authenticate_inbound_media": true}}});
    for (switch, sent, pointer) in [
        (
            "application_put_unknown",
            telepathy,
            "/capabilities/telepathy",
        ),
        (
            "application_put_undocumented",
            inbound,
            "/capabilities/messages/authenticate_inbound_media",
        ),
    ] {
        for (value, status, is_kept) in [
            ("accept", 200, true),
            ("reject", 400, false),
            ("drop", 200, false),
        ] {
            let sandbox = under(json!({ switch: value })).await;
            let mut body = sent.clone();
            body["name"] = json!("pbx");
            sandbox.put_application("a", object(body.clone())).unwrap();
            let answer = send(&sandbox, "PUT", &format!("{ALL}/a"), Some(&body)).await;
            assert_eq!(answer.status, status, "{switch} {value}");
            assert_eq!(
                answer.json().pointer(pointer).is_some(),
                is_kept,
                "{switch} {value}"
            );
        }
    }
}

#[tokio::test]
async fn addresses_and_regions() {
    let region = |region: &str| json!({"capabilities": {"voice": {"region": region}}});
    for (switch, value, body, status) in [
        (
            "application_urls",
            "web",
            voice(&json!({"address": "http://voice.example.org"})),
            201,
        ),
        (
            "application_urls",
            "https",
            voice(&json!({"address": "http://voice.example.org"})),
            400,
        ),
        (
            "application_urls",
            "web",
            voice(&json!({"address": "https://localhost"})),
            201,
        ),
        (
            "application_urls",
            "public",
            voice(&json!({"address": "https://localhost"})),
            400,
        ),
        (
            "application_urls",
            "web",
            voice(&json!({"address": "https://a:b@voice.example.org"})),
            201,
        ),
        (
            "application_urls",
            "plain",
            voice(&json!({"address": "https://a:b@voice.example.org"})),
            400,
        ),
        (
            "application_urls",
            "web",
            voice(&json!({"address": "https://voice.invalid"})),
            201,
        ),
        (
            "application_urls",
            "probed",
            voice(&json!({"address": "https://voice.invalid"})),
            400,
        ),
        ("application_regions", "known", region("moon"), 400),
        ("application_regions", "any", region("moon"), 201),
        ("application_regions", "known", region("apac-sng"), 201),
    ] {
        let sandbox = under(json!({ switch: value })).await;
        let mut body = body;
        body["name"] = json!("pbx");
        let made = send(&sandbox, "POST", ALL, Some(&body)).await;
        assert_eq!(made.status, status, "{switch} {value} {body}");
    }
}

#[tokio::test]
async fn no_fallback_address() {
    let webhook = voice(&json!({ "address": URL }));
    let empty = json!({"address": "", "http_method": "GET"});
    for (value, expected) in [("absent", Value::Null), ("empty", empty)] {
        let (sandbox, made, path) =
            with("application_no_fallback", json!(value), webhook.clone()).await;
        let read = send(&sandbox, "GET", &path, None).await.json();
        for shown in [made, read] {
            let webhooks = &shown["capabilities"]["voice"]["webhooks"];
            assert_eq!(webhooks["fallback_answer_url"], expected, "{value}");
        }
    }
    // What was read may be sent back.
    let back =
        json!({"capabilities": {"voice": {"webhooks": {"fallback_answer_url": {"address": ""}}}}});
    let (status, _) = put("application_no_fallback", "empty", webhook, back).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn defaults_that_documents_and_answers_tell_differently() {
    for (switch, value, pointer, expected) in [
        (
            "application_leg_persistence_time",
            "7",
            "/capabilities/voice/leg_persistence_time",
            json!(7),
        ),
        (
            "application_leg_persistence_time",
            "2",
            "/capabilities/voice/leg_persistence_time",
            json!(2),
        ),
        (
            "application_improve_ai",
            "off",
            "/privacy/improve_ai",
            json!(false),
        ),
        (
            "application_improve_ai",
            "on",
            "/privacy/improve_ai",
            json!(true),
        ),
    ] {
        let body = json!({"capabilities": {"voice": {}}});
        let (_, made, _) = with(switch, json!(value), body).await;
        assert_eq!(made.pointer(pointer), Some(&expected), "{switch} {value}");
    }
}

#[tokio::test]
async fn a_delete_of_an_application_with_domains() {
    for (value, status, keeps_id) in [
        ("dangle", 204, true),
        ("unlink", 204, false),
        ("reject", 409, true),
    ] {
        let (sandbox, made, path) =
            with("application_delete_linked", json!(value), json!({})).await;
        let mut linked = domain("mydomain");
        linked["application_id"] = made["id"].clone();
        send(&sandbox, "POST", "/v1/psip", Some(&linked)).await;
        let deleted = send(&sandbox, "DELETE", &path, None).await;
        assert_eq!(deleted.status, status, "{value}");
        let domain = sandbox.domain("mydomain").unwrap();
        assert_eq!(domain.contains_key("application_id"), keeps_id, "{value}");
        assert_eq!(sandbox.applications().len(), usize::from(status == 409));
        sandbox.delete_domain("mydomain").unwrap();
        send(&sandbox, "DELETE", &path, None).await;
        assert!(sandbox.applications().is_empty(), "{value}");
    }
}

#[tokio::test]
async fn disabled_applications() {
    for (status, rows) in [(200, 2), (403, 2), (404, 1)] {
        let (sandbox, _, path) = with("disabled_status", json!(status), json!({})).await;
        create_application(&sandbox, &json!({"name": "other"})).await;
        let named = json!({"disabled_applications": "none,pbx"});
        sandbox.patch_switches(object(named)).unwrap();
        assert_eq!(send(&sandbox, "GET", &path, None).await.status, status);
        let listed = send(&sandbox, "GET", ALL, None).await.json();
        assert_eq!(listed["total_items"], rows, "{status}");
    }
}

#[tokio::test]
async fn order_and_absence_of_rows() {
    for (value, expected) in [
        ("created", ["pbx", "zzz", "aaa"]),
        ("newest", ["aaa", "zzz", "pbx"]),
        ("name", ["aaa", "pbx", "zzz"]),
    ] {
        let (sandbox, _, _) = with("application_list_order", json!(value), json!({})).await;
        for name in ["zzz", "aaa"] {
            create_application(&sandbox, &json!({ "name": name })).await;
        }
        let listed = send(&sandbox, "GET", ALL, None).await.json();
        let rows = listed["_embedded"]["applications"]
            .as_array()
            .unwrap()
            .iter();
        let names: Vec<_> = rows.map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{value}");
    }
    for (value, expected) in [
        ("empty", json!({"applications": []})),
        ("without-applications", json!({})),
        ("without-embedded", Value::Null),
    ] {
        let sandbox = under(json!({ "application_empty_list": value })).await;
        let listed = send(&sandbox, "GET", ALL, None).await.json();
        assert_eq!(listed["_embedded"], expected, "{value}");
        create_application(&sandbox, &json!({"name": "pbx"})).await;
        let listed = send(&sandbox, "GET", ALL, None).await.json();
        assert_eq!(
            listed["_embedded"]["applications"]
                .as_array()
                .unwrap()
                .len(),
            1
        );
    }
}
