//! Every switch for numbers: what each of its values does.

use serde_json::{Value, json};

use super::harness::{
    APPLICATION, NUMBER, create_application, listed_number, object, own_number, send, send_form,
    under, update_number,
};
use crate::Sandbox;

const UP: &str = "https://example.com/in";
const DOWN: &str = "https://sms.invalid/in";
const SIP: [(&str, &str); 2] = [
    ("voiceCallbackType", "sip"),
    ("voiceCallbackValue", "sip:a@pbx.example.com"),
];

/// A sandbox with one switch set, and the number.
async fn with(switch: &str, value: &str, number: Value) -> Sandbox {
    let sandbox = under(json!({ switch: value })).await;
    own_number(&sandbox, number);
    sandbox
}

/// The status of an update under a switch, and what is stored afterwards, without the name of the number.
async fn updated(switch: &str, value: &str, first: Value, sent: &[(&str, &str)]) -> (u16, Value) {
    let sandbox = with(switch, value, first).await;
    let status = update_number(&sandbox, sent).await.status;
    let mut stored = sandbox.number("GB", NUMBER).unwrap();
    stored.retain(|name, _| name != "country" && name != "msisdn");
    (status, stored.into())
}

#[tokio::test]
async fn what_an_update_of_a_number_leaves_out() {
    let first = json!({
        "app_id": "a-1", "moHttpUrl": UP, "voiceStatusCallback": UP, "voiceCallbackType": "tel",
        "voiceCallbackValue": "447700900001", "messagesCallbackType": "app", "messagesCallbackValue": "a-1",
    });
    for (value, expected) in [("reset", json!({})), ("kept", first.clone())] {
        let left = updated("number_update_omitted", value, first.clone(), &[]).await;
        assert_eq!(left, (200, expected), "{value}");
        let emptied = first
            .as_object()
            .unwrap()
            .keys()
            .map(|name| (name.as_str(), ""));
        let emptied: Vec<_> = emptied.collect();
        let left = updated("number_update_omitted", value, first.clone(), &emptied).await;
        assert_eq!(
            left,
            (200, json!({})),
            "{value}: what is empty is gone in any case"
        );
    }
}

#[tokio::test]
async fn the_probe_of_the_webhook_for_messages() {
    for (value, statuses) in [
        ("always", [420, 420, 200, 200]),
        ("changed", [200, 420, 200, 200]),
        ("never", [200, 200, 200, 200]),
    ] {
        let cases = [(DOWN, DOWN), (UP, DOWN), (DOWN, UP), (DOWN, "")];
        for ((first, sent), status) in cases.into_iter().zip(statuses) {
            let first = json!({ "moHttpUrl": first });
            let (answered, stored) =
                updated("number_probe", value, first.clone(), &[("moHttpUrl", sent)]).await;
            assert_eq!(answered, status, "{value} {first} {sent:?}");
            let expected = match (status, sent) {
                (420, _) => first,
                (_, "") => json!({}),
                _ => json!({ "moHttpUrl": sent }),
            };
            assert_eq!(stored, expected, "{value}");
        }
    }
}

#[tokio::test]
async fn fields_that_no_list_is_known_to_show() {
    let hidden = json!({"moSmppSysType": "inbound", "voiceStatusCallback": UP});
    for (value, is_shown, stays) in [
        ("reset", false, false),
        ("kept", false, true),
        ("shown", true, false),
    ] {
        let sandbox = with("number_hidden_fields", value, hidden.clone()).await;
        let read = listed_number(&sandbox).await;
        for name in ["moSmppSysType", "voiceStatusCallback"] {
            assert_eq!(read.get(name).is_some(), is_shown, "{value} {name}");
        }
        let (_, left) = updated("number_hidden_fields", value, hidden.clone(), &[]).await;
        let expected = if stays { hidden.clone() } else { json!({}) };
        assert_eq!(left, expected, "{value}");
        let emptied = [("moSmppSysType", ""), ("voiceStatusCallback", "")];
        let (_, left) = updated("number_hidden_fields", value, hidden.clone(), &emptied).await;
        assert_eq!(left, json!({}), "{value}");
    }
}

