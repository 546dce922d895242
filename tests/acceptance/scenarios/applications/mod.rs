//! Applications: their life, what drifts, what refers to them, how they are looked up, and what never comes to light.

mod drift;
mod life;
mod lookups;
mod references;
mod secrecy;
mod validation;

use serde_json::Value;

use crate::{scenario::Scenario, workspace::Workspace};

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        drift::scenarios(),
        life::scenarios(),
        lookups::scenarios(),
        references::scenarios(),
        secrecy::scenarios(),
        validation::scenarios(),
    ]
    .concat()
}

const PBX: &str = "vonage_application.pbx";

/// RSA, of 2048 bits; nobody has kept its other half.
const PUBLIC_KEY: &str = include_str!("public_key.pem");
/// Another one.
const OTHER_PUBLIC_KEY: &str = include_str!("other_public_key.pem");

fn pbx(lines: &str) -> String {
    format!("resource \"vonage_application\" \"pbx\" {{\n  name = \"pbx-eu\"\n{lines}\n}}\n")
}

fn with_voice(lines: &str) -> String {
    pbx(&format!(
        "voice = {{\n  answer_url = {{ address = \"https://voice.example.com/answer\" }}\n{lines}\n}}"
    ))
}

fn with_key(key: &str) -> String {
    pbx(&format!("public_key = <<-PEM\n{key}\nPEM"))
}

/// The only application of the account.
#[track_caller]
fn only(workspace: &mut Workspace) -> Value {
    let mut all = workspace.sandbox().applications();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// The ID of the only application of the account.
#[track_caller]
fn only_id(workspace: &mut Workspace) -> String {
    only(workspace)["id"].as_str().unwrap().to_owned()
}
