//! Numbers over the API: lists, links, what replaces what, and what they share with applications.

use serde_json::{Value, json};

use super::harness::{
    APPLICATION, NUMBER, create_application, listed_number, object, own_number, sandbox, send,
    send_form, under, update_number,
};
use crate::{Options, Sandbox, start};

const ALL: &str = "/account/numbers";
const FORWARD: [(&str, &str); 2] = [
    ("voiceCallbackType", "sip"),
    ("voiceCallbackValue", "sip:447700900000@pbx.example.com"),
];

/// The numbers on the page that a query asks for, and how many there are.
async fn found(sandbox: &Sandbox, query: &str) -> (Vec<String>, Value) {
    let list = send(sandbox, "GET", &format!("{ALL}?{query}"), None).await;
    assert_eq!(list.status, 200, "{query}: {list:?}");
    let body = list.json();
    let rows = body["numbers"].as_array().cloned().unwrap_or_default();
    let numbers = rows.iter().map(|row| row["msisdn"].as_str().unwrap());
    (numbers.map(str::to_owned).collect(), body["count"].clone())
}

/// As the official libraries' test data have it.
#[tokio::test]
async fn a_linked_number_reads_as_published_and_an_unlinked_one_has_none_of_it() {
    let sandbox = sandbox().await;
    assert_eq!(send(&sandbox, "GET", ALL, None).await.json(), json!({}));
    let webhook = "https://example.com/webhooks/inbound-sms";
    let bare = json!({
        "country": "GB", "msisdn": NUMBER, "type": "mobile-lvn", "features": ["VOICE", "SMS", "MMS"],
        "limitations": [{"feature": "VOICE", "type": "OUTBOUND", "reach": "DOMESTIC"}],
        "moHttpUrl": webhook,
    });
    own_number(&sandbox, bare.clone());
    let list = send(&sandbox, "GET", ALL, None).await.json();
    assert_eq!(list, json!({"count": 1, "numbers": [bare]}));
    let kept = ("moHttpUrl", webhook);
    let linked = update_number(&sandbox, &[("app_id", APPLICATION), kept]).await;
    let success = json!({"error-code": "200", "error-code-label": "success"});
    assert_eq!((linked.status, linked.json()), (200, success));
    let mut expected = bare.clone();
    expected["app_id"] = json!(APPLICATION);
    expected["voiceCallbackType"] = json!("app");
    expected["voiceCallbackValue"] = json!(APPLICATION);
    assert_eq!(listed_number(&sandbox).await, expected);
    assert_eq!(update_number(&sandbox, &[kept]).await.status, 200);
    assert_eq!(listed_number(&sandbox).await, bare);
}

#[tokio::test]
async fn an_update_replaces_all_that_leads_anywhere() {
    let sandbox = sandbox().await;
    own_number(&sandbox, json!({}));
    let webhook = ("moHttpUrl", "https://example.com/webhooks/inbound-sms");
    let all = [
        &FORWARD[..],
        &[webhook, ("app_id", APPLICATION)],
        &[("voiceStatusCallback", "https://example.com/webhooks/status")],
        &[("moSmppSysType", "inbound")],
        &[("messagesCallbackType", "app")],
        &[("messagesCallbackValue", APPLICATION)],
    ]
    .concat();
    assert_eq!(update_number(&sandbox, &all).await.status, 200);
    let stored = sandbox.number("GB", NUMBER).unwrap();
    for (name, value) in &all {
        assert_eq!(stored[*name], *value);
    }
    let read = listed_number(&sandbox).await;
    assert_eq!(read["voiceCallbackType"], "sip", "a forward goes before");
    assert!(read.get("voiceStatusCallback").is_none() && read.get("moSmppSysType").is_none());
    assert_eq!(update_number(&sandbox, &[webhook]).await.status, 200);
    let rest = json!({"country": "GB", "msisdn": NUMBER, "moHttpUrl": webhook.1});
    assert_eq!(json!(sandbox.number("GB", NUMBER)), rest);
    assert_eq!(
        update_number(&sandbox, &[("moHttpUrl", "")]).await.status,
        200
    );
    let rest = json!({"country": "GB", "msisdn": NUMBER});
    assert_eq!(json!(sandbox.number("GB", NUMBER)), rest);
    let usual = listed_number(&sandbox).await;
    assert_eq!(usual["type"], "mobile-lvn");
    assert_eq!(usual["features"], json!(["VOICE", "SMS"]));
}

