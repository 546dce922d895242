//! `NOTICE` names what is inside the program. Sources, licences and bans are held by `cargo deny`, by `deny.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// What Cargo says of the packages that a build for this machine has.
fn metadata() -> serde_json::Value {
    let output = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let version = output("rustc", &["-vV"]);
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let arguments = [
        "metadata",
        "--offline",
        "--locked",
        "--format-version=1",
        "--filter-platform",
        host,
    ];
    serde_json::from_str(&output(env!("CARGO"), &arguments)).unwrap()
}

/// `NAME VERSION: LICENCE` of each package whose code is inside the program on this machine, as `NOTICE` writes it.
fn inside() -> BTreeSet<String> {
    let metadata = metadata();
    let find = |list: &serde_json::Value, id: &serde_json::Value| {
        let mut entries = list.as_array().unwrap().iter();
        entries.find(|entry| entry["id"] == *id).unwrap().clone()
    };
    let mut waiting = vec![metadata["resolve"]["root"].clone()];
    let (mut lines, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = waiting.pop() {
        let node = find(&metadata["resolve"]["nodes"], &id);
        for dependency in node["deps"].as_array().unwrap() {
            let package = find(&metadata["packages"], &dependency["pkg"]);
            let targets = package["targets"].as_array().unwrap();
            let is_macro = targets
                .iter()
                .any(|target| target["kind"][0] == "proc-macro");
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            let is_linked = kinds.iter().any(|kind| kind["kind"].is_null());
            if is_macro || !is_linked || !seen.insert(package["id"].to_string()) {
                continue;
            }
            let text = |name: &str| package[name].as_str().unwrap_or("None").to_owned();
            // Our own packages are under the licence that the head of the file names.
            if !package["source"].is_null() {
                lines.insert(format!(
                    "{} {}: {}",
                    text("name"),
                    text("version"),
                    text("license")
                ));
            }
            waiting.push(dependency["pkg"].clone());
        }
    }
    lines
}

#[test]
fn the_notice_names_what_is_inside_with_its_licence() {
    let notice = read("NOTICE");
    let list = notice.split("\n\n").nth(2).unwrap();
    let named: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    let missing: Vec<_> = inside().difference(&named).cloned().collect();
    assert!(
        missing.is_empty(),
        "{missing:?} are not in NOTICE; `scripts/notice` writes it again"
    );
    let lock = read("Cargo.lock");
    for line in &named {
        let package = line.split(": ").next().unwrap();
        let (name, version) = package.split_once(' ').unwrap();
        let locked = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        assert!(
            lock.contains(&locked),
            "{package} of NOTICE is not in Cargo.lock; `scripts/notice` writes it again"
        );
    }
}
