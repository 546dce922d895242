//! What a list answers, what it does not, and when it is not asked for again.

mod strain;

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;

use super::*;
use crate::vonage::http::list_cache::LIFETIME;
use crate::vonage::http::polling::Visibility;
use crate::vonage::http::update::LeftAlone;
use crate::vonage::psip::{Domain, User, requests};
use crate::vonage::test_server::operation;
use crate::vonage::test_server::{Reply, Server};

const LIST: &str = "GET /v1/psip";

fn name(n: usize) -> String {
    format!("domain-{n:02}")
}

fn row(name: &str, tls: &str) -> String {
    format!(r#"{{"name":"{name}","acl":["1.2.3.4"],"tls":"{tls}"}}"#)
}

fn list(rows: &[String]) -> Reply {
    Reply::json(200, &format!("[{}]", rows.join(",")))
}

fn whole_list(tls: &str) -> Reply {
    list(&(0..40).map(|n| row(&name(n), tls)).collect::<Vec<_>>())
}

fn single(line: &str, tls: &str) -> Reply {
    Reply::json(200, &row(line.rsplit('/').next().unwrap(), tls))
}

/// An API whose list is `list`, and whose domains all have `tls`.
async fn server(list: impl Fn() -> Reply + Send + 'static, tls: &'static str) -> Server {
    Server::handling(move |request| match request.line.as_str() {
        LIST => list(),
        line => single(line, tls),
    })
    .await
}

async fn read_all(psip: &Psip, names: impl Iterator<Item = usize>) -> Vec<Option<Domain>> {
    let operation = operation();
    join_all(names.map(|n| {
        let operation = &operation;
        async move { psip.read_domain(operation, &name(n)).await.unwrap() }
    }))
    .await
}

fn lists(server: &Server) -> usize {
    server.lines().iter().filter(|line| *line == LIST).count()
}

fn singles(server: &Server) -> usize {
    server.lines().len() - lists(server)
}

#[tokio::test]
async fn one_read_is_one_request_and_many_are_a_list() {
    let server = server(|| whole_list("always"), "always").await;
    let psip = server.psip();
    read_all(&psip, 0..1).await;
    assert_eq!(server.lines(), ["GET /v1/psip/domain-00"]);
    let read = read_all(&psip, 0..40).await;
    for (n, domain) in read.into_iter().enumerate() {
        assert_eq!(domain.unwrap().name, name(n));
    }
    assert_eq!((lists(&server), singles(&server)), (1, 2));
}

#[tokio::test]
async fn reads_one_after_the_other_are_a_list_too() {
    let server = server(|| whole_list("always"), "always").await;
    let psip = server.psip();
    for n in 0..40 {
        read_all(&psip, n..=n).await;
    }
    assert_eq!((lists(&server), singles(&server)), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_list_serves_for_five_seconds_from_when_it_was_asked_for() {
    let server = server(|| whole_list("always"), "always").await;
    let psip = server.psip();
    read_all(&psip, 0..10).await;
    tokio::time::advance(LIFETIME.mul_f64(0.9)).await;
    read_all(&psip, 10..20).await;
    assert_eq!(lists(&server), 1);
    tokio::time::advance(LIFETIME.mul_f64(0.2)).await;
    read_all(&psip, 20..40).await;
    assert_eq!((lists(&server), singles(&server)), (2, 2));
    tokio::time::advance(3 * LIFETIME).await;
    read_all(&psip, 20..21).await;
    assert_eq!((lists(&server), singles(&server)), (2, 3));
}

#[tokio::test]
async fn a_list_that_is_unfit_is_asked_for_once() {
    type Case = (&'static str, fn() -> Reply);
    let cases: [Case; 7] = [
        ("names only", || {
            Reply::json(200, r#"[{"name":"domain-02"},{"name":"domain-03"}]"#)
        }),
        ("pages in a circle", || {
            Reply::json(
                200,
                r#"{"_embedded":{"d":[]},"_links":{"next":{"href":"/v1/psip"}}}"#,
            )
        }),
        ("forbidden", || Reply::json(403, r#"{"title":"no"}"#)),
        ("failing", || Reply::json(503, "")),
        ("not JSON", || Reply::html(200)),
        ("cut", || Reply::Truncated(200, "[".to_owned())),
        ("a row with an error", || {
            list(&[row("domain-00", "always"), r#"{"error":1}"#.to_owned()])
        }),
    ];
    for (what, reply) in cases {
        let server = server(reply, "always").await;
        let psip = server.psip();
        for domain in read_all(&psip, 0..20).await {
            assert_eq!(domain.unwrap().tls.as_deref(), Some("always"), "{what}");
        }
        read_all(&psip, 20..30).await;
        assert_eq!(lists(&server), 1, "{what}");
        assert!(singles(&server) <= 31, "{what}");
    }
}

#[tokio::test]
async fn a_paged_list_counts_as_a_list() {
    let server = Server::handling(|request| match request.line.as_str() {
        LIST => page(0..20, r#"{"href":"/v1/psip?page=2"}"#),
        "GET /v1/psip?page=2" => page(20..40, "null"),
        line => single(line, "always"),
    })
    .await;
    read_all(&server.psip(), 0..40).await;
    let pages = server
        .lines()
        .iter()
        .filter(|line| !line.contains("domain"))
        .count();
    assert_eq!((pages, server.lines().len()), (2, 4));
}

fn page(names: std::ops::Range<usize>, next: &str) -> Reply {
    let rows: Vec<String> = names.map(|n| row(&name(n), "always")).collect();
    Reply::json(
        200,
        &format!(
            r#"{{"_embedded":{{"domains":[{}]}},"_links":{{"next":{next}}}}}"#,
            rows.join(",")
        ),
    )
}

#[tokio::test]
async fn a_row_without_the_acl_is_not_taken_for_one_with_an_empty_acl() {
    // The first two are read by themselves, and their rows tell the same.
    let single = |name: &str| {
        let acl = if name < "domain-02" {
            ""
        } else {
            r#""1.2.3.4""#
        };
        format!(r#"{{"name":"{name}","acl":[{acl}],"digest_auth":true}}"#)
    };
    let server = Server::handling(move |request| match request.line.as_str() {
        LIST => {
            let row = |n| format!(r#"{{"name":"{}","digest_auth":true}}"#, name(n));
            list(&(0..40).map(row).collect::<Vec<_>>())
        }
        line => Reply::json(200, &single(line.rsplit('/').next().unwrap())),
    })
    .await;
    let psip = server.psip();
    for domain in read_all(&psip, 0..40).await.into_iter().skip(2) {
        assert_eq!(domain.unwrap().acl, ["1.2.3.4"]);
    }
}

#[tokio::test]
async fn what_a_list_lacks_is_asked_for_before_it_is_called_gone() {
    let server = Server::handling(|request| match request.line.as_str() {
        LIST => list(&[row("domain-00", "always"), row("domain-01", "always")]),
        line if line.ends_with("domain-07") => Reply::not_found(),
        line => single(line, "always"),
    })
    .await;
    let read = read_all(&server.psip(), 0..10).await;
    let gone: Vec<_> = (0..10).filter(|n| read[*n].is_none()).collect();
    assert_eq!(gone, [7]);
    assert_eq!(lists(&server), 1);
}

#[tokio::test]
async fn no_list_from_before_our_own_write_answers_a_read() {
    let updated = Arc::new(AtomicUsize::new(0));
    let seen = updated.clone();
    let server = Server::handling(move |request| {
        let tls = ["always", "never"][seen.load(Ordering::SeqCst)];
        match request.line.as_str() {
            LIST => list(&[row("domain-00", "always"), row("domain-05", tls)]),
            line if line.starts_with("PUT") => {
                seen.store(1, Ordering::SeqCst);
                Reply::json(200, "")
            }
            line if line.ends_with("domain-05") => single(line, tls),
            line => single(line, "always"),
        }
    })
    .await;
    let psip = server.psip();
    read_all(&psip, 0..8).await;
    let desired = Domain {
        name: name(5),
        acl: vec!["1.2.3.4".to_owned()],
        tls: Some("never".to_owned()),
        ..Domain::default()
    };
    let same = |seen: &Domain| seen.tls.as_deref() == Some("never");
    let written = psip
        .update_domain(&operation(), &desired, &LeftAlone::NOTHING, &same)
        .await;
    assert_eq!(written.unwrap().visibility, Visibility::Confirmed);
    let read = read_all(&psip, 5..6).await;
    assert_eq!(read[0].as_ref().unwrap().tls.as_deref(), Some("never"));
}

#[tokio::test]
async fn while_an_object_is_written_it_is_read_by_itself_and_afterwards_from_a_later_list() {
    for (is_ended, by_themselves) in [(false, 3), (true, 2)] {
        let server = server(|| whole_list("always"), "always").await;
        let psip = server.psip();
        let operation = operation();
        let request = requests::list().name;
        let lock = psip.locks.take(&operation, &name(5), &request).await;
        let lock = lock.unwrap();
        let _under_way = (!is_ended).then_some(lock);
        read_all(&psip, 0..8).await;
        assert_eq!((lists(&server), singles(&server)), (1, by_themselves));
    }
}

#[tokio::test]
async fn many_creates_and_deletes_are_awaited_by_the_same_lists() {
    let known = Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    let server = Server::handling(move |request| {
        let mut known = known.lock().unwrap();
        let name = request.line.rsplit('/').next().unwrap().to_owned();
        match request.line.split(' ').next().unwrap() {
            "POST" => {
                let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
                known.insert(body["name"].as_str().unwrap().to_owned());
                Reply::json(201, &request.body)
            }
            "DELETE" => {
                known.remove(&name);
                Reply::json(200, "")
            }
            _ if request.line == LIST => list(
                &known
                    .iter()
                    .map(|name| row(name, "never"))
                    .collect::<Vec<_>>(),
            ),
            _ if known.contains(&name) => Reply::json(200, &row(&name, "never")),
            _ => Reply::not_found(),
        }
    })
    .await;
    let psip = server.psip();
    let operation = operation();
    let creates = join_all((0..20).map(|n| {
        let (psip, operation) = (&psip, &operation);
        let desired = Domain {
            name: name(n),
            acl: vec!["1.2.3.4".to_owned()],
            tls: Some("never".to_owned()),
            ..Domain::default()
        };
        async move { psip.create_domain(operation, &desired, &|_| true).await }
    }));
    for written in creates.await {
        assert_eq!(written.unwrap().visibility, Visibility::Confirmed);
    }
    let after_creates = server.lines().len();
    assert!(after_creates <= 24, "{after_creates} for 20 creates");
    let deletes = join_all((0..20).map(|n| {
        let (psip, operation) = (&psip, &operation);
        async move { psip.delete_domain(operation, &name(n), false).await }
    }));
    for deleted in deletes.await {
        assert_eq!(deleted.unwrap().visibility, Visibility::Confirmed);
    }
    let deletes = server.lines().len() - after_creates;
    assert!(deletes <= 24, "{deletes} for 20 deletes");
}

#[tokio::test]
async fn users_of_one_domain_are_read_together_and_those_of_others_apart() {
    let server = Server::handling(|request| match request.line.as_str() {
        "GET /v1/psip/office/users" => Reply::json(
            200,
            r#"[{"key":"u-0"},{"key":"u-1"},{"key":"u-2"},{"key":"u-3"}]"#,
        ),
        line => {
            let key = line.rsplit('/').next().unwrap();
            Reply::json(200, &format!(r#"{{"key":"{key}"}}"#))
        }
    })
    .await;
    let psip = server.psip();
    let user = |domain: &str, n: usize| User {
        domain: domain.to_owned(),
        key: format!("u-{n}"),
    };
    let users: Vec<_> = (0..4)
        .map(|n| user("office", n))
        .chain([user("other", 0)])
        .collect();
    let operation = operation();
    let read = join_all(users.iter().map(|user| psip.read_user(&operation, user))).await;
    for (user, read) in users.iter().zip(read) {
        assert_eq!(read.unwrap().as_ref(), Some(user));
    }
    assert_eq!(server.lines().len(), 4, "{:?}", server.lines());
}

#[tokio::test(start_paused = true)]
async fn lists_of_users_are_kept_while_they_are_young_and_then_forgotten() {
    let server = Server::script(vec![Reply::json(200, r#"{"key":"u-0"}"#)]).await;
    let psip = server.psip();
    let user = User {
        domain: "office".to_owned(),
        key: "u-0".to_owned(),
    };
    psip.read_user(&operation(), &user).await.unwrap();
    assert!(Arc::ptr_eq(
        &psip.users_of("office"),
        &psip.users_of("OFFICE")
    ));
    psip.users_of("other");
    assert_eq!(psip.users.lock().unwrap().len(), 2, "its read still counts");
    tokio::time::advance(LIFETIME).await;
    let third = psip.users_of("third");
    assert_eq!(psip.users.lock().unwrap().len(), 1);
    psip.users_of("fourth");
    let again = psip.users_of("third");
    assert!(Arc::ptr_eq(&third, &again), "somebody has it");
}