#[tokio::test]
async fn an_application_and_a_forward_on_one_number() {
    let sent = [SIP[0], SIP[1], ("app_id", "a-1")];
    let forward =
        json!({"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@pbx.example.com"});
    let mut both = forward.clone();
    both["app_id"] = json!("a-1");
    for (value, status, expected) in [
        ("both", 200, both),
        ("application", 200, json!({"app_id": "a-1"})),
        ("forward", 200, forward.clone()),
        ("reject", 420, json!({})),
    ] {
        let left = updated("number_app_and_forward", value, json!({}), &sent).await;
        assert_eq!(left, (status, expected), "{value}");
        let alone = updated("number_app_and_forward", value, json!({}), &SIP).await;
        assert_eq!(alone, (200, forward.clone()), "{value}");
    }
}

#[tokio::test]
async fn how_an_update_takes_the_application_away() {
    for (value, by_omission, by_emptiness) in [
        ("omitted", true, true),
        ("empty", false, true),
        ("never", false, false),
    ] {
        let sent: [&[(&str, &str)]; 2] = [&[], &[("app_id", "")]];
        for (sent, is_gone) in sent.into_iter().zip([by_omission, by_emptiness]) {
            let first = json!({"app_id": "a-1", "moHttpUrl": UP});
            let expected = if is_gone {
                json!({})
            } else {
                json!({"app_id": "a-1"})
            };
            let left = updated("number_unlink", value, first, sent).await;
            assert_eq!(left, (200, expected), "{value} {sent:?}");
        }
        let another = updated(
            "number_unlink",
            value,
            json!({"app_id": "a-1"}),
            &[("app_id", "a-2")],
        );
        assert_eq!(another.await.1, json!({"app_id": "a-2"}), "{value}");
    }
}

#[tokio::test]
async fn the_deprecated_way_to_name_an_application() {
    let sent = [("voiceCallbackType", "app"), ("voiceCallbackValue", "a-1")];
    let callback = json!({"voiceCallbackType": "app", "voiceCallbackValue": "a-1"});
    for (value, status, expected) in [
        ("link", 200, json!({"app_id": "a-1"})),
        ("voice", 200, callback),
        ("error", 500, json!({"app_id": "a-0"})),
    ] {
        let first = json!({"app_id": "a-0"});
        let left = updated("number_callback_app", value, first, &sent).await;
        assert_eq!(left, (status, expected), "{value}");
    }
    // The way of one official program to unlink: all that was read, but for `app_id`.
    let sandbox = with("number_callback_app", "link", json!({"app_id": "a-1"})).await;
    update_number(&sandbox, &sent).await;
    assert_eq!(
        listed_number(&sandbox).await["app_id"],
        "a-1",
        "it is still linked"
    );
}

#[tokio::test]
async fn applications_that_are_not_there_or_have_no_voice() {
    for (value, statuses) in [
        ("none", [200, 200, 200]),
        ("exists", [420, 200, 200]),
        ("voice", [420, 420, 200]),
    ] {
        let sandbox = with("number_application_check", value, json!({"app_id": "gone"})).await;
        let mute = create_application(&sandbox, &json!({"name": "mute"})).await;
        let voice = json!({"name": "voice", "capabilities": {"voice": {}}});
        let voice = create_application(&sandbox, &voice).await;
        let ids = [
            APPLICATION,
            mute["id"].as_str().unwrap(),
            voice["id"].as_str().unwrap(),
        ];
        for (id, status) in ids.into_iter().zip(statuses) {
            let callback = [("voiceCallbackType", "app"), ("voiceCallbackValue", id)];
            for sent in [&[("app_id", id)][..], &callback] {
                let answer = update_number(&sandbox, sent).await;
                assert_eq!(answer.status, status, "{value} {sent:?}");
            }
        }
        own_number(&sandbox, json!({"app_id": "gone"}));
        assert_eq!(update_number(&sandbox, &[]).await.status, 200, "an unlink");
    }
}