#[tokio::test]
async fn lists_are_filtered_and_come_in_pages() {
    let sandbox = sandbox().await;
    for number in 1..=12 {
        let msisdn = format!("4477009000{number:02}");
        sandbox
            .put_number("GB", &msisdn, object(json!({})))
            .unwrap();
    }
    let linked = json!({"app_id": APPLICATION});
    sandbox
        .put_number("US", "15550100", object(linked))
        .unwrap();
    let forwarded =
        json!({"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@pbx.example.com"});
    sandbox
        .put_number("US", "15550101", object(forwarded))
        .unwrap();
    let deprecated = json!({"voiceCallbackType": "app", "voiceCallbackValue": "a-2"});
    sandbox
        .put_number("US", "15550102", object(deprecated))
        .unwrap();
    let (page, count) = found(&sandbox, "").await;
    assert_eq!((page.len(), count), (10, json!(15)));
    for (query, numbers, count) in [
        (
            "size=5&index=3",
            "447700900011 447700900012 15550100 15550101 15550102",
            json!(15),
        ),
        ("size=5&index=4", "", json!(null)),
        ("index=18446744073709551615", "", json!(null)),
        ("country=US", "15550100 15550101 15550102", json!(3)),
        ("country=FR", "", json!(null)),
        (
            "pattern=44770090001",
            "447700900010 447700900011 447700900012",
            json!(3),
        ),
        (
            "pattern=44770090001&search_pattern=0&size=1",
            "447700900010",
            json!(3),
        ),
        (
            "pattern=010&search_pattern=1",
            "447700900010 15550100 15550101 15550102",
            json!(4),
        ),
        (
            "pattern=02&search_pattern=2",
            "447700900002 15550102",
            json!(2),
        ),
        ("pattern=%2B15550100", "", json!(null)),
        ("has_application=true", "15550100 15550102", json!(2)),
        ("has_application=false&country=US", "15550101", json!(1)),
        (
            "application_id=aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
            "15550100",
            json!(1),
        ),
        ("application_id=a-2", "15550102", json!(1)),
    ] {
        let (found, total) = found(&sandbox, query).await;
        assert_eq!(
            (found.join(" ").as_str(), total),
            (numbers, count),
            "{query}"
        );
    }
    sandbox
        .patch_switches(object(json!({"list_page_size": 2})))
        .unwrap();
    assert_eq!(
        found(&sandbox, "size=100&index=2").await.0[0],
        "447700900003"
    );
}

#[tokio::test]
async fn there_is_no_path_to_buy_to_cancel_or_to_search() {
    let sandbox = sandbox().await;
    own_number(&sandbox, json!({}));
    for path in [
        "/number/buy",
        "/number/cancel",
        "/number/search",
        "/account/numbers/1",
    ] {
        let named = [("country", "GB"), ("msisdn", NUMBER)];
        assert_eq!(
            send_form(&sandbox, path, &named).await.status,
            404,
            "{path}"
        );
    }
    assert_eq!(sandbox.numbers().len(), 1);
}

#[tokio::test]
async fn an_edit_passes_all_rules_and_shows_at_once() {
    let sandbox = under(json!({"visibility_delay": "1m", "list_lag": "1m"})).await;
    let control = format!("/_sandbox/numbers/GB/{NUMBER}");
    let odd =
        json!({"voiceCallbackType": "trunk", "voiceCallbackValue": "office", "features": null});
    let put = send(&sandbox, "PUT", &control, Some(&odd)).await;
    assert_eq!((put.status, &put.json()["msisdn"]), (200, &json!(NUMBER)));
    let read = listed_number(&sandbox).await;
    assert_eq!(
        (&read["voiceCallbackType"], &read["features"]),
        (&json!("trunk"), &json!(null))
    );
    send(
        &sandbox,
        "PATCH",
        &control,
        Some(&json!({"type": "landline"})),
    )
    .await;
    let all = send(&sandbox, "GET", "/_sandbox/numbers", None)
        .await
        .json();
    assert_eq!(
        (&all, &all[0]["type"]),
        (&json!(sandbox.numbers()), &json!("landline"))
    );
    assert_eq!(
        send(&sandbox, "GET", "/_sandbox/numbers/GB", None)
            .await
            .json(),
        all
    );
    assert_eq!(send(&sandbox, "DELETE", &control, None).await.status, 204);
    let gone = send(&sandbox, "GET", &control, None).await;
    assert_eq!(gone.json(), json!({"error": "there is no number to edit"}));
    own_number(&sandbox, json!({}));
    let changes = object(json!({"app_id": APPLICATION}));
    sandbox.patch_number("GB", NUMBER, changes).unwrap();
    assert_eq!(sandbox.number("GB", NUMBER).unwrap()["app_id"], APPLICATION);
    sandbox.delete_number("GB", NUMBER).unwrap();
    assert!(sandbox.number("GB", NUMBER).is_none());
}

#[tokio::test]
async fn the_state_file_keeps_numbers_and_a_seed_brings_them() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    let owned = json!({"numbers": [{"country": "GB", "msisdn": NUMBER}]});
    std::fs::write(&seed, owned.to_string()).unwrap();
    let options = Options {
        state: Some(folder.path().join("state.json")),
        seed: Some(seed.to_str().unwrap().parse().unwrap()),
        ..Options::default()
    };
    let sandbox = start(options.clone()).await.unwrap();
    update_number(&sandbox, &FORWARD).await;
    let before = sandbox.numbers();
    assert_eq!(before[0]["voiceCallbackValue"], FORWARD[1].1);
    sandbox.stop().await;
    let sandbox = start(options).await.unwrap();
    assert_eq!(sandbox.numbers(), before);
    sandbox.reset().unwrap();
    assert_eq!(json!(sandbox.numbers()), owned["numbers"]);
}

