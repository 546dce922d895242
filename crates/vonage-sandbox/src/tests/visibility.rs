//! The delay after which reads show a write, on a paused clock and without sockets.

use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use super::harness::{basic, domain, user};
use crate::apis;
use crate::auth::Credentials;
use crate::control::edits;
use crate::psip::SipId;
use crate::state::{First, State};
use crate::state_file::Contents;
use crate::switches::{PutUnknown, Switches, VisibilityDelay};
use crate::{API_KEY, API_SECRET, json};

fn delayed(delay: &str) -> State {
    switched_to(&json!({ "visibility_delay": delay }).to_string())
}

fn switched_to(switches: &str) -> State {
    let switches = Switches::from_json(switches.as_bytes()).unwrap();
    let credentials = Credentials::new(API_KEY.into(), API_SECRET.into()).unwrap();
    let first = First {
        switches,
        ..First::default()
    };
    State::new(&Contents::default(), first, credentials, None)
}

async fn call(state: &State, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, basic())
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(body.map(Value::to_string).unwrap_or_default().into())
        .unwrap();
    let response = apis::respond(state, &request).await;
    (response.status.as_u16(), response.body.unwrap_or_default())
}

fn tls(tls: &str) -> Value {
    let mut domain = domain("mydomain");
    domain["tls"] = json!(tls);
    domain
}

/// What a GET of the domain shows: its status, and the value of `tls`.
async fn seen(state: &State) -> (u16, Option<String>) {
    let (status, body) = call(state, "GET", "/v1/psip/mydomain", None).await;
    let listed = call(state, "GET", "/v1/psip", None).await.1;
    let in_list = listed.as_array().unwrap().first().cloned();
    assert_eq!(
        in_list,
        (status == 200).then(|| body.clone()),
        "list and read show the same"
    );
    (status, body["tls"].as_str().map(str::to_owned))
}

