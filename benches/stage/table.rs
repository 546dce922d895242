//! The table of what was measured, with the ratio to each budget.

use std::fmt::Display;
use std::io::{Stdout, Write as _, stdout};

/// Prints rows as they come, and counts what is over its budget.
pub(crate) struct Table {
    out: Stdout,
    budgets: usize,
    missed: Vec<String>,
}

impl Table {
    pub(crate) fn begin() -> Self {
        let mut table = Self {
            out: stdout(),
            budgets: 0,
            missed: Vec::new(),
        };
        table.write("| what | measured | budget | ratio to it |");
        table.write("|---|---|---|---|");
        table
    }

    /// What has no budget of its own.
    pub(crate) fn row(&mut self, what: impl Display, measured: impl Display) {
        self.write(&format!("| {what} | {measured} | | |"));
    }

    /// What must not be more than `budget`.
    pub(crate) fn budgeted(&mut self, what: impl Display, measured: f64, unit: &str, budget: f64) {
        let ratio = measured / budget;
        let mark = if ratio > 1.0 { " **missed**" } else { "" };
        let [measured, budget] = [measured, budget].map(short);
        self.write(&format!(
            "| {what} | {measured}{unit} | {budget}{unit} | {ratio:.2}{mark} |"
        ));
        self.budgets += 1;
        if ratio > 1.0 {
            self.missed.push(what.to_string());
        }
    }

    /// Says how many budgets are kept, and which are not.
    pub(crate) fn end(mut self) {
        let kept = self.budgets - self.missed.len();
        self.write(&format!("\n{kept} of {} budgets are kept.", self.budgets));
        for missed in std::mem::take(&mut self.missed) {
            self.write(&format!("Missed: {missed}"));
        }
    }

    fn write(&mut self, line: &str) {
        writeln!(self.out, "{line}").unwrap();
    }
}

/// A number with as many digits as say something.
fn short(number: f64) -> String {
    match number.abs() {
        large if large >= 100.0 || number.fract() == 0.0 => format!("{number:.0}"),
        middle if middle >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

/// A count as a number to calculate with; none is so large that it would not be exact.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

pub(crate) fn median<T: Copy + PartialOrd>(mut values: Vec<T>) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).unwrap());
    values[values.len() / 2]
}
