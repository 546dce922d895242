//! What the system says of a running process, by `/proc`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A tick of the kernel's accounts of whole processes: one hundredth of a second on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// CPU time of all its threads, those that have ended included; in ticks.
pub(crate) fn cpu_in_ticks(pid: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<u32>().ok();
    Some(TICK * (ticks(11)? + ticks(12)?))
}

/// CPU time of the threads that are there, to the nanosecond.
pub(crate) fn cpu(pid: u32) -> Duration {
    let of = |task: fs::DirEntry| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    Duration::from_nanos(tasks.filter_map(|task| of(task.ok()?)).sum())
}

/// A value of `/proc/PID/status`, in KiB: `VmRSS`, `VmHWM`.
pub(crate) fn memory(pid: u32, field: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The program that a process runs.
pub(crate) fn program(pid: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{pid}/exe")).ok()
}

/// All processes that came from this one and run this program.
pub(crate) fn descendants(of: u32, program_path: &Path) -> Vec<u32> {
    let mut found = Vec::new();
    let mut left = vec![of];
    while let Some(pid) = left.pop() {
        if program(pid).is_some_and(|program| program == program_path) {
            found.push(pid);
        }
        let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else {
            continue;
        };
        for task in tasks.filter_map(Result::ok) {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            left.extend(
                children
                    .split_whitespace()
                    .filter_map(|pid| pid.parse::<u32>().ok()),
            );
        }
    }
    found
}
