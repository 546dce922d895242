//! Where the dependencies come from, and under which licences. `cargo deny` holds the same for every platform, and more.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const CRATES_IO: &str = "\"registry+https://github.com/rust-lang/crates.io-index\"";

/// How the names of our own packages begin in a lock file, which has no source for them.
const OWN: [&str; 3] = [
    "name = \"terraform-provider-vonage",
    "name = \"tfplugin\"",
    "name = \"vonage-sandbox\"",
];

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let text = read("deny.toml");
    let list = text.split("\nallow = [").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let licences = list
        .split(',')
        .map(|licence| licence.trim().trim_matches('"'));
    licences.map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with these licences alone.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any(&mut words, allowed);
    assert_eq!(words.next(), None, "{expression} is no expression");
    met
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed);
    }
    met
}

fn all(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

#[track_caller]
fn one(words: &mut Words<'_>, allowed: &BTreeSet<String>) -> bool {
    let word = words.next().expect("a licence");
    if word == "(" {
        let met = any(words, allowed);
        assert_eq!(words.next(), Some(")"));
        return met;
    }
    // An exception is not asked for: it would have to be allowed by name.
    let has_exception = words.next_if_eq(&"WITH").is_some() && words.next().is_some();
    !has_exception && allowed.contains(word)
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

/// Name and licence of each package that a build for this machine has, the provider left out.
fn licences() -> Vec<(String, String)> {
    let metadata = metadata();
    let used: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| {
            !package["source"].is_null() && used.contains(package["id"].as_str().unwrap())
        })
        .map(|package| {
            let licence = package["license"].as_str().unwrap_or("none");
            (
                package["name"].as_str().unwrap().to_owned(),
                licence.to_owned(),
            )
        })
        .collect()
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

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let (allowed, licences) = (allowed(), licences());
    assert!(licences.len() > 100, "only {} packages", licences.len());
    let refused: Vec<_> = licences
        .iter()
        .filter(|(_, licence)| !is_met(licence, &allowed))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = ["MIT", "ISC"].map(str::to_owned).into();
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("Apache-2.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("MIT WITH some-exception", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn every_dependency_is_pinned_to_a_checksum_of_crates_io() {
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let text = read(lock);
        let packages: Vec<_> = text.split("[[package]]").skip(1).collect();
        let own = packages
            .iter()
            .filter(|package| !package.contains("source = "));
        for package in own {
            let is_ours = OWN.iter().any(|name| package.contains(name));
            assert!(is_ours, "{lock}: {package}");
        }
        for package in packages
            .iter()
            .filter(|package| package.contains("source = "))
        {
            assert!(
                package.contains(&format!("source = {CRATES_IO}")),
                "{lock}: {package}"
            );
            assert!(package.contains("checksum = "), "{lock}: {package}");
        }
    }
}

#[test]
fn the_build_script_of_the_provider_reaches_out_for_nothing() {
    let script = read("build.rs");
    for word in ["Command", "std::net", "std::fs", "include"] {
        assert!(!script.contains(word), "build.rs has {word}");
    }
}
