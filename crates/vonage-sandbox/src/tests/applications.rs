//! Applications over the API: their life, lists, keys, and what they share with domains.

use serde_json::{Value, json};

use super::application_rules::invalid;
use super::harness::{APPLICATION, create_application, domain, object, sandbox, send, under};
use crate::{Options, PRIVATE_KEY, Sandbox, start};

const ALL: &str = "/v2/applications";

fn one(application: &Value) -> String {
    format!("{ALL}/{}", application["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_application_lives_from_its_post_to_its_delete() {
    let sandbox = sandbox().await;
    let made = create_application(&sandbox, &json!({"name": "pbx"})).await;
    let path = one(&made);
    let mut read = made.clone();
    read["keys"].as_object_mut().unwrap().remove("private_key");
    assert_eq!(send(&sandbox, "GET", &path, None).await.json(), read);
    let change = json!({"name": "pbx-2", "capabilities": {"vbc": {}}});
    let changed = send(&sandbox, "PUT", &path, Some(&change)).await;
    read["name"] = json!("pbx-2");
    read["capabilities"] = json!({"vbc": {}});
    assert_eq!((changed.status, changed.json()), (200, read.clone()));
    let deleted = send(&sandbox, "DELETE", &path, None).await;
    assert_eq!((deleted.status, deleted.body.as_str()), (204, ""));
    for method in ["GET", "DELETE"] {
        let gone = send(&sandbox, method, &path, None).await;
        assert_eq!(gone.status, 404, "{method}");
    }
    let again = create_application(&sandbox, &json!({"name": "pbx"})).await;
    assert_ne!(again["id"], made["id"], "an ID is never used again");
    assert_eq!(sandbox.count("POST", ALL), 2);
}

#[tokio::test]
async fn a_put_replaces_all_but_the_keys() {
    let sandbox = sandbox().await;
    let webhook = json!({"address": "https://voice.example.org/a", "connect_timeout": 300});
    let both = json!({
        "name": "pbx", "privacy": {"improve_ai": true},
        "capabilities": {"vbc": {}, "voice": {
            "webhooks": {"answer_url": webhook, "event_url": webhook}, "conversations_ttl": 1, "region": "eu-west",
        }},
    });
    let made = create_application(&sandbox, &both).await;
    let less = json!({"name": "pbx", "capabilities": {"voice": {"webhooks": {
        "answer_url": {"address": "https://voice.example.org/a"},
    }}}});
    let put = send(&sandbox, "PUT", &one(&made), Some(&less)).await.json();
    assert_eq!(
        put["capabilities"],
        json!({"voice": {
            "webhooks": {"answer_url": {
                "address": "https://voice.example.org/a", "http_method": "GET", "connect_timeout": 1000,
                "socket_timeout": 5000,
            }},
            "signed_callbacks": true, "conversations_ttl": 48, "leg_persistence_time": 7,
        }})
    );
    assert_eq!(put["privacy"], json!({"improve_ai": false}));
    assert_eq!(put["keys"]["public_key"], made["keys"]["public_key"]);
}

#[tokio::test]
async fn a_private_key_is_shown_once_and_only_where_the_pair_is_the_api_s_own() {
    let sandbox = sandbox().await;
    let made = create_application(&sandbox, &json!({"name": "pbx"})).await;
    assert_eq!(made["keys"]["private_key"], PRIVATE_KEY);
    let public_key = made["keys"]["public_key"].clone();
    let brought = json!({"name": "own", "keys": {"public_key": public_key}});
    let own = create_application(&sandbox, &brought).await;
    assert_eq!(own["keys"], json!({"public_key": public_key}));
    for path in [one(&made), ALL.to_owned()] {
        let read = send(&sandbox, "GET", &path, None).await;
        assert!(!read.body.contains("PRIVATE"), "{path}");
    }
    for application in sandbox.applications() {
        assert!(!json!(application).to_string().contains("PRIVATE"));
    }
    for keys in [
        json!({"public_key": PRIVATE_KEY}),
        json!({"public_key": "key"}),
    ] {
        let body = json!({"name": "pbx", "keys": keys});
        let refused = send(&sandbox, "POST", ALL, Some(&body)).await;
        assert_eq!(invalid(&refused)[0]["name"], "keys.public_key");
        assert!(!refused.body.contains("PRIVATE"), "{refused:?}");
    }
    let journal = serde_json::to_string(&sandbox.journal()).unwrap();
    assert!(!journal.contains("PRIVATE KEY"), "{journal}");
}

#[tokio::test]
async fn lists_come_in_pages_with_relative_links() {
    let sandbox = sandbox().await;
    for number in 1..=12 {
        create_application(&sandbox, &json!({"name": format!("app-{number:02}")})).await;
    }
    let first = send(&sandbox, "GET", ALL, None).await.json();
    let names = |page: &Value| -> Vec<String> {
        let rows = page["_embedded"]["applications"].as_array().unwrap().iter();
        rows.map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!((names(&first).len(), &first["page_size"]), (10, &json!(10)));
    let row = &first["_embedded"]["applications"][0];
    assert!(row.get("_links").is_none() && row["keys"].get("private_key").is_none());
    let path = format!("{ALL}?page_size=5&page=2");
    let mut second = send(&sandbox, "GET", &path, None).await.json();
    assert_eq!(names(&second)[0], "app-06");
    second["_embedded"] = json!({});
    let link = |page| json!({"href": format!("{ALL}?page_size=5&page={page}")});
    assert_eq!(
        second,
        json!({
            "page_size": 5, "page": 2, "total_items": 12, "total_pages": 3, "_embedded": {},
            "_links": {"self": link(2), "first": link(1), "last": link(3), "next": link(3), "prev": link(1)},
        })
    );
    let last = send(&sandbox, "GET", &format!("{ALL}?page_size=5&page=3"), None).await;
    assert!(last.json()["_links"].get("next").is_none());
    let beyond = send(&sandbox, "GET", &format!("{ALL}?page=9"), None)
        .await
        .json();
    assert_eq!(names(&beyond), [""; 0]);
    for (query, name, reason) in [
        ("page_size=0", "page_size", "must be between 1 and 100"),
        ("page_size=101", "page_size", "must be between 1 and 100"),
        ("page_size=ten", "page_size", "must be between 1 and 100"),
        ("page=0", "page", "must be at least 1"),
    ] {
        let refused = send(&sandbox, "GET", &format!("{ALL}?{query}"), None).await;
        assert_eq!(invalid(&refused), json!([{"name": name, "reason": reason}]));
        let kind = refused.json()["type"].as_str().unwrap().to_owned();
        assert!(kind.ends_with("/application#list-validation"), "{kind}");
    }
    for (switches, size, next) in [
        (json!({"list_page_size": 2}), 2, json!(true)),
        (json!({"list_shape": "looping"}), 12, json!(true)),
    ] {
        sandbox.patch_switches(object(switches)).unwrap();
        let page = send(&sandbox, "GET", &format!("{ALL}?page_size=100"), None)
            .await
            .json();
        let has_next = json!(page["_links"].get("next").is_some());
        sandbox
            .patch_switches(object(json!({"list_page_size": null})))
            .unwrap();
        assert_eq!((names(&page).len(), has_next), (size, next));
    }
}

#[tokio::test]
async fn an_edit_passes_all_rules_and_what_it_brought_may_be_sent_back() {
    let sandbox = sandbox().await;
    let odd = json!({"name": "pbx", "capabilities": {"telepathy": {"range": 3}, "voice": {"region": "moon"}}});
    let path = format!("{ALL}/{APPLICATION}");
    let control = format!("/_sandbox/applications/{APPLICATION}");
    let put = send(&sandbox, "PUT", &control, Some(&odd)).await;
    assert_eq!((put.status, &put.json()["id"]), (200, &json!(APPLICATION)));
    let read = send(&sandbox, "GET", &path, None).await.json();
    assert_eq!(read["capabilities"], odd["capabilities"]);
    let back = json!({"name": "pbx-2", "capabilities": {"telepathy": {"range": 3}}});
    let sent_back = send(&sandbox, "PUT", &path, Some(&back)).await;
    assert_eq!(sent_back.json()["capabilities"], back["capabilities"]);
    let changed = json!({"name": "pbx-2", "capabilities": {"telepathy": {"range": 4}}});
    assert_eq!(
        send(&sandbox, "PUT", &path, Some(&changed)).await.status,
        400
    );
    let none = json!({"name": "pbx-2", "capabilities": {}});
    assert_eq!(send(&sandbox, "PUT", &path, Some(&none)).await.status, 200);
    assert_eq!(send(&sandbox, "PUT", &path, Some(&back)).await.status, 400);
    let renamed = json!({"name": "pbx-3"});
    send(&sandbox, "PATCH", &control, Some(&renamed)).await;
    let listed = send(&sandbox, "GET", "/_sandbox/applications", None).await;
    assert_eq!(listed.json(), json!(sandbox.applications()));
    assert_eq!(listed.json()[0]["name"], "pbx-3");
    assert_eq!(send(&sandbox, "DELETE", &control, None).await.status, 204);
    let gone = send(&sandbox, "GET", &control, None).await;
    assert_eq!(
        gone.json(),
        json!({"error": "there is no application to edit"})
    );
    sandbox.put_application("a", object(odd)).unwrap();
    sandbox.patch_application("a", object(renamed)).unwrap();
    assert_eq!(sandbox.application("a").unwrap()["name"], "pbx-3");
    sandbox.delete_application("a").unwrap();
    assert!(sandbox.application("a").is_none());
}

async fn restarted(sandbox: Sandbox, options: &Options) -> Sandbox {
    sandbox.stop().await;
    start(options.clone()).await.unwrap()
}

#[tokio::test]
async fn the_state_file_keeps_applications_and_a_seed_file_brings_them() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    std::fs::write(
        &seed,
        r#"{"applications": [{"id": "a-1", "name": "seeded"}]}"#,
    )
    .unwrap();
    let options = Options {
        state: Some(folder.path().join("state.json")),
        seed: Some(seed.to_str().unwrap().parse().unwrap()),
        ..Options::default()
    };
    let sandbox = start(options.clone()).await.unwrap();
    create_application(&sandbox, &json!({"name": "pbx"})).await;
    let before = sandbox.applications();
    let sandbox = restarted(sandbox, &options).await;
    assert_eq!(sandbox.applications(), before);
    for number in [2, 3] {
        let made = create_application(&sandbox, &json!({"name": "pbx"})).await;
        let id = format!("5a4d0b0c-0000-4000-8000-{number:012x}");
        assert_eq!(made["id"], id, "it counts on");
        sandbox.delete_application(&id).unwrap();
    }
    sandbox.reset().unwrap();
    assert_eq!(sandbox.application("a-1").unwrap()["name"], "seeded");
    assert_eq!(sandbox.applications().len(), 1);
}

#[tokio::test]
async fn time_limits_and_faults_hold_for_applications_too() {
    let sandbox = under(json!({"visibility_delay": "create=1m"})).await;
    let made = create_application(&sandbox, &json!({"name": "late"})).await;
    assert_eq!(send(&sandbox, "GET", &one(&made), None).await.status, 404);
    sandbox
        .patch_switches(object(json!({"visibility_delay": "0s", "list_lag": "1m"})))
        .unwrap();
    let made = create_application(&sandbox, &json!({"name": "lagging"})).await;
    assert_eq!(send(&sandbox, "GET", &one(&made), None).await.status, 200);
    let listed = send(&sandbox, "GET", ALL, None).await.json();
    assert_eq!(listed["total_items"], 0);
    let fault = r#"{"path": "/v2/applications/{id}", "status": 503, "times": 1}"#;
    sandbox.add_fault(fault.parse().unwrap());
    assert_eq!(send(&sandbox, "GET", &one(&made), None).await.status, 503);
    sandbox
        .patch_switches(object(json!({"rate_limit": 1})))
        .unwrap();
    let statuses = [
        send(&sandbox, "GET", ALL, None).await.status,
        send(&sandbox, "GET", "/v1/psip", None).await.status,
    ];
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[tokio::test]
async fn a_write_during_another_one_is_a_conflict_where_that_is_switched_on() {
    let sandbox = under(json!({"concurrent_write": "conflict", "latency": "300ms"})).await;
    let made = create_application(&sandbox, &json!({"name": "pbx"})).await;
    let (path, body) = (one(&made), json!({"name": "pbx"}));
    let (left, right) = tokio::join!(
        send(&sandbox, "PUT", &path, Some(&body)),
        send(&sandbox, "PUT", &path, Some(&body)),
    );
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn a_domain_may_need_an_application_that_is_there_and_has_voice() {
    let sandbox = under(json!({"application_check": "422"})).await;
    let refused = send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(refused.json()["title"], "Invalid application");
    sandbox
        .put_application(APPLICATION, object(json!({"name": "mute"})))
        .unwrap();
    let mute = send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(mute.status, 422);
    let voice = json!({"capabilities": {"voice": {}}});
    sandbox
        .patch_application(APPLICATION, object(voice))
        .unwrap();
    let made = send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(made.status, 201);
    sandbox.delete_application(APPLICATION).unwrap();
    let put = send(
        &sandbox,
        "PUT",
        "/v1/psip/mydomain",
        Some(&domain("mydomain")),
    )
    .await;
    assert_eq!(put.status, 422);
}
