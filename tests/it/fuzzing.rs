//! The fuzz targets on a stable compiler: each on its corpus, and on mutations of it from a fixed seed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use fastrand::Rng;

#[expect(unreachable_pub, reason = "they are public in the fuzz package")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 6] = [
    ("acl", targets::acl),
    ("api_body", targets::api_body),
    ("certificate", targets::certificate),
    ("handshake", targets::handshake),
    ("json_state", targets::json_state),
    ("message_pack", targets::message_pack),
];

/// Mutated inputs of each target.
const RUNS: usize = 2000;
/// Where `FUZZ_SEED` gave no other to the build.
const SEED: u64 = 1;
/// Longer inputs only make a run slower.
const LONGEST: usize = 4096;
/// Bytes at which formats change.
const EDGES: [u8; 10] = [0, 1, 0x7f, 0x80, 0x90, 0xc0, 0xc7, 0xdd, 0xfe, 0xff];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The committed inputs of a target, in the order of their names.
#[track_caller]
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder().join("corpus").join(target)).unwrap();
    let paths: BTreeSet<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    assert!(!paths.is_empty(), "{target} has no corpus");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// One input, changed in a few places or mixed with another.
fn mutated(corpus: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = rng.choice(corpus).unwrap().clone();
    for _ in 0..rng.usize(1..=4) {
        let at = rng.usize(..=bytes.len());
        let end = rng.usize(at..=bytes.len().min(at + 32));
        let byte = if rng.bool() {
            rng.u8(..)
        } else {
            EDGES[rng.usize(..EDGES.len())]
        };
        match rng.u8(..7) {
            0 => bytes.insert(at, byte),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at),
            3 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part.repeat(rng.usize(1..8)));
            }
            4 => {
                let other = rng.choice(corpus).unwrap();
                let from = rng.usize(..=other.len());
                bytes.splice(at..end, other[from..].iter().copied());
            }
            5 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            _ if at < bytes.len() => bytes[at] = byte,
            _ => bytes.push(byte),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}

/// Runs a target; where it panics, says with which input.
#[track_caller]
fn run(name: &str, target: Target, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| target(bytes))).is_err() {
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        panic!("the target {name} fails on {hex}");
    }
}

#[test]
fn no_target_fails_on_its_corpus_or_on_mutations_of_it() {
    let seed = option_env!("FUZZ_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        for bytes in &corpus {
            run(name, target, bytes);
        }
        let mut rng = Rng::with_seed(seed);
        for _ in 0..RUNS {
            run(name, target, &mutated(&corpus, &mut rng));
        }
    }
}

#[test]
fn every_target_is_one_of_cargo_fuzz_too() {
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        let source = fs::read_to_string(folder().join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(source.contains(&format!("::{name}(bytes)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}