#[tokio::test]
async fn time_and_faults_hold_for_numbers_too() {
    let sandbox = under(json!({"visibility_delay": "update=1m"})).await;
    own_number(&sandbox, json!({}));
    let link = [("app_id", APPLICATION)];
    update_number(&sandbox, &link).await;
    assert!(listed_number(&sandbox).await.get("app_id").is_none());
    sandbox
        .patch_switches(object(json!({"visibility_delay": "0s", "list_lag": "1m"})))
        .unwrap();
    own_number(&sandbox, json!({}));
    update_number(&sandbox, &link).await;
    assert!(listed_number(&sandbox).await.get("app_id").is_none());
    for (status, told) in [(420, 420), (200, 200)] {
        own_number(&sandbox, json!({}));
        let fault = json!({
            "path": "/number/update", "status": status, "body": "label", "at": "after", "times": 1,
        });
        sandbox.add_fault(fault.to_string().parse().unwrap());
        let answer = update_number(&sandbox, &link).await;
        assert_eq!(
            (answer.status, &answer.json()["error-code"]),
            (told, &json!("420"))
        );
        assert_eq!(
            sandbox.number("GB", NUMBER).unwrap()["app_id"],
            APPLICATION,
            "done"
        );
    }
    let nothing = r#"{"path": "/account/numbers", "text": "{}", "times": 1}"#;
    sandbox.add_fault(nothing.parse().unwrap());
    let list = send(&sandbox, "GET", ALL, None).await;
    assert_eq!((list.status, list.body.as_str()), (200, "{}"));
}

#[tokio::test]
async fn limits_of_this_api_count_its_requests_alone() {
    for (switches, lists, updates, others) in [
        (json!({"number_list_rate_limit": 1}), 1, 3, 3),
        (json!({"number_rate_limit": 4}), 3, 1, 3),
        (json!({"rate_limit": 5}), 3, 2, 0),
    ] {
        let sandbox = under(switches.clone()).await;
        own_number(&sandbox, json!({}));
        let mut admitted = [0; 3];
        for _ in 0..3 {
            let list = send(&sandbox, "GET", ALL, None).await;
            admitted[0] += usize::from(list.status == 200);
        }
        for _ in 0..3 {
            admitted[1] += usize::from(update_number(&sandbox, &[]).await.status == 200);
        }
        for _ in 0..3 {
            let list = send(&sandbox, "GET", "/v1/psip", None).await;
            admitted[2] += usize::from(list.status == 200);
        }
        assert_eq!(admitted, [lists, updates, others], "{switches}");
    }
}

#[tokio::test]
async fn an_update_during_another_one_is_refused_where_that_is_switched_on() {
    let sandbox = under(json!({"concurrent_write": "conflict", "latency": "300ms"})).await;
    own_number(&sandbox, json!({}));
    sandbox
        .put_number("US", "15550100", object(json!({})))
        .unwrap();
    let other = [("country", "US"), ("msisdn", "15550100")];
    let (left, right, other) = tokio::join!(
        update_number(&sandbox, &[]),
        update_number(&sandbox, &[]),
        send_form(&sandbox, "/number/update", &other),
    );
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!((statuses, other.status), ([200, 420], 200));
}

#[tokio::test]
async fn a_delete_of_an_application_looks_at_numbers_too() {
    for (value, status, keeps_links) in [
        ("dangle", 204, true),
        ("unlink", 204, false),
        ("reject", 409, true),
    ] {
        let sandbox = under(json!({ "application_delete_linked": value })).await;
        let made = create_application(&sandbox, &json!({"name": "pbx"})).await;
        let id = made["id"].as_str().unwrap();
        let callbacks = json!({
            "voiceCallbackType": "app", "voiceCallbackValue": id,
            "messagesCallbackType": "app", "messagesCallbackValue": id,
        });
        own_number(&sandbox, callbacks);
        let linked = json!({"app_id": id, "voiceCallbackType": FORWARD[0].1, "voiceCallbackValue": FORWARD[1].1});
        sandbox
            .put_number("US", "15550100", object(linked))
            .unwrap();
        sandbox
            .put_number("US", "15550101", object(json!({"app_id": APPLICATION})))
            .unwrap();
        let deleted = send(&sandbox, "DELETE", &format!("/v2/applications/{id}"), None).await;
        assert_eq!(deleted.status, status, "{value}: {deleted:?}");
        let fields: Vec<_> = sandbox.numbers().iter().map(serde_json::Map::len).collect();
        let expected = if keeps_links { [6, 5, 3] } else { [2, 4, 3] };
        assert_eq!(fields, expected, "{value}");
    }
}
