//! The registry's documentation: it is what `scripts/docs` would write, and the script says so where it is not.

use std::{fs, path::Path};

use crate::{
    scenario::{Scenario, scenario},
    settings::Settings,
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // A schema with list resources is what Terraform gives since then, and OpenTofu does not.
    let since = |scenario: Scenario| scenario.since(Some("1.14"), None).with_tfplugindocs();
    vec![
        since(scenario!(the_documentation_is_fresh_and_valid)),
        since(scenario!(stale_documentation_is_named_and_written_again)),
        since(scenario!(a_page_that_cannot_be_made_changes_nothing)),
    ]
}

fn the_documentation_is_fresh_and_valid(workspace: &mut Workspace) {
    let output = docs(workspace, Path::new(env!("CARGO_MANIFEST_DIR")), true);
    assert_eq!((output.code, output.text().as_str()), (Some(0), ""));
}

fn stale_documentation_is_named_and_written_again(workspace: &mut Workspace) {
    let copy = copy(workspace);
    let page = |name: &str| copy.join("docs").join(name);
    let before = fs::read_to_string(page("index.md")).unwrap();
    fs::write(page("index.md"), "by hand").unwrap();
    fs::write(page("functions/forgotten.md"), "by hand").unwrap();
    fs::remove_file(page("resources/sip_domain.md")).unwrap();
    let stale = docs(workspace, &copy, true).expect_code(1, "stale").stderr;
    for words in [
        "run scripts/docs",
        "  docs/index.md: another text would be written\n",
        "  docs/functions/forgotten.md: would not be written\n",
        "  docs/resources/sip_domain.md: is missing\n",
    ] {
        assert!(stale.contains(words), "{words:?} is not in {stale}");
    }
    docs(workspace, &copy, false).expect_code(0, "written");
    docs(workspace, &copy, true).expect_code(0, "fresh");
    assert_eq!(fs::read_to_string(page("index.md")).unwrap(), before);
    // Our own pages live beside the generated ones.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let kept = fs::read_to_string(page("architecture.md")).unwrap();
    assert_eq!(kept, fs::read_to_string(own).unwrap());
}

fn a_page_that_cannot_be_made_changes_nothing(workspace: &mut Workspace) {
    let copy = copy(workspace);
    let index = copy.join("docs/index.md");
    let before = fs::read_to_string(&index).unwrap();
    fs::remove_file(copy.join("examples/basic/main.tf")).unwrap();
    let failed = docs(workspace, &copy, false)
        .expect_code(1, "a template names a file that is not there")
        .stderr;
    assert!(failed.contains("examples/basic/main.tf"), "{failed}");
    assert_eq!(fs::read_to_string(&index).unwrap(), before);
    let template = copy.join("templates/resources/nothing.md.tmpl");
    fs::write(template, "---\npage_title: Nothing\n---\n").unwrap();
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/basic/main.tf");
    fs::copy(main, copy.join("examples/basic/main.tf")).unwrap();
    docs(workspace, &copy, false).expect_code(1, "a page without a resource");
    assert_eq!(fs::read_to_string(&index).unwrap(), before);
}

/// All that the script reads, where a test may change it.
fn copy(workspace: &Workspace) -> std::path::PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["scripts", "docs", "templates", "examples"] {
        workspace.place(&root.join(part), &format!("copy/{part}"));
    }
    workspace.beside("copy")
}

/// Runs the script of that checkout, with the provider and the Terraform that are under test.
fn docs(workspace: &mut Workspace, root: &Path, check: bool) -> Output {
    let settings = Settings::from_process();
    let caches = settings.caches.map(|path| path.display().to_string());
    workspace.set_variable("XDG_CACHE_HOME", caches.as_deref());
    let provider = settings.provider_folder.display().to_string();
    let terraform = workspace.cli().path.display().to_string();
    let mut arguments = vec!["--provider", &provider, "--terraform", &terraform];
    if check {
        arguments.push("--check");
    }
    workspace.run_program(&root.join("scripts/docs"), &arguments)
}
