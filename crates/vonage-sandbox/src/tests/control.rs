//! The routes under `/_sandbox/`, and the same acts from within the process.

use serde_json::{Value, json};

use super::harness::{
    Answer, basic, create_user, domain, own_headers, sandbox, send, send_as, send_bytes, send_text,
};
use crate::{Object, Options, Sandbox, Seed, start};

/// A control request with the API's credentials.
async fn control(sandbox: &Sandbox, method: &str, path: &str, body: Option<&Value>) -> Answer {
    send(sandbox, method, &format!("/_sandbox/{path}"), body).await
}

#[tokio::test]
async fn control_routes_need_the_token_or_the_credentials_of_the_api() {
    let sandbox = sandbox().await;
    let url = sandbox.journal_url();
    let journal = url.strip_prefix(&sandbox.url()).unwrap();
    let token = journal.split_once("token=").unwrap().1;
    let bearer = format!("Bearer {token}");
    for (path, authorization, status) in [
        ("/_sandbox/journal", None, 401),
        ("/_sandbox/journal?token=", None, 401),
        ("/_sandbox/journal?token=wrong", None, 401),
        ("/_sandbox/journal", Some("Basic d3Jvbmc6d3Jvbmc="), 401),
        ("/_sandbox/journal", Some("Bearer wrong"), 401),
        ("/_sandbox/nothing", None, 401),
        (journal, None, 200),
        ("/_sandbox/journal", Some(bearer.as_str()), 200),
        ("/_sandbox/journal", Some(basic().as_str()), 200),
        ("/v1/psip", Some(bearer.as_str()), 401),
        (&format!("/v1/psip?token={token}"), None, 401),
    ] {
        let answer = send_as(&sandbox, "GET", path, authorization, "").await;
        assert_eq!(answer.status, status, "{path} {authorization:?}");
        let says_what_to_do = answer.body.contains("curl -u");
        assert_eq!(
            says_what_to_do,
            status == 401 && path.starts_with("/_s"),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_control_body_that_is_not_said_to_be_json_is_refused() {
    let sandbox = sandbox().await;
    let own = own_headers(&sandbox);
    for content_type in [
        "",
        "content-type: application/x-www-form-urlencoded\r\n",
        "content-type: text/plain\r\n",
    ] {
        let request = format!(
            "PUT /_sandbox/domains/x HTTP/1.1\r\n{own}connection: close\r\n{content_type}content-length: 2\r\n\r\n{{}}"
        );
        let answer = send_bytes(sandbox.address(), request.as_bytes()).await;
        assert_eq!(answer.status, 415, "{content_type}");
        assert!(
            answer.body.contains("Content-Type: application/json"),
            "{answer:?}"
        );
    }
    assert!(sandbox.domains().is_empty());
}

#[test]
fn patches_of_one_user_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // With a file, changes wait for each other: long enough for all threads to have read the user before.
    let options = Options {
        state: Some(folder.path().join("state.json")),
        ..Options::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let sandbox = runtime.block_on(start(options)).unwrap();
    sandbox.put_domain("x", Object::new()).unwrap();
    sandbox.put_user("x", "u", Object::new()).unwrap();
    let fields: Vec<String> = (0..16).map(|number| format!("field-{number}")).collect();
    std::thread::scope(|scope| {
        for field in &fields {
            let change = Object::from_iter([(field.clone(), json!(1))]);
            scope.spawn(|| sandbox.patch_user("x", "u", change).unwrap());
        }
    });
    let user = sandbox.users("x").remove(0);
    assert!(
        fields.iter().all(|field| user.contains_key(field)),
        "{user:?}"
    );
}

#[tokio::test]
async fn the_journal_tells_each_request_of_the_api_and_no_control_request() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    create_user(&sandbox, "alice").await;
    send(&sandbox, "DELETE", "/v1/psip/mydomain?cascade=true", None).await;
    send_as(&sandbox, "GET", "/v1/psip", None, "").await;
    let journal = control(&sandbox, "GET", "journal", None).await.json();
    let told: Vec<Value> = journal
        .as_array()
        .unwrap()
        .iter()
        .map(|record| {
            json!([
                record["seq"],
                record["method"],
                record["path"],
                record["query"],
                record["status"]
            ])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!([1, "POST", "/v1/psip", null, 201]),
            json!([2, "POST", "/v1/psip/mydomain/users", null, 201]),
            json!([3, "DELETE", "/v1/psip/mydomain", "cascade=true", 200]),
            json!([4, "GET", "/v1/psip", null, 401]),
        ]
    );
    assert_eq!(journal[0]["body"], domain("mydomain"));
    assert_eq!(
        journal[1]["body"],
        json!({"key": "alice", "secret": "(redacted)"})
    );
    assert_eq!(journal[0]["in_flight"], 1);
    assert_eq!(
        (sandbox.count("POST", "/v1/psip"), sandbox.peak_in_flight()),
        (1, 1)
    );
    assert_eq!(
        control(&sandbox, "DELETE", "journal", None).await.status,
        204
    );
    assert_eq!(
        control(&sandbox, "GET", "journal", None).await.json(),
        json!([])
    );
}

#[tokio::test]
async fn switches_are_read_patched_and_replaced() {
    let sandbox = sandbox().await;
    let read = control(&sandbox, "GET", "switches", None).await.json();
    assert_eq!(read["acl_echo"], "as-sent");
    for method in ["PATCH", "POST"] {
        let patch = json!({"put_status": 201, "visibility_delay": "create=2s"});
        let patched = control(&sandbox, method, "switches", Some(&patch))
            .await
            .json();
        assert_eq!(patched["visibility_delay"], "create=2s,update=0s,delete=0s");
    }
    let replaced = control(
        &sandbox,
        "PUT",
        "switches",
        Some(&json!({"acl_echo": "sorted"})),
    )
    .await
    .json();
    assert_eq!(
        (&replaced["put_status"], &replaced["acl_echo"]),
        (&json!(200), &json!("sorted"))
    );
    let refused = control(
        &sandbox,
        "PATCH",
        "switches",
        Some(&json!({"acl-echo": "sorted"})),
    )
    .await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.json()["error"]
            .as_str()
            .unwrap()
            .contains("unknown field `acl-echo`"),
        "{refused:?}"
    );
    assert_eq!(
        control(&sandbox, "GET", "switches", None).await.json(),
        replaced,
        "a refused change changes nothing"
    );
}

#[tokio::test]
async fn direct_edits_pass_all_rules_and_the_api_shows_them() {
    let sandbox = sandbox().await;
    let odd = json!({"name": "ignored", "acl": "not even a list", "future": {"nested": [1]}});
    let put = control(&sandbox, "PUT", "domains/x", Some(&odd)).await;
    assert_eq!((put.status, &put.json()["name"]), (200, &json!("x")));
    let patch = json!({"acl": ["10.0.0.0/8"], "future": null, "tls": "sometimes"});
    control(&sandbox, "PATCH", "domains/x", Some(&patch)).await;
    let expected = json!({"name": "x", "acl": ["10.0.0.0/8"], "tls": "sometimes"});
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/x", None).await.json(),
        expected
    );
    assert_eq!(
        control(&sandbox, "GET", "domains/x", None).await.json(),
        expected
    );
    assert_eq!(
        control(&sandbox, "GET", "domains", None).await.json(),
        json!([expected])
    );

    let user = json!({"secret": "short"});
    assert_eq!(
        control(&sandbox, "PUT", "domains/x/users/U", Some(&user))
            .await
            .status,
        200
    );
    control(
        &sandbox,
        "PATCH",
        "domains/x/users/U",
        Some(&json!({"secret": "other"})),
    )
    .await;
    let expected = json!({"domain": "x", "key": "U", "secret": "other"});
    assert_eq!(
        control(&sandbox, "GET", "domains/x/users/U", None)
            .await
            .json(),
        expected
    );
    assert_eq!(
        control(&sandbox, "GET", "domains/x/users", None)
            .await
            .json(),
        json!([expected])
    );
    assert_eq!(
        control(&sandbox, "DELETE", "domains/x/users/U", None)
            .await
            .status,
        204
    );
    assert_eq!(
        control(&sandbox, "DELETE", "domains/x", None).await.status,
        204
    );
    assert_eq!(send(&sandbox, "GET", "/v1/psip/x", None).await.status, 404);
}

