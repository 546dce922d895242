//! Runs that end in the middle: by Ctrl-C they clean up, and after a kill `--clean` does.

use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt as _};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;
use tempfile::TempDir;
use vonage_sandbox::{Options, Sandbox};

use super::identification::number;
use super::{account, probe, random, report, told};

/// A sandbox that is slow enough for a signal to come in the middle.
async fn slow() -> Sandbox {
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    account::furnish(&sandbox);
    let latency = json!({ "latency": "5ms" });
    sandbox
        .patch_switches(latency.as_object().unwrap().clone())
        .unwrap();
    sandbox
}

/// Starts a run in the folder, and sends it a signal after so many requests. Its exit code, and what it told.
async fn interrupted(
    sandbox: &Sandbox,
    folder: &Path,
    requests: usize,
    signal: Signal,
) -> (Option<i32>, String) {
    let mut run = probe(sandbox, folder, &["--yes"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let id = Pid::from_raw(run.id().unwrap().try_into().unwrap());
    while sandbox.journal().len() < requests && run.try_wait().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // It may have come to its end by itself.
    let _ = kill(id, signal);
    let output = run.wait_with_output().await.unwrap();
    (output.status.code(), told(&output))
}

#[tokio::test]
async fn after_ctrl_c_nothing_is_left() {
    let interrupt = async |requests| {
        let sandbox = slow().await;
        let before = account::contents(&sandbox);
        let folder = tempfile::tempdir().unwrap();
        let (code, text) = interrupted(&sandbox, folder.path(), requests, Signal::SIGINT).await;
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("ended before its end"), "{text}");
        assert_eq!(account::contents(&sandbox), before, "{text}");
        assert_eq!(report(&folder)["state"], "stopped");
    };
    join_all([1, 20, 90].map(interrupt)).await;
}

async fn clean(sandbox: &Sandbox, folder: &TempDir) -> (bool, String) {
    let output = probe(sandbox, folder.path(), &["--clean"]).output().await;
    let output = output.unwrap();
    (output.status.success(), told(&output))
}

#[tokio::test]
async fn what_a_killed_run_left_is_found_by_lists_or_by_its_report() {
    let cases = [
        (6, 200, true),
        (40, 200, false),
        (70, 403, true),
        (80, 200, false),
        (100, 500, true),
    ];
    join_all(cases.map(killed)).await;
}

async fn killed((requests, list_status, has_report): (usize, u16, bool)) {
    let sandbox = slow().await;
    let before = account::contents(&sandbox);
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = interrupted(&sandbox, folder.path(), requests, Signal::SIGKILL).await;
    assert_eq!(code, None);
    assert_ne!(account::contents(&sandbox), before, "{requests}");
    assert_eq!(report(&folder)["state"], "running");
    let switches = json!({ "list_status": list_status, "latency": "0s" });
    let switches = switches.as_object().unwrap().clone();
    sandbox.patch_switches(switches).unwrap();
    sandbox.clear_journal();
    let elsewhere = tempfile::tempdir().unwrap();
    let place = if has_report { &folder } else { &elsewhere };
    let (is_clean, text) = clean(&sandbox, place).await;
    assert!(is_clean, "{text}");
    assert_eq!(account::contents(&sandbox), before, "{text}");
    let journal = sandbox.journal();
    let mut writes = journal.iter().filter(|record| record.method != "GET");
    assert!(writes.all(account::is_about_own));
}

#[tokio::test]
async fn what_a_killed_run_left_is_found_under_random_settings() {
    let seed = number("PROBE_SEED", 1);
    let seeds = stream::iter(seed..seed + number("PROBE_RUNS", RUNS));
    seeds
        .for_each_concurrent(RUNS_AT_ONCE, killed_anywhere)
        .await;
}

async fn killed_anywhere(seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let sandbox = slow().await;
    sandbox.patch_switches(random::settings(&mut rng)).unwrap();
    let before = account::contents(&sandbox);
    let folder = tempfile::tempdir().unwrap();
    let requests = rng.usize(1..120);
    interrupted(&sandbox, folder.path(), requests, Signal::SIGKILL).await;
    let (is_clean, text) = clean(&sandbox, &folder).await;
    assert!(is_clean, "seed {seed}: {text}");
    assert_eq!(account::contents(&sandbox), before, "seed {seed}: {text}");
}

const RUNS: u64 = 12;
const RUNS_AT_ONCE: usize = 12;

#[tokio::test]
async fn what_cannot_be_found_is_told() {
    let sandbox = slow().await;
    let folder = tempfile::tempdir().unwrap();
    let before = account::contents(&sandbox);
    let forbidden = json!({ "list_status": 403 });
    sandbox
        .patch_switches(forbidden.as_object().unwrap().clone())
        .unwrap();
    let (is_clean, text) = clean(&sandbox, &folder).await;
    assert!(!is_clean);
    assert!(text.contains("domains of a run may be there"), "{text}");
    assert_eq!(account::contents(&sandbox), before);
}