#[tokio::test]
async fn numbers_that_the_account_does_not_own() {
    for (value, status) in [("reject", 420), ("ignore", 200)] {
        let sandbox = with("number_not_owned", value, json!({})).await;
        for named in [
            [("country", "US"), ("msisdn", NUMBER), ("app_id", "a-1")],
            [
                ("country", "GB"),
                ("msisdn", "447700900001"),
                ("app_id", "a-1"),
            ],
        ] {
            let answer = send_form(&sandbox, "/number/update", &named).await;
            assert_eq!(answer.status, status, "{value}");
        }
        assert_eq!(sandbox.numbers().len(), 1);
        assert!(!sandbox.numbers()[0].contains_key("app_id"));
    }
}

#[tokio::test]
async fn keys_that_lack_rights() {
    for (value, status, count) in [
        ("granted", 200, json!(1)),
        ("empty", 200, json!(null)),
        ("forbidden", 403, json!(null)),
    ] {
        let sandbox = with("number_access", value, json!({})).await;
        let list = send(&sandbox, "GET", "/account/numbers", None).await;
        assert_eq!(
            (list.status, &list.json()["count"]),
            (status, &count),
            "{value}"
        );
        let update = update_number(&sandbox, &[("app_id", "a-1")]).await;
        assert_eq!(update.status, status, "{value}");
        let is_linked = sandbox.numbers()[0].contains_key("app_id");
        assert_eq!(is_linked, value == "granted");
        if value != "granted" {
            assert_eq!(
                (list.json(), update.json()),
                (json!({}), json!({})),
                "{value}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_link_shows_beside_the_application() {
    let voice = json!({"voiceCallbackType": "app", "voiceCallbackValue": "a-1"});
    let mut messages = voice.clone();
    messages["messagesCallbackType"] = json!("app");
    messages["messagesCallbackValue"] = json!("a-1");
    for (value, expected) in [
        ("voice", voice),
        ("none", json!({})),
        ("messages", messages),
    ] {
        let sandbox = with("number_link_fields", value, json!({"app_id": "a-1"})).await;
        let mut read = object(listed_number(&sandbox).await);
        assert_eq!(read.get("app_id"), Some(&json!("a-1")));
        read.retain(|name, _| name.contains("Callback"));
        assert_eq!(json!(read), expected, "{value}");
        own_number(
            &sandbox,
            json!({"app_id": "a-1", "voiceCallbackType": "tel", "voiceCallbackValue": "44"}),
        );
        let read = listed_number(&sandbox).await;
        assert_eq!(
            (&read["voiceCallbackType"], &read["voiceCallbackValue"]),
            (&json!("tel"), &json!("44"))
        );
    }
}

#[tokio::test]
async fn status_and_code_of_answers() {
    for (switches, status, code) in [
        (json!({}), 420, json!("420")),
        (json!({"number_error_status": "ok"}), 200, json!("420")),
        (json!({"number_error_code": "number"}), 420, json!(420)),
        (
            json!({"number_error_status": "ok", "number_error_code": "number"}),
            200,
            json!(420),
        ),
        // Their form is this API's own.
        (json!({"error_body": "html"}), 420, json!("420")),
    ] {
        let sandbox = under(switches.clone()).await;
        let refused = update_number(&sandbox, &[]).await;
        assert_eq!(
            (refused.status, &refused.json()["error-code"]),
            (status, &code),
            "{switches}"
        );
        own_number(&sandbox, json!({}));
        let done = update_number(&sandbox, &[]).await.json();
        assert_eq!(
            done["error-code"].is_string(),
            code.is_string(),
            "{switches}"
        );
        assert_eq!(done["error-code-label"], "success");
    }
}

#[tokio::test]
async fn the_order_of_numbers() {
    for (value, first) in [("ascending", NUMBER), ("descending", "15550100")] {
        let sandbox = with("number_list_order", value, json!({})).await;
        sandbox
            .put_number("US", "15550100", object(json!({})))
            .unwrap();
        assert_eq!(listed_number(&sandbox).await["msisdn"], first, "{value}");
    }
}