async fn pass(milliseconds: u64) {
    tokio::time::advance(Duration::from_millis(milliseconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_new_domain_shows_when_its_delay_has_passed() {
    let state = delayed("create=3s");
    assert_eq!(
        call(&state, "POST", "/v1/psip", Some(&tls("never")))
            .await
            .0,
        201
    );
    pass(2_999).await;
    assert_eq!(seen(&state).await.0, 404);
    pass(1).await;
    assert_eq!(seen(&state).await, (200, Some("never".into())));
}

#[tokio::test(start_paused = true)]
async fn an_updated_domain_shows_its_old_values_until_then() {
    let state = delayed("update=3s");
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    let (status, body) = call(&state, "PUT", "/v1/psip/mydomain", Some(&tls("always"))).await;
    assert_eq!(
        (status, &body["tls"]),
        (200, &json!("always")),
        "the answer to the write shows it at once"
    );
    pass(2_999).await;
    assert_eq!(seen(&state).await, (200, Some("never".into())));
    pass(1).await;
    assert_eq!(seen(&state).await, (200, Some("always".into())));
}

#[tokio::test(start_paused = true)]
async fn a_deleted_domain_shows_until_then() {
    let state = delayed("delete=3s");
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    assert_eq!(
        call(&state, "DELETE", "/v1/psip/mydomain", None).await.0,
        200
    );
    assert_eq!(
        call(&state, "DELETE", "/v1/psip/mydomain", None).await.0,
        404,
        "writes know that it is gone"
    );
    assert_eq!(seen(&state).await.0, 200);
    pass(3_000).await;
    assert_eq!(seen(&state).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn duplicates_are_judged_by_what_was_written() {
    let state = delayed("3s");
    assert_eq!(
        call(&state, "POST", "/v1/psip", Some(&tls("never")))
            .await
            .0,
        201
    );
    assert_eq!(
        call(&state, "POST", "/v1/psip", Some(&tls("never")))
            .await
            .0,
        400,
        "taken, though no read shows it"
    );
    pass(3_000).await;
    call(&state, "DELETE", "/v1/psip/mydomain", None).await;
    assert_eq!(
        call(&state, "POST", "/v1/psip", Some(&tls("always")))
            .await
            .0,
        201,
        "free, though reads show it"
    );
    assert_eq!(seen(&state).await, (200, Some("never".into())));
    pass(3_000).await;
    assert_eq!(seen(&state).await, (200, Some("always".into())));
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_a_put_creates_shows_like_a_created_one() {
    let state = delayed("create=3s");
    Arc::make_mut(&mut state.lock_switches()).put_unknown = PutUnknown::Upsert;
    assert_eq!(
        call(&state, "PUT", "/v1/psip/mydomain", Some(&tls("never")))
            .await
            .0,
        201
    );
    assert_eq!(seen(&state).await.0, 404);
    pass(3_000).await;
    assert_eq!(seen(&state).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn users_show_after_their_delay_and_only_in_a_domain_that_shows() {
    let state = delayed("create=3s,delete=1s");
    let users = "/v1/psip/mydomain/users";
    call(&state, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    pass(1_000).await;
    assert_eq!(
        call(&state, "POST", users, Some(&user("alice"))).await.0,
        201
    );
    assert_eq!(call(&state, "GET", users, None).await.0, 404);
    pass(2_000).await;
    assert_eq!(call(&state, "GET", users, None).await, (200, json!([])));
    pass(1_000).await;
    assert_eq!(
        call(&state, "GET", &format!("{users}/alice"), None).await.0,
        200
    );
    assert_eq!(
        call(&state, "DELETE", &format!("{users}/alice"), None)
            .await
            .0,
        200
    );
    assert_eq!(
        call(&state, "GET", users, None)
            .await
            .1
            .as_array()
            .unwrap()
            .len(),
        1
    );
    pass(1_000).await;
    assert_eq!(call(&state, "GET", users, None).await, (200, json!([])));
}

#[tokio::test(start_paused = true)]
async fn a_direct_edit_shows_at_once_and_overrides_what_was_pending() {
    let state = delayed("3s");
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    let drift = json::object(br#"{"tls":"anything"}"#).unwrap();
    edits::patch(&state, SipId::domain("mydomain").id(), drift).unwrap();
    assert_eq!(seen(&state).await, (200, Some("anything".into())));
    pass(3_000).await;
    assert_eq!(seen(&state).await, (200, Some("anything".into())));
    edits::delete(&state, SipId::domain("mydomain").id()).unwrap();
    assert_eq!(seen(&state).await.0, 404);
}

#[tokio::test(start_paused = true)]
async fn a_delay_that_is_switched_off_holds_for_later_writes_only() {
    let state = delayed("3s");
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    Arc::make_mut(&mut state.lock_switches()).visibility_delay = VisibilityDelay::default();
    assert_eq!(seen(&state).await.0, 404);
    pass(3_000).await;
    assert_eq!(seen(&state).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn replicas_show_old_and_new_in_turn_until_all_have_it() {
    let state = switched_to(r#"{"replica_lag":"2s","visibility_delay":"create=1s"}"#);
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(call(&state, "GET", "/v1/psip/mydomain", None).await.0);
        pass(500).await;
    }
    assert_eq!(statuses, [404, 404, 200, 404]);
    pass(1_000).await;
    for _ in 0..4 {
        assert_eq!(seen(&state).await.0, 200);
    }
    let state = switched_to(r#"{"replica_lag":"2s","replica_every":3}"#);
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(call(&state, "GET", "/v1/psip/mydomain", None).await.0);
    }
    assert_eq!(statuses, [200, 200, 404, 200, 200, 404]);
}

#[tokio::test(start_paused = true)]
async fn lists_lag_behind_reads_and_users_behind_domains() {
    let state = switched_to(r#"{"list_lag":"2s","visibility_delay":"users=3s"}"#);
    call(&state, "POST", "/v1/psip", Some(&tls("never"))).await;
    call(
        &state,
        "POST",
        "/v1/psip/mydomain/users",
        Some(&user("alice")),
    )
    .await;
    let shows = async || {
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        (
            call(&state, "GET", "/v1/psip/mydomain", None).await.0,
            length(&call(&state, "GET", "/v1/psip", None).await.1),
            call(&state, "GET", "/v1/psip/mydomain/users/alice", None)
                .await
                .0,
            length(&call(&state, "GET", "/v1/psip/mydomain/users", None).await.1),
        )
    };
    assert_eq!(shows().await, (200, 0, 404, 0));
    pass(2_000).await;
    assert_eq!(shows().await, (200, 1, 404, 0));
    pass(1_000).await;
    assert_eq!(shows().await, (200, 1, 200, 0));
    pass(2_000).await;
    assert_eq!(shows().await, (200, 1, 200, 1));
}
