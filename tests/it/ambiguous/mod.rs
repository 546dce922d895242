//! Every write, with an end that does not tell whether it was done: what becomes of it is in `docs/faults.md`, row for
//! row, and in each the account ends up as configured.

mod faults;
mod meanwhile;
mod operation;
mod row;

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use terraform_provider_vonage::env::{Environment, ProcessEnvironment};

use self::faults::{FAULTS, FAULTS_OF_LINKS};
use self::meanwhile::Meanwhile;
use self::operation::{Kind, Operation};
use self::row::{Looks, Row};

/// What stands before the table in the document.
const MARK: &str = "<!-- written by `UPDATE_GENERATED=1 cargo test --test it ambiguous` -->\n\n";

/// What stands between the two tables.
const SECOND_HEAD: &str = "\n## What happened since the plan\n\n\
A saved plan, or one without a refresh, may be older than what somebody else did, and credentials may lead to another account.\n\
Here, too, no object is left over or lost, and no change is undone without a message.\n\n\
| write | since the plan | the apply |\n|---|---|---|\n";

/// Rows that are played side by side: most of their time is waiting.
const AT_ONCE: usize = 6;

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for operation in Operation::ALL {
        let of_links = FAULTS_OF_LINKS.into_iter();
        let of_links = of_links.filter(|_| operation.kind == Kind::Link);
        for (name, fault) in FAULTS.into_iter().chain(of_links) {
            for looks in [Looks::Answered, Looks::Failing] {
                rows.push(Row {
                    operation,
                    name,
                    fault,
                    looks,
                });
            }
        }
    }
    rows
}

/// The outcome of each row, in their order.
fn played<R: Sync>(rows: &[R], play: impl Fn(&R) -> String + Sync) -> Vec<String> {
    let next = Mutex::new(0);
    let outcomes = Mutex::new(vec![String::new(); rows.len()]);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let index = {
                        let mut next = next.lock().unwrap();
                        *next += 1;
                        *next - 1
                    };
                    let Some(row) = rows.get(index) else { break };
                    let outcome = catch_unwind(AssertUnwindSafe(|| play(row)));
                    let outcome = outcome.unwrap_or_else(|_| "PANIC".to_owned());
                    outcomes.lock().unwrap()[index] = outcome;
                }
            });
        }
    });
    outcomes.into_inner().unwrap()
}

/// One line for each operation and what may happen before it.
fn second_table(rows: &[(Operation, Meanwhile)], outcomes: &[String]) -> String {
    let mut text = String::new();
    for ((operation, meanwhile), outcome) in rows.iter().zip(outcomes) {
        let _ = writeln!(text, "| {operation} | {meanwhile} | {outcome} |");
    }
    text
}

/// One line for each operation and fault, with a column for each way of the looks.
#[track_caller]
fn table(rows: &[Row], outcomes: &[String]) -> String {
    let head = "| write | fault | looks are answered | looks fail, too |\n|---|---|---|---|\n";
    let pairs = rows.chunks(2).zip(outcomes.chunks(2));
    let lines = pairs.map(|(rows, outcomes)| {
        let Row {
            operation, name, ..
        } = rows[0];
        let [answered, failing] = outcomes else {
            panic!("there are two columns")
        };
        format!("| {operation} | {name} | {answered} | {failing} |\n")
    });
    format!("{head}{}", lines.collect::<String>())
}

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md")
}

#[test]
fn each_write_with_an_unclear_end_ends_as_the_table_says() {
    let rows = rows();
    let outcomes = played(&rows, |row| crate::clock::run(row.outcome()));
    let failed = rows
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| *outcome == "PANIC");
    let failed: Vec<_> = failed.map(|(row, _)| row).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let first = table(&rows, &outcomes);
    let rows = meanwhile::rows();
    let outcomes = played(&rows, |(operation, meanwhile)| {
        crate::clock::run(meanwhile.outcome(*operation))
    });
    let second = second_table(&rows, &outcomes);
    assert!(!second.contains("PANIC"), "{second}");
    let tables = format!("{first}{SECOND_HEAD}{second}");
    let text = fs::read_to_string(document()).unwrap();
    let (before, committed) = text.split_once(MARK).unwrap();
    if ProcessEnvironment.get("UPDATE_GENERATED").is_some() {
        fs::write(document(), format!("{before}{MARK}{tables}")).unwrap();
    } else {
        assert_eq!(
            committed, tables,
            "run `UPDATE_GENERATED=1 cargo test --test it ambiguous`, and look at what changes"
        );
    }
}
