//! Tests of reading and writing applications.

use serde_json::json;

use super::*;
use crate::vonage::applications::Webhook;

const ID_OF_PBX: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

/// A read as the API answers it for an application that was created with defaults, and with what nobody knows.
fn pbx() -> Value {
    json!({
        "id": ID_OF_PBX,
        "name": "pbx-eu",
        "keys": { "public_key": "PUBLIC\n", "private_key": "PRIVATE", "rotated": 1 },
        "privacy": { "improve_ai": false, "more": "kept" },
        "capabilities": {
            "voice": {
                "webhooks": {
                    "answer_url": {
                        "address": "https://voice.example.org/answer",
                        "http_method": "get",
                        "socket_timeout": 5000,
                        "connect_timeout": 1000,
                        "retries": 2
                    },
                    "fallback_answer_url": { "address": "", "http_method": "GET" },
                    "other_url": { "address": "https://voice.example.org/other" }
                },
                "signed_callbacks": true,
                "conversations_ttl": 48,
                "leg_persistence_time": 7,
                "payment_enabled": true
            },
            "messages": { "version": "v1", "number": 12_345_678_901_234_567_890_u64 },
            "vbc": {}
        },
        "_links": { "self": { "href": "/v2/applications/x" } },
        "extra": [1]
    })
}

fn read(body: &Value) -> Result<Application, InvalidObject> {
    Application::from_body(body.to_string().as_bytes(), ID_OF_PBX)
}

#[test]
fn a_published_example_is_read() {
    let application = read(&pbx()).unwrap();
    assert_eq!(application.name, "pbx-eu");
    assert_eq!(application.improve_ai, Some(false));
    let voice = application.voice.as_ref().unwrap();
    let answer = voice.answer_url.as_ref().unwrap();
    assert_eq!(answer.http_method.as_deref(), Some("GET"));
    assert_eq!(answer.socket_timeout, Some(5000));
    assert_eq!(voice.fallback_answer_url, None);
    assert_eq!(voice.leg_persistence_time, Some(7));
    assert_eq!(voice.region, None);
    assert_eq!(application.capabilities(), ["messages", "vbc", "voice"]);
}

#[test]
fn what_is_not_managed_goes_back_as_it_came_and_what_only_answers_have_does_not() {
    let mut sent = pbx();
    sent.as_object_mut()
        .unwrap()
        .retain(|name, _| !["id", "_links"].contains(&name.as_str()));
    sent["keys"].as_object_mut().unwrap().remove("private_key");
    let webhooks = &mut sent["capabilities"]["voice"]["webhooks"];
    webhooks
        .as_object_mut()
        .unwrap()
        .remove("fallback_answer_url");
    webhooks["answer_url"]["http_method"] = json!("GET");
    assert_eq!(read(&pbx()).unwrap().to_json(), sent);
}

#[test]
fn an_update_takes_over_what_is_not_managed_and_drops_what_is_no_longer_wanted() {
    let fresh = read(&pbx()).unwrap();
    let desired = Application {
        id: ID_OF_PBX.to_owned(),
        name: "new".to_owned(),
        voice: Some(Voice::default()),
        ..Application::default()
    };
    let sent = desired.over(fresh.clone()).to_json();
    assert_eq!(sent["name"], "new");
    assert_eq!(
        sent["keys"],
        json!({ "public_key": "PUBLIC\n", "rotated": 1 })
    );
    assert_eq!(
        sent["capabilities"]["messages"],
        pbx()["capabilities"]["messages"]
    );
    let voice = &sent["capabilities"]["voice"];
    assert_eq!(voice["payment_enabled"], true);
    assert_eq!(voice["leg_persistence_time"], 7);
    assert_eq!(
        voice["webhooks"],
        json!({ "other_url": { "address": "https://voice.example.org/other" } })
    );
    let silent = Application {
        voice: None,
        ..fresh.clone()
    };
    let sent = silent.over(fresh).to_json();
    assert_eq!(
        sent["capabilities"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["messages", "vbc"]
    );
}

#[test]
fn a_webhook_that_is_changed_keeps_what_is_not_given() {
    let address = "https://voice.example.org/other";
    let webhook = Webhook {
        address: address.to_owned(),
        socket_timeout: Some(900),
        ..Webhook::default()
    };
    let desired = Application {
        voice: Some(Voice {
            answer_url: Some(webhook),
            ..Voice::default()
        }),
        ..Application::default()
    };
    let sent = desired.over(read(&pbx()).unwrap()).to_json();
    assert_eq!(
        sent["capabilities"]["voice"]["webhooks"]["answer_url"],
        json!({
            "address": address, "http_method": "GET", "socket_timeout": 900, "connect_timeout": 1000, "retries": 2,
        })
    );
}

#[test]
fn an_empty_region_is_none() {
    for (region, read_as) in [("", None), ("eu-west", Some("eu-west"))] {
        let mut body = pbx();
        body["capabilities"]["voice"]["region"] = region.into();
        let voice = read(&body).unwrap().voice.unwrap();
        assert_eq!(voice.region.as_deref(), read_as);
    }
}

#[test]
fn capabilities_are_always_sent_as_an_object() {
    let application = Application {
        name: "x".to_owned(),
        ..Application::default()
    };
    assert_eq!(
        application.to_json(),
        json!({ "name": "x", "capabilities": {} })
    );
}

#[test]
fn every_other_shape_has_its_own_answer() {
    let wrong = |field, expected| InvalidObject::WrongType { field, expected };
    for (body, expected) in [
        (json!({}), InvalidObject::Missing("id")),
        (json!({ "id": ID_OF_PBX }), InvalidObject::Missing("name")),
        (
            json!({ "id": "other", "name": "x" }),
            InvalidObject::Other("application"),
        ),
        (json!({ "id": 7 }), wrong("id", "a string")),
        (
            json!({ "id": ID_OF_PBX, "name": "x", "capabilities": [] }),
            wrong("capabilities", "an object"),
        ),
        (
            json!({ "id": ID_OF_PBX, "name": "x", "capabilities": { "voice": { "conversations_ttl": -1 } } }),
            wrong("conversations_ttl", "a whole number"),
        ),
    ] {
        assert_eq!(read(&body), Err(expected), "{body}");
    }
}

#[test]
fn a_row_of_a_list_keeps_the_names_of_capabilities_alone() {
    let row = pbx().to_string();
    let row: &RawValue = serde_json::from_str(&row).unwrap();
    let application = Application::from_listed(row).unwrap();
    assert_eq!(application.capabilities(), ["messages", "vbc", "voice"]);
    let listed = |length: usize| {
        let row = r#"{"id":"a","name":"x"}"#;
        let row = row.replace('x', &"x".repeat(length - row.len() + 1));
        Application::from_listed(&RawValue::from_string(row).unwrap())
    };
    assert!(listed(OBJECT_LIMIT).is_ok());
    assert_eq!(listed(OBJECT_LIMIT + 1), Err(InvalidObject::TooLong));
}

#[test]
fn a_private_key_is_shown_nowhere() {
    let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";
    let body = json!({ "id": ID_OF_PBX, "name": "x", "keys": { "private_key": key } });
    let application = read(&body).unwrap();
    assert!(!format!("{application:?}").contains("PRIVATE"));
    assert!(!application.to_json().to_string().contains("PRIVATE"));
    let secrets = Secrets::of_this_process();
    assert!(
        !secrets
            .shown(&format!("an echo of {key}"))
            .contains("MIIEvQ")
    );
}
