//! The `sandbox` command: flags, what it prints, and how it fails.

use std::future::ready;
use std::time::Duration;

use clap::Parser;
use http::StatusCode;
use vonage_sandbox::switches::{AclEcho, VisibilityDelay};
use vonage_sandbox::{Seed, Switches};

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    options: Options,
}

fn options(flags: &[&str]) -> Result<Options, clap::Error> {
    let line = std::iter::once(&"sandbox").chain(flags);
    Line::try_parse_from(line).map(|line| line.options)
}

/// A writer whose reader has gone.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn without_flags_the_options_are_the_library_s_defaults() {
    let (parsed, default) = (options(&[]).unwrap(), Options::default());
    assert_eq!(parsed.listen, default.listen);
    assert_eq!(
        (parsed.api_key, parsed.api_secret),
        (default.api_key, default.api_secret)
    );
    assert_eq!((parsed.state, parsed.seed), (default.state, default.seed));
    assert_eq!(parsed.switches, default.switches);
    assert!(!parsed.allow_non_loopback);
}

#[test]
fn flags_set_switches_and_seed() {
    let options = options(&[
        "--acl-echo=add-32",
        "--visibility-delay=create=3s",
        "--put-status=201",
        "--acl-max=16",
        "--seed=300",
        "--fault",
        r#"{"method":"POST","status":503,"times":2}"#,
        "--fault",
        r#"{"reset":true}"#,
    ])
    .unwrap();
    let create = Duration::from_secs(3);
    assert_eq!(
        options.switches,
        Switches {
            acl_echo: AclEcho::Add32,
            visibility_delay: VisibilityDelay {
                create,
                ..VisibilityDelay::default()
            },
            put_status: StatusCode::CREATED,
            acl_max: Some(16),
            ..Switches::default()
        }
    );
    assert_eq!(options.seed, Some(Seed::Count(300)));
    let statuses: Vec<_> = options.faults.iter().map(|fault| fault.status).collect();
    assert_eq!(statuses, [Some(503), None]);
}

#[test]
fn wrong_values_are_refused_before_anything_starts() {
    for flag in [
        "--acl-echo=upside-down",
        "--put-status=202",
        "--visibility-delay=3",
        "--listen=localhost",
        "--fault={}",
        "--fault={\"explode\":true}",
    ] {
        assert!(options(&[flag]).is_err(), "{flag}");
    }
}

#[tokio::test]
async fn the_lines_to_paste_name_the_port_that_was_bound() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let options = options(&["--api-secret", "it's $ecret"]).unwrap();
    run_until(options, &mut out, &mut err, ready(()))
        .await
        .unwrap();
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    let (before, after) = if cfg!(windows) {
        ("$env:VONAGE_BASE_URL = '", "'")
    } else {
        ("export VONAGE_BASE_URL=", "")
    };
    let url = lines[2].strip_prefix(before).unwrap();
    let url = url.strip_suffix(after).unwrap();
    assert!(
        url.starts_with("http://127.0.0.1:") && !url.ends_with(":0"),
        "{url}"
    );
    assert!(lines[0].contains(url));
    let credentials = if cfg!(windows) {
        [
            "$env:VONAGE_API_KEY = 'sandbox'",
            "$env:VONAGE_API_SECRET = 'it''s $ecret'",
        ]
    } else {
        [
            "export VONAGE_API_KEY=sandbox",
            r"export VONAGE_API_SECRET='it'\''s $ecret'",
        ]
    };
    assert_eq!(lines[3..], credentials);
    let journal = format!("Requests so far: {url}/_sandbox/journal?token=");
    let token = lines[1].strip_prefix(&journal).unwrap();
    assert_eq!(token.len(), 32, "{out}");
    assert!(err.is_empty());
}

#[tokio::test]
async fn an_address_that_others_can_reach_must_be_forced_and_warns() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let refused = options(&["--listen=0.0.0.0:0"]).unwrap();
    let error = run_until(refused, &mut out, &mut err, ready(()))
        .await
        .unwrap_err();
    assert!(
        explain(&error).contains("0.0.0.0:0 is not a loopback address"),
        "{}",
        explain(&error)
    );
    assert!(out.is_empty() && err.is_empty());

    let forced = options(&["--listen=0.0.0.0:0", "--allow-non-loopback"]).unwrap();
    run_until(forced, &mut out, &mut err, ready(()))
        .await
        .unwrap();
    assert!(
        String::from_utf8(err)
            .unwrap()
            .starts_with("Warning: 0.0.0.0:0")
    );
    assert!(
        String::from_utf8(out)
            .unwrap()
            .contains("http://127.0.0.1:")
    );
}

#[tokio::test]
async fn a_sandbox_that_nobody_can_find_does_not_stay() {
    let outcome = run_until(
        options(&[]).unwrap(),
        &mut Closed,
        &mut Vec::new(),
        std::future::pending(),
    )
    .await;
    assert!(matches!(outcome, Err(CommandError::Output(_))));
}

#[tokio::test]
async fn a_failure_is_told_in_one_line_with_its_causes() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    std::fs::write(&state, "[").unwrap();
    let mut err = Vec::new();
    let options = options(&["--state", state.to_str().unwrap()]).unwrap();
    assert_eq!(
        run(options, &mut Vec::new(), &mut err).await,
        ExitCode::FAILURE
    );
    let err = String::from_utf8(err).unwrap();
    assert!(
        err.starts_with("Error: the sandbox did not start: the state file cannot be used: "),
        "{err}"
    );
    assert!(
        err.contains("state.json") && err.lines().count() == 1,
        "{err}"
    );
}

#[test]
fn an_unknown_field_of_a_fault_is_named() {
    let refused = options(&["--fault", r#"{"explode":true}"#]).unwrap_err();
    let refused = refused.to_string();
    assert!(refused.contains("unknown field `explode`"), "{refused}");
}

#[tokio::test]
async fn a_second_sandbox_on_a_state_file_says_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let line = ["--state", state.to_str().unwrap()];
    let first = vonage_sandbox::start(options(&line).unwrap())
        .await
        .unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let second = run_until(options(&line).unwrap(), &mut out, &mut err, ready(()));
    let refused = explain(&second.await.unwrap_err());
    let holder = format!("(process {} on {})", std::process::id(), first.url());
    assert!(refused.contains(&holder), "{refused}");
    assert!(out.is_empty());
}
