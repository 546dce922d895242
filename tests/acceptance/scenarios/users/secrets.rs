//! Secrets of users: they arrive as they are written, and come to light nowhere else.

use serde_json::Value;

use super::{ALICE, alice, since_write_only, user};
use crate::{
    sandbox::API_SECRET,
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(every_character_of_a_secret_arrives),
        since_write_only(scenario!(secrets_come_to_light_only_where_they_must).differing_by_cli()),
    ]
}

fn every_character_of_a_secret_arrives(workspace: &mut Workspace) {
    for (written, meant) in [
        (r#"Quoted \"twice\" 1"#, r#"Quoted "twice" 1"#),
        (r"Back\\slash\\\\ed-1", r"Back\slash\\ed-1"),
        (r"Ünïcödé-ß-1A-Σ-😀", "Ünïcödé-ß-1A-Σ-😀"),
        (r"100%-Percent-%41%", "100%-Percent-%41%"),
        (r"$${Dollar}-%%{if}-1", "${Dollar}-%{if}-1"),
        (r"<A1a>&amp;'`;--", "<A1a>&amp;'`;--"),
    ] {
        workspace.apply(&alice(&format!("  secret = \"{written}\"")));
        assert_eq!(workspace.sandbox().secrets("office")["alice"], meant);
        let state = workspace.state();
        assert_eq!(state.values(ALICE)["secret"], meant);
    }
}

const PLAIN: &str = "Plain-S3cret/of\\alice\"%";
const WRITE_ONLY: &str = "Wr1te-only/S3cret\\of\"bob%";

fn configuration(version: u32) -> String {
    let variables = "variable \"plain\" {\n  type = string\n  sensitive = true\n}\n\
                     variable \"write_only\" {\n  type = string\n  sensitive = true\n  ephemeral = true\n}\n";
    let bob = format!("  secret_wo = var.write_only\n  secret_wo_version = {version}");
    format!(
        "{variables}{}{}",
        alice("  secret = var.plain"),
        user("bob", &bob)
    )
}

/// The parts of the three secrets that survive every escaping, and the beginning of the `Authorization` header.
const MARKS: [&str; 4] = [
    "Acc0unt",
    "Plain-S3cret",
    "Wr1te-only",
    "c2FuZGJveDpBY2MwdW50",
];

/// Fails if any secret is in a text; `allowed` may be.
#[track_caller]
fn assert_dark(what: &str, text: &str, allowed: &[&str]) {
    for mark in MARKS {
        assert!(
            allowed.contains(&mark) || !text.contains(mark),
            "{mark:?} is in {what}"
        );
    }
}

fn secrets_come_to_light_only_where_they_must(workspace: &mut Workspace) {
    for (secret, mark) in [API_SECRET, PLAIN, WRITE_ONLY].iter().zip(MARKS) {
        assert!(secret.contains(mark), "{mark:?} marks nothing");
    }
    workspace.set_variable("TF_LOG", Some("TRACE"));
    workspace.set_variable("TF_VAR_plain", Some(PLAIN));
    workspace.set_variable("TF_VAR_write_only", Some(WRITE_ONLY));
    for version in [1, 2] {
        workspace.write("main.tf", &configuration(version));
        let planned = workspace.run(&["plan", "-no-color", "-out=plan.bin"]);
        assert_dark(
            "the plan's output and log",
            &planned.expect_code(0, "a plan").text(),
            &[],
        );
        assert_dark("the plan file", &workspace.read("plan.bin"), &[]);
        let applied = workspace.run(&["apply", "-no-color", "plan.bin"]);
        let text = applied.expect_code(0, "applied").text();
        assert!(
            text.contains("HTTP request answered"),
            "requests are logged"
        );
        assert_dark("the apply's output and log", &text, &[]);
    }
    workspace.set_variable("TF_LOG", None);
    let secrets = workspace.sandbox().secrets("office");
    assert_eq!([&secrets["alice"], &secrets["bob"]], [PLAIN, WRITE_ONLY]);
    assert_dark("the journal", &workspace.sandbox().journal_text(), &[]);

    let shown = workspace
        .run(&["show", "-json", "plan.bin"])
        .expect_code(0, "a plan");
    assert_dark("the plan as JSON", &shown.stdout, &["Plain-S3cret"]);
    let plan = shown.json();
    let change = plan["resource_changes"].as_array().unwrap().iter();
    let change = change
        .into_iter()
        .find(|it| it["address"] == ALICE)
        .unwrap();
    assert_eq!(change["change"]["after_sensitive"]["secret"], true);

    assert_dark(
        "the state file",
        &workspace.read("terraform.tfstate"),
        &["Plain-S3cret"],
    );
    let state: Value = workspace.run(&["show", "-json"]).json();
    let resources = state["values"]["root_module"]["resources"]
        .as_array()
        .unwrap();
    let found = resources.iter().find(|it| it["address"] == ALICE).unwrap();
    assert_eq!(found["sensitive_values"]["secret"], true);
    assert_eq!(found["values"]["secret"], PLAIN);
    let human = workspace.run(&["show", "-no-color"]).text();
    assert_dark("the state as text", &human, &[]);
}
