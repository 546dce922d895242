//! `docs/sandbox.md`, `docs/unknowns.md` and `sandbox --help` name every switch of the sandbox, and nothing else.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Arg;
use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};
use vonage_sandbox::{Fault, Switches};

use crate::conformance::{is_known, known_names};

/// Where the part of `docs/sandbox.md` begins that is made from the switches.
const MARK: &str =
    "<!-- switches: written by `UPDATE_GENERATED=1 cargo test --test it sandbox_docs` -->\n";

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name)
}

/// The switches as tables, one for each group.
fn tables() -> String {
    let mut text = String::new();
    let mut group = String::new();
    for switch in Switches::command().get_arguments() {
        let heading = switch.get_help_heading().unwrap();
        if heading != group {
            heading.clone_into(&mut group);
            let _ = write!(
                text,
                "\n### {group}\n\n| flag | decides | values |\n|---|---|---|\n"
            );
        }
        let (about, values) = (switch.get_help().unwrap(), values(switch));
        let _ = writeln!(text, "| `{}` | {about} | {values} |", flag(switch));
    }
    text
}

fn flag(switch: &Arg) -> String {
    format!("--{}", switch.get_long().unwrap())
}

fn values(switch: &Arg) -> String {
    let values = switch.get_possible_values();
    if values.is_empty() {
        let name = &switch.get_value_names().unwrap()[0];
        return format!("a {}", name.to_lowercase());
    }
    let told: Vec<_> = values
        .iter()
        .map(|value| {
            let about = value.get_help().unwrap().to_string();
            format!("`{}`: {}", value.get_name(), about.replace('|', "\\|"))
        })
        .collect();
    told.join("; ")
}

#[test]
fn the_document_names_every_switch_and_value_as_they_are() {
    let path = document("sandbox.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, written) = text.split_once(MARK).expect("the mark is there");
    if ProcessEnvironment.get("UPDATE_GENERATED").is_some() {
        fs::write(&path, format!("{before}{MARK}{}", tables())).unwrap();
        return;
    }
    assert_eq!(
        written,
        tables(),
        "run UPDATE_GENERATED=1 cargo test --test it sandbox_docs"
    );
}

#[test]
fn the_help_names_every_switch_and_value() {
    let output = Command::new(env!("CARGO_BIN_EXE_terraform-provider-vonage"))
        .args(["sandbox", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let words: BTreeSet<&str> = help
        .split(|it: char| it.is_whitespace() || "[]:,=".contains(it))
        .collect();
    for switch in Switches::command().get_arguments() {
        assert!(words.contains(flag(switch).as_str()), "{switch}");
        for value in switch.get_possible_values() {
            let name = value.get_name();
            assert!(words.contains(name), "{switch} {name}");
        }
    }
    assert!(words.contains("--fault"));
}

/// The names that an error lists as those it expected.
fn expected_names(json: &str) -> BTreeSet<String> {
    let error = Fault::from_json(json.as_bytes()).unwrap_err();
    let error = error.to_string();
    let (_, listed) = error.split_once("expected one of ").unwrap();
    ticked(listed).into_iter().map(str::to_owned).collect()
}

#[test]
fn the_document_names_every_field_and_body_of_a_fault_and_no_other() {
    let text = fs::read_to_string(document("sandbox.md")).unwrap();
    let (_, after) = text.split_once("## Faults").unwrap();
    let (part, _) = after.split_once("## Switches").unwrap();
    let rows: Vec<_> = rows(part)
        .into_iter()
        .filter(|row| row[0].starts_with('`'))
        .collect();
    let fields: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| ticked(row[0]))
        .map(str::to_owned)
        .collect();
    assert_eq!(fields, expected_names(r#"{"none of them":1}"#));
    let body = rows.iter().find(|row| row[0] == "`body`").unwrap();
    let shapes: BTreeSet<String> = ticked(body[1]).into_iter().map(str::to_owned).collect();
    assert_eq!(shapes, expected_names(r#"{"body":"none of them"}"#));
}

/// What stands between ticks in a cell.
fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Whether a row is about a numbered question: `7`, `A7` of the Applications API, or `N7` of the Numbers API.
fn is_question(row: &[&str]) -> bool {
    let number = row[0].strip_prefix(['A', 'N']).unwrap_or(row[0]);
    number.parse::<usize>().is_ok()
}

/// The rows of the tables in `docs/unknowns.md`: cells without the bars.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").collect()).collect()
}

#[test]
fn every_unknown_has_a_row_and_every_switch_and_test_in_it_exists() {
    let text = fs::read_to_string(document("unknowns.md")).unwrap();
    let rows = rows(&text);
    let questions = || rows.iter().filter(|row| is_question(row));
    let numbers: Vec<String> = questions().map(|row| row[0].to_owned()).collect();
    let psip = (1..=31).map(|number| number.to_string());
    let applications = (1..=27).map(|number| format!("A{number}"));
    let of_numbers = (1..=15).map(|number| format!("N{number}"));
    let all = psip.chain(applications).chain(of_numbers);
    assert_eq!(numbers, all.collect::<Vec<_>>());
    let known = known_names();
    for row in questions() {
        let [number, _, switches, does, tests] = row.as_slice() else {
            panic!("row {} has {} cells", row[0], row.len())
        };
        assert!(!ticked(switches).is_empty() && !does.is_empty(), "{number}");
        let tests = ticked(tests);
        assert!(!tests.is_empty(), "{number} has no test");
        let unknown: Vec<_> = tests
            .into_iter()
            .filter(|name| !is_known(name, &known))
            .collect();
        assert_eq!(unknown, Vec::<&str>::new(), "{number}");
    }
}

#[test]
fn the_table_names_every_switch_with_all_its_values_and_no_other() {
    let text = fs::read_to_string(document("unknowns.md")).unwrap();
    let mut told = BTreeSet::new();
    for row in rows(&text) {
        // The column with switches is the third where questions are numbered, and the second elsewhere.
        let column = if is_question(&row) { 2 } else { 1 };
        for part in row[column].split("; ").filter(|part| part.starts_with('`')) {
            told.insert(part.replace('`', ""));
        }
    }
    let expected: BTreeSet<String> = Switches::command()
        .get_arguments()
        .map(|switch| {
            let values = switch.get_possible_values();
            let names: Vec<_> = values
                .iter()
                .map(clap::builder::PossibleValue::get_name)
                .collect();
            format!("{} {}", switch.get_id(), names.join(", "))
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(told, expected);
}
