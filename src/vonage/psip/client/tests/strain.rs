//! Lists of any length, any number of calls at once, and rate limits that refuse: everything ends, and nothing is lost.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::causes::explain;
use crate::vonage::Operation;
use crate::vonage::http::polling::Visibility;
use crate::vonage::http::timing::Timing;
use crate::vonage::psip::{CreateError, Domain, Psip};
use crate::vonage::test_server::{Received, Reply, Server, operation};

const LIST: &str = "GET /v1/psip";
/// What an operation has by default.
const TIMEOUT: Duration = Duration::from_mins(5);

fn row(name: &str) -> String {
    format!(r#"{{"name":"{name}","acl":["1.2.3.4"]}}"#)
}

fn rows<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Reply {
    let rows: Vec<String> = names.into_iter().map(|name| row(name.as_ref())).collect();
    Reply::json(200, &format!("[{}]", rows.join(",")))
}

fn desired(number: usize) -> Domain {
    Domain {
        name: format!("domain-{number}"),
        acl: vec!["1.2.3.4".to_owned()],
        ..Domain::default()
    }
}

/// Answers single reads of any domain.
fn any_domain(request: &Received) -> Reply {
    Reply::json(200, &row(request.line.rsplit('/').next().unwrap()))
}

async fn read(psip: &Psip, count: usize) {
    let operation = operation();
    let reads = (0..count).map(|number| {
        let operation = &operation;
        async move {
            let name = format!("domain-{number}");
            psip.read_domain(operation, &name).await
        }
    });
    for (number, read) in join_all(reads).await.into_iter().enumerate() {
        assert_eq!(read.unwrap().unwrap().name, format!("domain-{number}"));
    }
}

#[tokio::test]
async fn a_list_of_100_000_rows_answers_and_one_of_200_mebibytes_is_left_alone() {
    let long = rows((0..100_000).map(|number| format!("domain-{number}")));
    for (list, requests) in [(long, 3), (Reply::Endless(200 << 20), 21)] {
        let what = format!("{list:?}").chars().take(20).collect::<String>();
        let server = Server::handling(move |request| match request.line.as_str() {
            LIST => list.clone(),
            _ => any_domain(request),
        })
        .await;
        read(&server.psip(), 20).await;
        assert_eq!(server.lines().len(), requests, "{what}");
    }
}

/// An API that keeps what is created, under a limit.
fn keeping(
    mut is_allowed: impl FnMut() -> bool + Send + 'static,
) -> impl FnMut(&Received) -> Reply + Send + 'static {
    let mut known = BTreeSet::new();
    move |request| {
        if !is_allowed() {
            return Reply::json(429, "");
        }
        let name = request.line.rsplit('/').next().unwrap();
        match request.line.as_str() {
            LIST => rows(&known),
            line if line.starts_with("POST") => {
                let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
                known.insert(body["name"].as_str().unwrap().to_owned());
                Reply::json(201, &request.body)
            }
            _ if known.contains(name) => any_domain(request),
            _ => Reply::not_found(),
        }
    }
}

#[tokio::test]
async fn two_hundred_and_fifty_six_at_once_are_written_and_read_by_lists() {
    const COUNT: usize = 256;
    let server = Server::handling(keeping(|| true)).await;
    let psip = server.psip();
    let operation = operation();
    let creates = (0..COUNT).map(|number| {
        let (psip, operation) = (&psip, &operation);
        async move {
            let desired = desired(number);
            psip.create_domain(operation, &desired, &|_| true).await
        }
    });
    for created in join_all(creates).await {
        assert_eq!(created.unwrap().visibility, Visibility::Confirmed);
    }
    let for_creates = server.lines().len();
    assert!(for_creates <= COUNT * 12 / 10, "{for_creates}");
    // Another process, which knows of no list.
    read(&server.psip(), COUNT).await;
    assert_eq!(server.lines().len() - for_creates, 3);
}

#[tokio::test(start_paused = true)]
async fn a_429_for_ever_ends_at_the_operations_timeout_and_says_so() {
    // The highest limit there is comes down by tenths, second by second.
    for (rate, most) in [(0.1, 100), (10.0, 100), (10_000.0, 2_000)] {
        let server = Server::script(vec![Reply::json(429, r#"{"title":"slow down"}"#)]).await;
        let psip = server.psip_with(|settings, timing| {
            settings.max_requests_per_second = rate;
            *timing = Timing::default();
        });
        let begun = Instant::now();
        let operation = Operation::new(TIMEOUT, CancellationToken::new());
        let error = match psip.create_domain(&operation, &desired(0), &|_| true).await {
            Err(CreateError::Failed(error)) => error,
            other => panic!("{rate}: {other:?}"),
        };
        assert!(begun.elapsed() <= TIMEOUT, "{rate}: {:?}", begun.elapsed());
        assert!(
            begun.elapsed() >= TIMEOUT / 2,
            "{rate}: {:?}",
            begun.elapsed()
        );
        let told = explain(&error);
        assert!(told.contains("429 Too Many Requests"), "{rate}: {told}");
        assert!(told.contains("for this operation"), "{rate}: {told}");
        let sent = server.count("POST");
        assert!(sent <= most, "{rate}: {sent} requests");
    }
}

/// So many a second, whoever asks.
fn limit(a_second: usize) -> impl FnMut() -> bool + Send + 'static {
    let mut passed: VecDeque<Instant> = VecDeque::new();
    move || {
        passed.retain(|at| at.elapsed() < Duration::from_secs(1));
        let is_allowed = passed.len() < a_second;
        if is_allowed {
            passed.push_back(Instant::now());
        }
        is_allowed
    }
}

#[tokio::test(start_paused = true)]
async fn fifty_processes_under_one_limit_of_three_a_second_finish_every_apply() {
    let server = Server::handling(keeping(limit(3))).await;
    let creates = (0..50).map(|number| {
        let psip = server.psip_with(|settings, timing| {
            settings.max_requests_per_second = 10.0;
            *timing = Timing::default();
        });
        async move {
            let operation = Operation::new(TIMEOUT, CancellationToken::new());
            let desired = desired(number);
            psip.create_domain(&operation, &desired, &|_| true).await
        }
    });
    for created in join_all(creates).await {
        assert_eq!(created.unwrap().visibility, Visibility::Confirmed);
    }
}
