//! The `probe` command as a process: what it finds out of a sandbox, and what it leaves there.

mod account;
mod faults;
mod hidden;
mod identification;
/// It sends signals.
#[cfg(unix)]
mod interrupted;
mod random;

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;
use vonage_sandbox::{Options, Sandbox};

use crate::support::sandbox::variables;

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");
const REPORT: &str = "probe-report.json";

/// The command in a folder, on a sandbox.
fn probe(sandbox: &Sandbox, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROVIDER);
    command
        .arg("probe")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables(sandbox.url(), &Options::default()))
        .env("VONAGE_MAX_REQUESTS_PER_SECOND", "1000")
        .kill_on_drop(true);
    command
}

fn report(folder: &TempDir) -> Value {
    let text = std::fs::read_to_string(folder.path().join(REPORT)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn told(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    format!("{out}{err}")
}

#[tokio::test]
async fn without_a_yes_nothing_is_done() {
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = probe(&sandbox, folder.path(), &[]).output().await.unwrap();
    assert!(!output.status.success());
    assert!(told(&output).starts_with("Nothing was done. With --yes"));
    assert!(sandbox.journal().is_empty());
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn where_nothing_could_be_made_there_is_no_talk_of_cleaning() {
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut command = probe(&sandbox, folder.path(), &["--yes"]);
    let output = command.env("VONAGE_API_SECRET", "Wrong-Secret-22").output();
    let output = output.await.unwrap();
    assert!(!output.status.success());
    let text = told(&output);
    assert!(
        text.contains("does not accept the key and the secret"),
        "{text}"
    );
    assert!(!text.contains("left in the account"), "{text}");
    assert_eq!(report(&folder)["state"], "stopped");
}

#[tokio::test]
async fn a_report_that_is_there_is_not_written_over() {
    let sandbox = vonage_sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(REPORT), "mine").unwrap();
    let output = probe(&sandbox, folder.path(), &["--yes"]).output().await;
    let output = output.unwrap();
    assert!(!output.status.success());
    assert!(told(&output).contains("probe --clean"));
    assert!(sandbox.journal().is_empty());
    let kept = std::fs::read_to_string(folder.path().join(REPORT)).unwrap();
    assert_eq!(kept, "mine");
}

/// The switches in the tables under a heading of the page.
fn told_in_page(heading: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/probe.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, after) = page.split_once(heading).unwrap();
    let part = after.split("\n## ").next().unwrap();
    let rows = part.lines().filter(|line| line.starts_with("| "));
    let cells = rows.filter_map(|row| row.split(" | ").nth(1));
    let mut told: Vec<String> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    told.sort_unstable();
    told
}

#[test]
fn the_page_names_each_switch_where_it_belongs() {
    let switches = vonage_sandbox::Switches::command();
    let names = switches.get_arguments().map(|it| it.get_id().to_string());
    let (mut never, mut sometimes): (Vec<String>, Vec<String>) =
        names.partition(|name| hidden::NEVER.contains(&name.as_str()));
    never.sort_unstable();
    sometimes.sort_unstable();
    assert_eq!(told_in_page("\n## What cannot be seen\n"), never);
    assert_eq!(told_in_page("\n## What can be seen\n"), sometimes);
}
