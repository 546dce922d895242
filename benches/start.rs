//! Start-up beside an empty Rust program: time to the handshake line with mTLS, memory then, and the size of the binary.
//!
//! `cargo bench --bench start` builds the release binary and prints one table, with the ratio to each budget. The programs
//! take turns, so that a busy machine is unfair to both alike. Further binaries to start in the same turns, such as a
//! provider in another language, come as arguments: `cargo bench --bench start -- PATH...`. Ours may take a fifth of the
//! time of each.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each program, after one that is not counted.
const ROUNDS: usize = 60;

const COOKIE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// Budgets: time as a multiple of an empty program's, memory in KiB, size in bytes.
const MAX_RATIO: f64 = 2.0;
/// The part of the time of any further program.
const MAX_PART: f64 = 0.2;
const MAX_RESIDENT: u64 = 6 * 1024;
const MAX_SIZE: u64 = 8 * 1024 * 1024;

struct Measured {
    times: Vec<Duration>,
    resident: Vec<u64>,
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_terraform-provider-vonage"));
    let mut programs = vec![empty_program(folder.path()), ours];
    programs.extend(
        std::env::args()
            .skip(1)
            .filter(|argument| !argument.starts_with('-'))
            .map(PathBuf::from),
    );
    let mut measured: Vec<_> = programs
        .iter()
        .map(|_| Measured {
            times: Vec::new(),
            resident: Vec::new(),
        })
        .collect();
    for round in 0..=ROUNDS {
        for (program, measured) in programs.iter().zip(&mut measured) {
            let (time, resident) = start(program, folder.path());
            if round > 0 {
                measured.times.push(time);
                measured.resident.push(resident);
            }
        }
    }
    print(&programs, &mut measured);
}

/// The same compiler's shortest program that writes a line.
fn empty_program(folder: &Path) -> PathBuf {
    let source = folder.join("empty.rs");
    let program = folder.join("empty");
    fs::write(
        &source,
        "fn main() { println!(\"ready\"); loop { std::thread::park() } }",
    )
    .unwrap();
    let built = Command::new("rustc")
        .args(["-O", "-C", "strip=symbols", "-o"])
        .args([&program, &source])
        .status();
    assert!(
        built.unwrap().success(),
        "rustc could not build the empty program"
    );
    program
}

/// From before the spawn to the whole first line; then the resident memory in KiB.
fn start(program: &Path, folder: &Path) -> (Duration, u64) {
    let certificate = include_str!("../tests/it/fixtures/host.pem");
    let begun = Instant::now();
    let mut child = Command::new(program)
        .env("TF_PLUGIN_MAGIC_COOKIE", COOKIE)
        .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
        .env("PLUGIN_CLIENT_CERT", certificate)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let time = begun.elapsed();
    assert!(line.ends_with('\n'), "{} wrote {line:?}", program.display());
    let resident = resident(&child);
    child.kill().unwrap();
    child.wait().unwrap();
    (time, resident)
}

fn resident(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn print(programs: &[PathBuf], measured: &mut [Measured]) {
    let times: Vec<f64> = measured
        .iter_mut()
        .map(|measured| median(&mut measured.times).as_secs_f64() * 1000.0)
        .collect();
    println!("| program | ms to the first line | ours to it | budget | resident KiB | bytes |");
    println!("|---|---|---|---|---|---|");
    for (index, program) in programs.iter().enumerate() {
        let time = times[index];
        let name = program.file_name().unwrap().to_string_lossy().into_owned();
        let ours = times[1] / time;
        let budget = match index {
            0 => format!("{MAX_RATIO:.2}"),
            1 => String::new(),
            _ => format!("{MAX_PART:.2}"),
        };
        let size = fs::metadata(program).unwrap().len();
        let resident = median(&mut measured[index].resident);
        println!("| {name} | {time:.2} | {ours:.2} | {budget} | {resident} | {size} |");
    }
    println!("| budget of ours | | | | {MAX_RESIDENT} | {MAX_SIZE} |");
}

fn median<T: Copy + Ord>(values: &mut [T]) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}
