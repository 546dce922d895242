//! `docs/conformance.md` names tests that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Everything that the sources call a function or a module.
fn names(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for word in ["fn ", "mod "] {
                let rests = text.split(word).skip(1);
                let is_name = |it: char| it.is_alphanumeric() || it == '_';
                found
                    .extend(rests.map(|rest| rest.chars().take_while(|it| is_name(*it)).collect()));
            }
        }
    }
}

/// Everything that this repository calls a function, a module or a package below the provider's.
pub(crate) fn known_names() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = BTreeSet::new();
    for folder in ["src", "crates", "tests"] {
        names(&root.join(folder), &mut known);
    }
    known.extend(["tfplugin", "vonage_sandbox"].map(str::to_owned));
    known
}

/// Whether each part of a test's name is that of a function or a module.
pub(crate) fn is_known(name: &str, known: &BTreeSet<String>) -> bool {
    name.split("::")
        .all(|part| part == "it" || known.contains(part))
}

#[test]
fn every_test_in_the_table_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known = known_names();
    let text = fs::read_to_string(root.join("docs/conformance.md")).unwrap();
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let tests = rows.filter_map(|row| row.rsplit_once(" | "));
    // Between the ticks is every second part.
    let named: Vec<&str> = tests
        .flat_map(|(_, tests)| tests.split('`').skip(1).step_by(2))
        .collect();
    assert!(named.len() > 50, "{} names", named.len());
    let unknown: Vec<_> = named
        .into_iter()
        .filter(|name| !is_known(name, &known))
        .collect();
    assert_eq!(unknown, Vec::<&str>::new());
}
