//! The published examples of applications, in a table: a request, and what the API answers.

use serde_json::{Value, json};

use super::harness::{create_application, sandbox, send};
use crate::applications::PUBLIC_KEY;

const ALL: &str = "/v2/applications";

/// What the server fills in is told beside what was sent.
#[tokio::test]
async fn published_creates_get_the_published_answers() {
    let plain = |method: &str, path: &str| json!({"address": format!("https://voice.example.org/{path}"), "http_method": method});
    let filled = |method: &str, path: &str, connect: u32, socket: u32| {
        json!({
            "address": format!("https://voice.example.org/{path}"), "http_method": method,
            "connect_timeout": connect, "socket_timeout": socket,
        })
    };
    let off = json!({"improve_ai": false});
    let table: [(Value, Value, Value); 5] = [
        // A bare create.
        (json!({}), json!({}), off.clone()),
        // Voice for SIP, with some timeouts and a region.
        (
            json!({
                "keys": {"public_key": PUBLIC_KEY}, "privacy": off,
                "capabilities": {"voice": {
                    "webhooks": {
                        "answer_url": filled("POST", "answer", 500, 3000), "event_url": plain("POST", "event"),
                    },
                    "signed_callbacks": true, "conversations_ttl": 48, "region": "eu-west",
                }},
            }),
            json!({"voice": {
                "webhooks": {
                    "answer_url": filled("POST", "answer", 500, 3000),
                    "event_url": filled("POST", "event", 1000, 10000),
                },
                "signed_callbacks": true, "conversations_ttl": 48, "leg_persistence_time": 7, "region": "eu-west",
            }}),
            off.clone(),
        ),
        // Voice with nothing but addresses and methods.
        (
            json!({"capabilities": {"voice": {"webhooks": {
                "answer_url": plain("GET", "answer"), "event_url": plain("POST", "event"),
            }}}}),
            json!({"voice": {
                "webhooks": {
                    "answer_url": filled("GET", "answer", 1000, 5000),
                    "event_url": filled("POST", "event", 1000, 10000),
                },
                "signed_callbacks": true, "conversations_ttl": 48, "leg_persistence_time": 7,
            }}),
            off.clone(),
        ),
        // Nothing inside voice is required.
        (
            json!({"privacy": {"improve_ai": true}, "capabilities": {"voice": {"webhooks": {}}}}),
            json!({"voice": {
                "webhooks": {}, "signed_callbacks": true, "conversations_ttl": 48, "leg_persistence_time": 7,
            }}),
            json!({"improve_ai": true}),
        ),
        // The other capabilities.
        (
            json!({"capabilities": {
                "rtc": {"webhooks": {"event_url": plain("POST", "rtc")}},
                "messages": {"webhooks": {"inbound_url": plain("POST", "in"), "status_url": plain("POST", "status")}},
                "vbc": {}, "verify": {"webhooks": {"status_url": plain("POST", "verify")}},
                "network_apis": {"network_application_id": "n-1", "redirect_uri": "https://voice.example.org/r"},
                "video": {"storage": {"cloud_storage": true}, "webhooks": {"archive_status": {
                    "address": "https://voice.example.org/v", "active": true,
                }}},
            }}),
            json!({
                "rtc": {"webhooks": {"event_url": plain("POST", "rtc")}, "signed_callbacks": true},
                "messages": {
                    "webhooks": {"inbound_url": plain("POST", "in"), "status_url": plain("POST", "status")},
                    "version": "v1",
                },
                "vbc": {}, "verify": {"webhooks": {"status_url": plain("POST", "verify")}, "version": "v2"},
                "network_apis": {"network_application_id": "n-1", "redirect_uri": "https://voice.example.org/r"},
                "video": {"storage": {"cloud_storage": true}, "webhooks": {"archive_status": {
                    "address": "https://voice.example.org/v", "active": true,
                }}},
            }),
            off,
        ),
    ];
    for (mut sent, capabilities, privacy) in table {
        let sandbox = sandbox().await;
        sent["name"] = json!("pbx-eu");
        let mut made = create_application(&sandbox, &sent).await;
        let path = format!("{ALL}/{}", made["id"].as_str().unwrap());
        let private_key = made["keys"].as_object_mut().unwrap().remove("private_key");
        assert_eq!(private_key.is_some(), sent.get("keys").is_none(), "{sent}");
        let read = send(&sandbox, "GET", &path, None).await;
        assert_eq!((read.status, read.json()), (200, made.clone()), "{sent}");
        assert_eq!(
            made,
            json!({
                "id": made["id"], "name": "pbx-eu", "keys": {"public_key": PUBLIC_KEY}, "privacy": privacy,
                "capabilities": capabilities, "_links": {"self": {"href": path}},
            })
        );
    }
}

/// The official CLI adds and removes a capability by sending back the rest of what it read, with the ID.
#[tokio::test]
async fn what_was_read_can_be_sent_back_with_less() {
    let sandbox = sandbox().await;
    let body = json!({"name": "pbx", "capabilities": {"vbc": {}, "messages": {}, "verify": {}, "voice": {}}});
    let made = create_application(&sandbox, &body).await;
    let path = format!("{ALL}/{}", made["id"].as_str().unwrap());
    let read = send(&sandbox, "GET", &path, None).await.json();
    let mut back = read.clone();
    back.as_object_mut().unwrap().remove("_links");
    let same = send(&sandbox, "PUT", &path, Some(&back)).await;
    assert_eq!((same.status, same.json()), (200, read));
    back["capabilities"].as_object_mut().unwrap().remove("vbc");
    let less = send(&sandbox, "PUT", &path, Some(&back)).await.json();
    assert_eq!(less["capabilities"], back["capabilities"]);
}

/// An `id` in the body of a POST counts, which one official library calls a mishap.
#[tokio::test]
async fn a_post_may_bring_its_id() {
    let sandbox = sandbox().await;
    let body = json!({"name": "pbx", "id": "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"});
    assert_eq!(create_application(&sandbox, &body).await["id"], body["id"]);
    let again = send(&sandbox, "POST", ALL, Some(&body)).await;
    assert_eq!(again.json()["invalid_parameters"][0]["name"], "id");
}
