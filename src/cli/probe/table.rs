//! The report as a table for people.

use std::fmt::Write as _;

use serde_json::Value;

use crate::probe::{Report, Row};

pub(super) fn write(report: &Report) -> String {
    let (seen, not_seen): (Vec<&Row>, Vec<&Row>) =
        report.rows.iter().partition(|row| row.judgement.is_ok());
    let mut text = String::from("Seen, with the flag of `sandbox` that plays it:\n\n");
    for row in &seen {
        if let Ok((value, what)) = &row.judgement {
            line(&mut text, row.unknown, &flag(row.switch, value), what);
        }
    }
    text += "\nNot seen, and why:\n\n";
    for row in &not_seen {
        if let Err(why) = &row.judgement {
            line(&mut text, row.unknown, &name(row.switch), why);
        }
    }
    let _ = write!(
        text,
        "\nSeen: {} of {}. Requests: {}.\n",
        seen.len(),
        report.rows.len(),
        report.requests
    );
    text
}

fn line(text: &mut String, unknown: &str, flag: &str, rest: &str) {
    let _ = writeln!(text, "{unknown:>4}  {flag:<44}  {rest}");
}

fn name(switch: &str) -> String {
    format!("--{}", switch.replace('_', "-"))
}

fn flag(switch: &str, value: &Value) -> String {
    let flag = name(switch);
    match value {
        Value::Null => format!("no {flag}"),
        Value::String(text) => format!("{flag} {text}"),
        other => format!("{flag} {other}"),
    }
}
