//! The install command: from it on each CLI finds the provider with no network and no settings, until it is uninstalled.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    scenario::{Scenario, scenario},
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_empty_home_is_all_that_install_needs).differing_by_cli(),
        scenario!(a_home_with_settings_elsewhere_keeps_them_there),
    ]
}

const DOMAIN: &str = r#"
resource "vonage_sip_domain" "office" {
  name           = "example-office"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = ["190.190.190.190"]
}
"#;

/// A CLI without settings of its own, and any request past this machine an error at once.
fn isolate(workspace: &mut Workspace) {
    workspace.write("empty.tfrc", "");
    workspace.set_variable("TF_CLI_CONFIG_FILE", Some("empty.tfrc"));
    // Port 1 is nobody's. The sandbox is on a loopback address, for which no proxy is asked.
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        workspace.set_variable(name, Some("http://127.0.0.1:1"));
    }
    workspace.set_variable("NO_PROXY", Some("127.0.0.1"));
}

fn install(workspace: &mut Workspace) -> Output {
    workspace
        .run_provider(&["install"])
        .expect_code(0, "installed")
}

fn init(workspace: &mut Workspace) -> Output {
    workspace.run(&["init", "-no-color"])
}

/// All files in a folder and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// The block that `install` says to paste.
fn block_to_paste(output: &Output) -> String {
    let from = output.stdout.find("\nterraform {").unwrap();
    let (block, _) = output.stdout[from..].split_once("\n}\n").unwrap();
    format!("{block}\n}}\n")
}

fn an_empty_home_is_all_that_install_needs(workspace: &mut Workspace) {
    isolate(workspace);
    init(workspace).expect_code(1, "nothing is installed, and there is no network");
    let output = install(workspace);
    workspace.write("versions.tf", &block_to_paste(&output));
    init(workspace).expect_code(0, "found");
    workspace.apply(DOMAIN);
    assert!(workspace.sandbox().domain("example-office").is_some());

    let again = install(workspace);
    assert_eq!(again.stdout.matches("already installed: ").count(), 2);
    init(workspace).expect_code(0, "the checksums are the same");
    workspace.destroy();

    let output = workspace
        .run_provider(&["install", "--uninstall"])
        .expect_code(0, "uninstalled");
    assert_eq!(output.stdout.matches("removed: ").count(), 2);
    let left = files(&workspace.home());
    // A CLI may note down there when it has looked for newer versions of itself.
    assert!(
        left.iter()
            .all(|file| file.parent().unwrap().ends_with(".terraform.d")),
        "{left:?}"
    );
    workspace.remove(".terraform.lock.hcl");
    init(workspace).expect_code(1, "it is gone");
}

fn a_home_with_settings_elsewhere_keeps_them_there(workspace: &mut Workspace) {
    isolate(workspace);
    let settings = workspace.home().join("settings").display().to_string();
    workspace.set_variable("XDG_CONFIG_HOME", Some(&settings));
    install(workspace);
    assert!(!workspace.home().join(".terraform.d").exists());
    init(workspace).expect_code(0, "found in the folder for data");
}
