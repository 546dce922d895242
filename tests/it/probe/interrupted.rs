//! Runs that end in the middle: by Ctrl-C they clean up, and after a kill `--clean` does.

use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;
use tempfile::TempDir;
use vonage_sandbox::{Options, Sandbox};

use super::{account, probe, report, told};

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
    let run = probe(sandbox, folder, &["--yes"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let id = Pid::from_raw(run.id().unwrap().try_into().unwrap());
    while sandbox.journal().len() < requests {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    kill(id, signal).unwrap();
    let output = run.wait_with_output().await.unwrap();
    (output.status.code(), told(&output))
}

#[tokio::test]
async fn after_ctrl_c_nothing_is_left() {
    for requests in [1, 20, 90] {
        let sandbox = slow().await;
        let before = account::contents(&sandbox);
        let folder = tempfile::tempdir().unwrap();
        let (code, text) = interrupted(&sandbox, folder.path(), requests, Signal::SIGINT).await;
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("ended before its end"), "{text}");
        assert_eq!(account::contents(&sandbox), before, "{text}");
        assert_eq!(report(&folder)["state"], "stopped");
    }
}

async fn clean(sandbox: &Sandbox, folder: &TempDir) -> (bool, String) {
    let output = probe(sandbox, folder.path(), &["--clean"]).output().await;
    let output = output.unwrap();
    (output.status.success(), told(&output))
}

#[tokio::test]
async fn what_a_killed_run_left_is_found_by_lists_or_by_its_report() {
    for (requests, list_status, has_report) in [
        (6, 200, true),
        (40, 200, false),
        (70, 403, true),
        (80, 200, false),
        (100, 500, true),
    ] {
        let sandbox = slow().await;
        let before = account::contents(&sandbox);
        let folder = tempfile::tempdir().unwrap();
        let (code, _) = interrupted(&sandbox, folder.path(), requests, Signal::SIGKILL).await;
        assert_eq!(code, None);
        assert_ne!(
            account::contents(&sandbox),
            before,
            "after {requests} requests"
        );
        assert_eq!(report(&folder)["state"], "running");
        let switches = json!({ "list_status": list_status, "latency": "0s" });
        sandbox
            .patch_switches(switches.as_object().unwrap().clone())
            .unwrap();
        sandbox.clear_journal();
        let elsewhere = tempfile::tempdir().unwrap();
        let place = if has_report { &folder } else { &elsewhere };
        let (is_clean, text) = clean(&sandbox, place).await;
        assert!(is_clean, "{text}");
        assert_eq!(account::contents(&sandbox), before, "{text}");
        let journal = sandbox.journal();
        let writes = journal.iter().filter(|record| record.method != "GET");
        assert!(writes.into_iter().all(account::is_about_own));
    }
}

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