#[tokio::test]
async fn what_control_cannot_do_is_said_in_a_shape_of_its_own() {
    let sandbox = sandbox().await;
    for (method, path, status) in [
        ("GET", "domains/none", 404),
        ("PATCH", "domains/none", 404),
        ("DELETE", "domains/none", 404),
        ("GET", "domains/none/users", 404),
        ("PUT", "domains/none/users/u", 404),
        ("DELETE", "domains/none/users/u", 404),
        ("POST", "domains/none", 404),
        ("GET", "", 404),
        ("GET", "nothing", 404),
        ("POST", "journal", 404),
        ("DELETE", "switches", 404),
    ] {
        let answer = control(&sandbox, method, path, Some(&json!({}))).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(
            answer.json()["error"].is_string() && answer.json().get("type").is_none(),
            "{method} {path}"
        );
    }
    assert_eq!(
        send_text(&sandbox, "PUT", "/_sandbox/domains/x", "[")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_reset_goes_back_to_the_seed_and_the_first_switches() {
    let sandbox = start(Options {
        seed: Some(Seed::Count(2)),
        ..Options::default()
    })
    .await
    .unwrap();
    let seeded = sandbox.domains();
    send(&sandbox, "DELETE", "/v1/psip/seed-0001", None).await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    control(
        &sandbox,
        "PATCH",
        "switches",
        Some(&json!({"put_status": 201})),
    )
    .await;
    assert_eq!(control(&sandbox, "POST", "reset", None).await.status, 204);
    assert_eq!(sandbox.domains(), seeded);
    assert_eq!(sandbox.switches(), Options::default().switches);
    assert!(sandbox.journal().is_empty());
}

#[tokio::test]
async fn switches_and_faults_change_from_within_the_process_as_over_http() {
    let sandbox = sandbox().await;
    let changes = Object::from_iter([("put_status".to_owned(), json!(201))]);
    sandbox.patch_switches(changes).unwrap();
    sandbox.add_fault(r#"{"status":503,"times":1}"#.parse().unwrap());
    let unknown = Object::from_iter([("put-status".to_owned(), json!(200))]);
    assert!(sandbox.patch_switches(unknown).is_err());
    let switches = control(&sandbox, "GET", "switches", None).await.json();
    assert_eq!(switches["put_status"], 201);
    send(&sandbox, "GET", "/v1/psip", None).await;
    let faults = control(&sandbox, "GET", "faults", None).await.json();
    assert_eq!(
        faults[0]["struck"],
        json!(sandbox.faults().remove(0).struck)
    );
    assert!(sandbox.faults()[0].is_over);
}
