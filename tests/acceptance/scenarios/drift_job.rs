//! The drift job of `examples/drift-detection`, played: silent where all fits, and exact where it does not.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(the_drift_job_names_each_attribute_that_drifts),
        scenario!(the_drift_job_names_what_is_gone),
        scenario!(the_drift_job_tells_drift_from_what_is_not_applied),
        scenario!(the_drift_job_is_silent_where_an_apply_would_do_nothing),
        scenario!(the_drift_job_says_that_it_knows_nothing),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";
const SUMMARY: &str = "summary.md";

/// A second domain with a user, whose secret is in the state.
const DESK: &str = r#"
variable "secret" {
  type      = string
  sensitive = true
}

resource "vonage_sip_domain" "desk" {
  name        = "example-desk"
  domain_type = "trunk"
  acl         = []
  digest_auth = true
}

resource "vonage_sip_domain_user" "reception" {
  domain = vonage_sip_domain.desk.name
  key    = "reception"
  secret = var.secret
}
"#;

const SECRETS: [&str; 2] = ["Reception-Secret-1", "Reception-Secret-2"];

/// The example and a domain with a user, applied.
fn prepare(workspace: &mut Workspace) {
    workspace.remove("versions.tf");
    workspace.write_example("drift-detection");
    let workflow = workspace.read("drift.yml");
    assert!(workflow.contains("run: ./detect-drift.sh\n"));
    workspace.write("desk.tf", DESK);
    workspace.set_variable("TF_VAR_secret", Some(SECRETS[0]));
    workspace.apply_as_is(&[]);
    let cli = workspace.cli().path.display().to_string();
    workspace.set_variable("TF_CLI", Some(&cli));
    workspace.set_variable("GITHUB_STEP_SUMMARY", Some(SUMMARY));
    // What is changed from now on is drift.
    workspace.out_of_band();
}

/// Plays the job, and gives what it added to the summary.
#[track_caller]
fn play(workspace: &mut Workspace, code: i32) -> (String, Output) {
    workspace.write(SUMMARY, "");
    let output = workspace
        .run_script("detect-drift.sh", &[])
        .expect_code(code, "what the job found");
    assert_eq!(output.stdout, "");
    let summary = workspace.read(SUMMARY);
    let told = format!("{summary}{}", output.stderr);
    assert!(SECRETS.iter().all(|secret| !told.contains(secret)));
    (summary, output)
}

#[track_caller]
fn assert_silent(workspace: &mut Workspace) {
    let (summary, output) = play(workspace, 0);
    assert_eq!([summary.as_str(), output.stderr.as_str()], ["", ""]);
}

/// The lines of a summary that name objects.
fn objects(summary: &str) -> Vec<&str> {
    let lines = summary.lines();
    lines.filter(|line| line.starts_with("- ")).collect()
}

fn the_drift_job_names_each_attribute_that_drifts(workspace: &mut Workspace) {
    prepare(workspace);
    assert_silent(workspace);
    let before = workspace.sandbox().domain("example-office").unwrap();
    for (attribute, value) in [
        ("acl", json!(["180.180.180.180/30"])),
        ("acl", json!([])),
        ("application_id", Value::Null),
        (
            "application_id",
            json!("11111111-2222-4333-8444-555555555555"),
        ),
        ("tls", json!("never")),
        ("srtp", json!("always")),
        ("digest_auth", json!(true)),
        ("domain_type", json!("trunk")),
    ] {
        workspace
            .sandbox()
            .edit("example-office", json!({ attribute: value }));
        let (summary, _) = play(workspace, 2);
        let action = if attribute == "domain_type" {
            "must be replaced"
        } else {
            "will be updated in-place"
        };
        let expected = [
            format!("- `{OFFICE}` {action}: `{attribute}`"),
            format!("- `{OFFICE}` has changed: `{attribute}`"),
        ];
        assert_eq!(objects(&summary), expected, "{attribute} = {value}");
        assert!(summary.contains(&format!("~ {attribute}")) || value.is_null());
        workspace.sandbox().add(before.clone());
    }
    assert_silent(workspace);
}

fn the_drift_job_names_what_is_gone(workspace: &mut Workspace) {
    prepare(workspace);
    workspace.sandbox().remove_user("example-desk", "reception");
    let (summary, _) = play(workspace, 2);
    let user = "- `vonage_sip_domain_user.reception`";
    let gone = [
        format!("{user} will be created"),
        format!("{user} has been deleted"),
    ];
    assert_eq!(objects(&summary), gone);
    workspace.sandbox().remove("example-office");
    let (summary, _) = play(workspace, 2);
    for words in ["will be created", "has been deleted"] {
        assert!(objects(&summary).contains(&format!("- `{OFFICE}` {words}").as_str()));
    }
    workspace.apply_as_is(&[]);
    assert_silent(workspace);
}

fn the_drift_job_tells_drift_from_what_is_not_applied(workspace: &mut Workspace) {
    prepare(workspace);
    workspace.set_variable("TF_VAR_secret", Some(SECRETS[1]));
    let (summary, _) = play(workspace, 2);
    let update = "- `vonage_sip_domain_user.reception` will be updated in-place: `secret`";
    assert_eq!(objects(&summary), [update]);
    assert!(summary.contains("(sensitive value)"));
    assert!(summary.contains("has not been applied yet"));
}

fn the_drift_job_is_silent_where_an_apply_would_do_nothing(workspace: &mut Workspace) {
    prepare(workspace);
    workspace
        .sandbox()
        .edit("example-office", json!({ "tls": "never" }));
    let main = workspace.read("main.tf");
    let tls = "tls = \"always\"";
    // What the dashboard has by now, and what nobody is to look at.
    for instead in [
        "tls = \"never\"",
        "lifecycle {\n    ignore_changes = [tls]\n  }",
    ] {
        let changed = main.replace(tls, instead);
        assert_ne!(changed, main);
        workspace.write("main.tf", &changed);
        assert_silent(workspace);
        workspace
            .run(&["plan", "-refresh-only", "-detailed-exitcode", "-no-color"])
            .expect_code(2, "a refresh alone finds it");
    }
}

fn the_drift_job_says_that_it_knows_nothing(workspace: &mut Workspace) {
    prepare(workspace);
    workspace.set_variable("VONAGE_API_SECRET", Some("Wrong5ecret"));
    let (summary, output) = play(workspace, 1);
    assert!(summary.contains("The check for drift failed"));
    assert!(summary.contains("401") && summary.contains(OFFICE));
    assert!(!summary.contains("Wrong5ecret") && !output.stderr.contains("Wrong5ecret"));
    workspace.set_variable("VONAGE_API_SECRET", None);
    workspace.set_variable("TF_CLI", Some("no-such-cli"));
    let (summary, _) = play(workspace, 1);
    assert!(summary.contains("no-such-cli"));
}
