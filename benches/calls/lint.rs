//! The lint of ACLs far larger than any that the API may take, at one length and at twice that.

use std::hint::black_box;
use std::thread::sleep;
use std::time::Duration;

use terraform_provider_vonage::acl::Acl;

use crate::stage::process::cpu;
use crate::stage::table::{Table, median};

const ENTRIES: usize = 10_000;
const ROUNDS: usize = 21;
/// In milliseconds.
const BUDGET: f64 = 10.0;
/// How many times as long twice as many entries may take.
const GROWTH: f64 = 2.4;

pub(crate) fn measure(table: &mut Table) {
    let [once, twice] = [ENTRIES, 2 * ENTRIES].map(entries);
    let [mut short, mut long] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        short.push(milliseconds(&once));
        long.push(milliseconds(&twice));
    }
    let [short, long] = [median(short), median(long)];
    table.budgeted(
        format!("lint of an ACL of {ENTRIES} entries"),
        short,
        " ms",
        BUDGET,
    );
    table.budgeted(
        format!("lint of {} entries, against {ENTRIES}", 2 * ENTRIES),
        long / short,
        " times",
        GROWTH,
    );
}

/// In no order, 64 in each network of 256, so that a longer list is no denser. Of each hundred one is the network itself,
/// and one is there twice.
fn entries(count: usize) -> Vec<String> {
    let network = |place: usize| format!("81.{}.{}", place / 64 / 256, place / 64 % 256);
    let address = |place: usize| format!("{}.{}", network(place), place % 64 * 3 + 1);
    (0..count)
        .map(|number| number * 7_919 % count)
        .map(|place| match place % 100 {
            0 => format!("{}.0/24", network(place)),
            50 => address(place - 1),
            _ => address(place),
        })
        .collect()
}

/// In CPU time, so that other work on the machine counts little.
fn milliseconds(entries: &[String]) -> f64 {
    let begin = cpu_so_far();
    let acl: Acl = black_box(entries).iter().collect();
    black_box(acl.lint(Some(false)));
    cpu_so_far().saturating_sub(begin).as_secs_f64() * 1e3
}

fn cpu_so_far() -> Duration {
    // The account of a thread is exact when it has just slept.
    sleep(Duration::from_millis(1));
    cpu(std::process::id())
}
