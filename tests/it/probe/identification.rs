//! On sandboxes with random settings the probe reports exactly these, and leaves the account as it was.

use fastrand::Rng;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};
use vonage_sandbox::{API_SECRET, Object, Options};

use super::account::{self, OFFICE};
use super::hidden::is_hidden;
use super::{probe, random, report, told};

/// Runs where `PROBE_RUNS` gives no other number, from the seed `PROBE_SEED` on.
const RUNS: u64 = 12;
const SEED: u64 = 1;
/// Most of a run is waiting.
const AT_ONCE: usize = 32;

pub(super) fn number(variable: &str, default: u64) -> u64 {
    let text = ProcessEnvironment.get(variable);
    text.map_or(default, |text| text.parse().unwrap())
}

#[tokio::test]
async fn random_settings_of_the_switches_are_found_out() {
    let (seed, runs) = (number("PROBE_SEED", SEED), number("PROBE_RUNS", RUNS));
    let outcomes: Vec<(usize, Vec<String>)> = stream::iter(seed..seed + runs)
        .map(identify)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let wrong: Vec<&String> = outcomes.iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let answered: usize = outcomes.iter().map(|(answered, _)| answered).sum();
    // Where most were hidden, the rest would say little.
    assert!(answered / outcomes.len() > 60, "{answered} in {runs} runs");
}

/// How many switches were seen, and what is wrong with the report or the account.
async fn identify(seed: u64) -> (usize, Vec<String>) {
    let mut rng = Rng::with_seed(seed);
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    let is_furnished = rng.bool();
    if is_furnished {
        account::furnish(&sandbox);
    }
    let switches = sandbox.patch_switches(random::settings(&mut rng)).unwrap();
    let settings = switches.to_object();
    let before = account::contents(&sandbox);
    let folder = tempfile::tempdir().unwrap();
    let output = probe(&sandbox, folder.path(), &["--yes"]).output().await;
    let output = output.unwrap();
    let mut wrong = Vec::new();
    let mut fail = |what: String| wrong.push(format!("seed {seed}: {what}"));
    if !output.status.success() {
        fail(told(&output));
    }
    if account::contents(&sandbox) != before {
        fail(format!(
            "the account is not as before: {:?}",
            account::contents(&sandbox)
        ));
    }
    for record in sandbox.journal() {
        if record.method != "GET" && !account::is_about_own(&record) {
            fail(format!("{} {}", record.method, record.path));
        }
    }
    let report = report(&folder);
    for text in [report.to_string(), told(&output)] {
        for hidden in [
            API_SECRET,
            "447700900001",
            "Wonderland",
            OFFICE,
            "PRIVATE KEY",
        ] {
            if text.contains(hidden) {
                fail(format!("{hidden} is told"));
            }
        }
    }
    let requests = sandbox.journal().len();
    if report["requests"] != requests || requests > 600 {
        fail(format!(
            "{requests} requests, and {} told",
            report["requests"]
        ));
    }
    let questions = report["questions"].as_array().unwrap();
    let mut answered = 0;
    for question in questions {
        let switch = question["switch"].as_str().unwrap();
        let set = &settings[switch];
        match question.get("value") {
            // Replicas that are behind make it longer.
            Some(_) if switch == "visibility_delay" && settings["replica_lag"] != "0s" => {}
            Some(value) if plays(switch, value, set) => answered += 1,
            Some(value) => fail(format!(
                "{switch} is {set}, and {value} was seen ({})",
                question["seen"]
            )),
            None if is_hidden(switch, &settings, is_furnished) => {}
            None => fail(format!(
                "{switch} is {set}, and not seen: {}",
                question["not_seen"]
            )),
        }
    }
    let mut told: Vec<&str> = questions
        .iter()
        .map(|it| it["switch"].as_str().unwrap())
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        settings.keys().map(String::as_str).collect::<Vec<_>>()
    );
    check_switches(&report, questions);
    (answered, wrong)
}

/// Whether a value that was told stands for the one that is set.
fn plays(switch: &str, told: &Value, set: &Value) -> bool {
    let beyond = |bound: u64| told.is_null() && set.as_u64().is_some_and(|set| set >= bound);
    match switch {
        "acl_max" => told == set || beyond(64),
        "acl_shortest" => told == set || told.is_null() && set.as_u64().is_some_and(|it| it <= 4),
        "application_name_max" => told == set || beyond(256),
        "list_page_size" => told == set || told.is_null() && *set == json!(100),
        "visibility_delay" => is_near(told.as_str().unwrap(), set.as_str().unwrap()),
        _ => told == set,
    }
}

/// A delay is as exact as the polls that have found it, on a machine that has other work.
fn is_near(told: &str, set: &str) -> bool {
    if set == "0s" || told == "0s" {
        return told == set;
    }
    told.split(',').all(|part| {
        let (_, delay) = part.split_once('=').unwrap();
        let ms: u64 = delay.strip_suffix("ms").unwrap().parse().unwrap();
        (300..=3000).contains(&ms)
    })
}

/// The report has what was seen in the form that a sandbox takes, too.
fn check_switches(report: &Value, questions: &[Value]) {
    let seen = questions.iter().filter(|it| it.get("value").is_some());
    let seen = seen.map(|it| {
        (
            it["switch"].as_str().unwrap().to_owned(),
            it["value"].clone(),
        )
    });
    assert_eq!(report["switches"], Value::Object(seen.collect::<Object>()));
}
