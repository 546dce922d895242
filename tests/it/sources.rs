//! Rules that the sources keep and no compiler holds: who opens connections, which clock counts, what a file looks like.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest file that is not generated.
const MAX_LINES: usize = 600;

struct Source {
    path: PathBuf,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All sources of these folders but generated ones.
fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        let before = found.len();
        collect(&root().join(folder), &mut found);
        assert!(found.len() > before, "no sources in {folder}");
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("generated") {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(Source {
                text: fs::read_to_string(&path).unwrap(),
                path,
            });
        }
    }
}

/// Fails where a source outside of `places`, which are paths in the repository, names the word.
#[track_caller]
fn known_in(word: &str, places: &[&str]) {
    for source in sources(&["src", "crates"]) {
        let path = source.path.strip_prefix(root()).unwrap().to_str().unwrap();
        let is_allowed = places.iter().any(|place| path.starts_with(place));
        let knows = source.text.contains(word);
        assert!(is_allowed || !knows, "{path} names {word}");
    }
}

#[test]
fn one_file_opens_connections_to_others() {
    known_in("reqwest::", &["src/vonage/http/transport"]);
    for word in [
        "TcpStream::connect",
        "UdpSocket",
        "UnixStream::connect",
        "lookup_host",
        "hyper_util::client",
    ] {
        // The host of the tests and of the demo goes to the plugin that it has started.
        let host = "crates/tfplugin/src/testing/connection.rs";
        known_in(word, &[host, "crates/vonage-sandbox/src/tests"]);
    }
}

#[test]
fn no_deadline_hangs_on_the_clock_on_the_wall() {
    // Times for people, dates that an answer states, and the age of what an earlier process has made need that clock. All else
    // is measured by one that nobody can set.
    known_in(
        "SystemTime",
        &[
            "crates/tfplugin/src/logging",
            "crates/vonage-sandbox/src/faults/fault.rs",
            "crates/vonage-sandbox/src/problem.rs",
            "crates/vonage-sandbox/src/response.rs",
            "crates/vonage-sandbox/src/service.rs",
            "crates/vonage-sandbox/src/tests",
            "src/provider/instance.rs",
            "src/provider/private_data.rs",
            "src/vonage/http/exchange.rs",
            "src/vonage/http/retry.rs",
        ],
    );
}

#[test]
fn nothing_buys_or_cancels_a_number() {
    for path in ["number/buy", "number/cancel"] {
        // Where the sandbox's own tests see that it has no such path.
        known_in(path, &["crates/vonage-sandbox/src/tests/numbers.rs"]);
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for source in sources(&["src", "crates", "tests"]) {
        let first = source.text.lines().next().unwrap_or_default();
        let says = first.starts_with("//! ") && first.len() > 20;
        assert!(says, "{} opens with {first:?}", source.path.display());
    }
}

#[test]
fn no_file_is_too_long() {
    for source in sources(&["src", "crates", "tests"]) {
        let lines = source.text.lines().count();
        assert!(
            lines <= MAX_LINES,
            "{} has {lines} lines",
            source.path.display()
        );
    }
}

#[test]
fn one_crypto_provider_is_in_the_whole_tree() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let has = |name: &str| {
        lock.lines()
            .any(|line| line == format!("name = \"{name}\""))
    };
    assert!(has("ring"));
    for other in [
        "aws-lc-rs",
        "aws-lc-sys",
        "openssl",
        "openssl-sys",
        "native-tls",
        "boring",
        "rustls-openssl",
    ] {
        assert!(!has(other), "{other} is in Cargo.lock");
    }
}
