//! Plans of unchanged domains, beside plans that read each domain by itself because the API forbids lists.

use std::time::Duration;

use serde_json::json;

use super::stage::account::Account;
use super::stage::domains::FIRST;
use super::stage::host::Workspace;
use super::stage::table::real;
use super::{Bench, LATENCIES, grouped};

/// What is read together, and what is read one by one.
struct Point {
    latency: &'static str,
    count: usize,
    together: Refresh,
    one_by_one: Refresh,
}

/// What one plan took.
struct Refresh {
    requests: usize,
    wall: Duration,
}

/// The most requests that a plan may take.
fn budget(count: usize) -> Option<f64> {
    match count {
        1 => Some(1.0),
        1_000 => Some(5.0),
        10_000 => Some(12.0),
        _ => None,
    }
}

pub(super) fn measure(bench: &mut Bench) {
    for latency in LATENCIES {
        for count in bench.counts.clone() {
            let point = point(bench, latency, count);
            tell(bench, &point);
        }
    }
}

fn point(bench: &Bench, latency: &'static str, count: usize) -> Point {
    let account = Account::with(&bench.provider, count);
    let plan = |is_single: bool| {
        let workspace = Workspace::new(&bench.cli, &bench.provider, &account);
        workspace.configure(count, FIRST);
        workspace.settle(count);
        account.reset();
        account.set_latency(latency);
        if is_single {
            account.switch(&json!({ "list_status": 403 }));
        }
        let wall = workspace.plan().wall;
        let requests = account.requests().all;
        Refresh { requests, wall }
    };
    Point {
        latency,
        count,
        together: plan(false),
        one_by_one: plan(true),
    }
}

fn tell(bench: &mut Bench, point: &Point) {
    let count = grouped(point.count);
    let what = format!("plan of {count} at {}: requests", point.latency);
    let requests = point.together.requests;
    match budget(point.count) {
        Some(budget) => bench.table.budgeted(what, real(requests), "", budget),
        None => bench.table.row(what, requests),
    }
    bench.table.row(
        "the same without lists: requests",
        point.one_by_one.requests,
    );
    bench.table.row(
        format!(
            "plan of {count} at {}: time, and without lists",
            point.latency
        ),
        format!(
            "{:.1} s, {:.1} s",
            point.together.wall.as_secs_f64(),
            point.one_by_one.wall.as_secs_f64()
        ),
    );
}
