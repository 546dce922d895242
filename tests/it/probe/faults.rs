//! When things go wrong, the account is as before in the end, or what may be left is told; and nothing wrong is reported.

use fastrand::Rng;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use vonage_sandbox::{Fault, Options};

use super::identification::number;
use super::{account, probe, report, told};

/// What somebody reads who has to clean.
const LEFT: &str = "Something may be left in the account";
const RUNS: u64 = 12;
/// Most of a run is waiting.
const AT_ONCE: usize = 32;

#[tokio::test]
async fn faults_that_pass_leave_the_account_as_it_was_or_say_what_is_left() {
    let mut scripts = vec![
        // An application that is made, though nobody hears of it.
        json!([{ "method": "POST", "path": "/v2/applications", "reset": true, "at": "after", "times": 1 }]),
        json!([{ "method": "POST", "path": "/v2/applications", "skip": 1, "status": 500, "at": "after", "times": 1 }]),
        json!([{ "method": "POST", "path": "/v1/psip", "reset": true, "at": "after" }]),
        json!([{ "method": "PUT", "status": 503, "at": "after" }]),
        json!([{ "method": "DELETE", "status": 500, "times": 8 }]),
        json!([{ "method": "DELETE", "reset": true, "at": "before", "times": 6 }]),
        json!([{ "method": "DELETE", "reset": true, "at": "after", "times": 20 }]),
        json!([{ "status": 429, "retry_after": 1, "skip": 20, "times": 5 }]),
        json!([{ "status": 404, "body": "html", "method": "DELETE", "times": 7 }]),
        json!([{ "status": 403, "body": "html", "skip": 30, "times": 30 }]),
        json!([{ "status": 200, "body": "html", "method": "GET", "skip": 10, "times": 20 }]),
        json!([{ "truncate": 10, "skip": 15, "times": 40 }]),
        json!([{ "status": 401 }]),
        json!([{ "method": "DELETE", "status": 503, "times": 30 }]),
    ];
    let (seed, runs) = (number("PROBE_SEED", 1), number("PROBE_RUNS", RUNS));
    if runs > RUNS {
        // For good: these take all the time that a cleaning has.
        scripts.push(json!([{ "status": 500, "skip": 60 }]));
        scripts.push(json!([{ "method": "DELETE", "status": 503 }]));
    }
    scripts.extend((seed..seed + runs).map(random));
    let outcomes = stream::iter(scripts).map(play).buffer_unordered(AT_ONCE);
    let wrong: Vec<String> = outcomes.flat_map(stream::iter).collect().await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Some faults at random places.
fn random(seed: u64) -> Value {
    let mut rng = Rng::with_seed(seed);
    let faults = (0..rng.usize(1..=10)).map(|_| {
        let mut fault = match rng.u8(..6) {
            0 => json!({ "status": 500 }),
            1 => json!({ "status": 503, "at": "after" }),
            2 => json!({ "reset": true, "at": "after" }),
            3 => json!({ "reset": true, "at": "before" }),
            4 => json!({ "status": 429, "retry_after": 1 }),
            _ => json!({ "status": 403, "body": "html" }),
        };
        fault["skip"] = rng.u32(..130).into();
        fault["times"] = rng.u32(1..=3).into();
        fault
    });
    faults.collect()
}

/// What is wrong after a run with these faults.
async fn play(faults: Value) -> Vec<String> {
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    account::furnish(&sandbox);
    let before = account::contents(&sandbox);
    sandbox.set_faults(Fault::list_from_json(faults.to_string().as_bytes()).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let output = probe(&sandbox, folder.path(), &["--yes"]).output().await;
    let output = output.unwrap();
    let mut wrong = Vec::new();
    let mut fail = |what: String| wrong.push(format!("{faults}: {what}"));
    let is_clean = account::contents(&sandbox) == before;
    let text = told(&output);
    if !is_clean && !text.contains(LEFT) {
        fail(format!("something is left, and not told: {text}"));
    }
    if text.contains(LEFT) {
        if output.status.success() {
            fail("something may be left, and the exit code is 0".to_owned());
        }
        sandbox.set_faults(Vec::new());
        let output = probe(&sandbox, folder.path(), &["--clean"]).output().await;
        let output = output.unwrap();
        if !output.status.success() || account::contents(&sandbox) != before {
            fail(format!("not cleaned: {}", told(&output)));
        }
    }
    for record in sandbox.journal() {
        if record.method != "GET" && !account::is_about_own(&record) {
            fail(format!("{} {}", record.method, record.path));
        }
    }
    let settings = sandbox.switches().to_object();
    for question in report(&folder)["questions"].as_array().unwrap() {
        let switch = question["switch"].as_str().unwrap();
        // How long an answer took is seen, and not how long it would have taken.
        let is_time = switch == "visibility_delay";
        match question.get("value") {
            Some(value) if *value != settings[switch] && !is_time => {
                fail(format!("{switch}: {value} ({})", question["seen"]));
            }
            _ => {}
        }
    }
    wrong
}
