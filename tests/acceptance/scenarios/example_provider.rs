//! The example of `tfplugin`, a provider that keeps texts in files, is one that a CLI can use.

use std::{fs, os::unix::fs::symlink, path::PathBuf};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(the_example_of_a_provider_lives).at_one_address()]
}

const PROGRAM: &str = "terraform-provider-file";

/// Where cargo has put the example: beside the folder of this test's own program.
fn example() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let build = own.ancestors().nth(2).unwrap();
    let program = build.join("examples").join(PROGRAM);
    assert!(
        program.exists(),
        "{} is not built: `cargo test` does it, and `cargo build -p tfplugin --examples`",
        program.display()
    );
    program
}

fn text(file: &str, text: &str) -> String {
    format!(
        "resource \"file_text\" \"note\" {{\n  path = \"{file}\"\n  text = \"{text}\"\n}}\n\
         output \"bytes\" {{ value = file_text.note.bytes }}\n"
    )
}

fn the_example_of_a_provider_lives(workspace: &mut Workspace) {
    let plugins = workspace.beside("plugins");
    fs::create_dir(&plugins).unwrap();
    symlink(example(), plugins.join(PROGRAM)).unwrap();
    let overrides = ["registry.terraform.io", "registry.opentofu.org"].map(|registry| {
        format!(
            "    \"{registry}/example/file\" = \"{}\"\n",
            plugins.display()
        )
    });
    let settings = format!(
        "provider_installation {{\n  dev_overrides {{\n{}{}  }}\n}}\n",
        overrides[0], overrides[1]
    );
    workspace.write("example.tfrc", &settings);
    workspace.set_variable("TF_CLI_CONFIG_FILE", Some("example.tfrc"));
    workspace.write(
        "versions.tf",
        "terraform {\n  required_providers {\n    file = { source = \"example/file\" }\n  }\n}\n",
    );
    // Each apply must leave an empty plan.
    workspace.apply(&text("note.txt", "hello"));
    assert_eq!(workspace.read("note.txt"), "hello");
    workspace.apply(&text("note.txt", "hello again"));
    assert_eq!(workspace.read("note.txt"), "hello again");
    workspace.apply(&text("other.txt", "hello again"));
    assert!(!workspace.has("note.txt"), "replaced");
    workspace.write("other.txt", "changed by somebody");
    workspace.apply(&text("other.txt", "hello again"));
    assert_eq!(workspace.read("other.txt"), "hello again");
    workspace.destroy();
    assert!(!workspace.has("other.txt"));
}
