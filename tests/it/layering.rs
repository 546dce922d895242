//! The direction of dependencies between the modules, and other rules that the sources keep.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the provider's package may use of the others and of the two packages below it; the leaves `causes`
/// and `env` may be used by all. That those packages use neither the provider nor each other is held by the compiler.
const ALLOWED: [(&str, &[&str]); 6] = [
    ("acl", &[]),
    ("causes", &[]),
    (
        "cli",
        &[
            "provider",
            "tfplugin::diagnostics",
            "tfplugin::logging",
            "tfplugin::plugin",
            "tfplugin::schema",
            "tfplugin::server",
            "tfplugin::types",
            "tfplugin::value",
            "vonage_sandbox",
        ],
    ),
    ("lib", &["tfplugin::env"]),
    ("provider", &["acl", "tfplugin", "vonage"]),
    ("vonage", &[]),
];

const LEAVES: [&str; 2] = ["causes", "env"];

/// The packages below the provider's, as Rust names them.
const PACKAGES: [&str; 2] = ["tfplugin", "vonage_sandbox"];

/// The longest file that is not generated.
const MAX_LINES: usize = 600;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The module of the provider's package that the file belongs to.
    fn module(&self) -> &str {
        let inner = self.path.strip_prefix(root().join("src")).unwrap();
        let first = inner
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        first.trim_end_matches(".rs")
    }

    fn is_generated(&self) -> bool {
        self.path
            .components()
            .any(|part| part.as_os_str() == "generated")
    }

    /// The paths that the file names within its crate, and into the two packages, of two segments where there are two.
    fn uses(&self) -> BTreeSet<String> {
        let code = self
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let within = code.match_indices("crate::");
        let within = within.map(|(at, _)| &code[at + "crate::".len()..]);
        let into_packages = PACKAGES
            .iter()
            .flat_map(|package| code.match_indices(package).map(|(at, _)| at))
            .filter(|at| !code[..*at].ends_with(is_part_of_a_path))
            .map(|at| &code[at..]);
        let into_packages = into_packages.filter(|path| two_segments(path).contains("::"));
        within
            .flat_map(|rest| match rest.strip_prefix('{') {
                Some(group) => top_level_items(group),
                None => vec![rest],
            })
            .chain(into_packages)
            .map(two_segments)
            .collect()
    }
}

fn is_part_of_a_path(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == ':'
}

/// The items of `a, b::{c, d}, e}` that a brace around them separates.
fn top_level_items(group: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut items) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(group[begin..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(group[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn two_segments(path: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let first: String = path.chars().take_while(|letter| is_word(*letter)).collect();
    let rest = path[first.len()..].strip_prefix("::").unwrap_or_default();
    let second: String = rest.chars().take_while(|letter| is_word(*letter)).collect();
    if second.is_empty() {
        first
    } else {
        format!("{first}::{second}")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

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
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(Source {
                text: fs::read_to_string(&path).unwrap(),
                path,
            });
        }
    }
}

#[test]
fn modules_use_only_what_the_layering_allows() {
    let mut violations = Vec::new();
    for source in sources(&["src"])
        .iter()
        .filter(|source| source.module() != "main")
    {
        let module = source.module();
        let allowed = ALLOWED.iter().find(|(name, _)| *name == module);
        let (_, allowed) =
            allowed.unwrap_or_else(|| panic!("{module} is not in the layering table"));
        for used in source.uses() {
            let target = used.split("::").next().unwrap();
            let permitted = target == module
                || LEAVES.contains(&target)
                || allowed
                    .iter()
                    .any(|allowed| used == *allowed || used.starts_with(&format!("{allowed}::")));
            if !permitted {
                violations.push(format!("{} uses {used}", source.path.display()));
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn the_protocol_layers_know_nothing_of_vonage() {
    for source in sources(&["crates/tfplugin"]) {
        let text = source.text.to_ascii_lowercase();
        assert!(
            !text.contains("vonage"),
            "{} speaks of Vonage",
            source.path.display()
        );
    }
}

/// Fails where a source outside of `places`, which are paths in the repository, names the word.
#[track_caller]
fn known_in(word: &str, places: &[&str]) {
    for source in sources(&["src", "crates"])
        .iter()
        .filter(|source| !source.is_generated())
    {
        let path = source.path.strip_prefix(root()).unwrap();
        let is_allowed = places.iter().any(|place| path.starts_with(place));
        let knows = source.text.contains(word);
        assert!(is_allowed || !knows, "{} names {word}", path.display());
    }
}

#[test]
fn each_wire_format_is_known_in_one_place_only() {
    known_in("rmp::", &["crates/tfplugin/src/codec/msgpack"]);
    known_in(
        "crate::generated",
        &["crates/tfplugin/src/convert", "crates/tfplugin/src/server"],
    );
    known_in("tfplugin::generated", &[]);
    known_in(
        "reqwest::",
        &["src/vonage/transport", "src/vonage/transport.rs"],
    );
}

#[test]
fn one_file_opens_connections_to_others() {
    // Which is where `reqwest` is; see `each_wire_format_is_known_in_one_place_only`.
    for word in [
        "TcpStream::connect",
        "UdpSocket",
        "UnixStream::connect",
        "lookup_host",
        "hyper_util::client",
    ] {
        known_in(word, &["crates/vonage-sandbox/src/tests"]);
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
            "crates/vonage-sandbox/src/reply.rs",
            "crates/vonage-sandbox/src/service.rs",
            "crates/vonage-sandbox/src/tests",
            "src/provider/object.rs",
            "src/provider/private_data.rs",
            "src/vonage/exchange.rs",
            "src/vonage/retry.rs",
        ],
    );
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for source in sources(&["src", "crates", "tests"])
        .iter()
        .filter(|source| !source.is_generated())
    {
        let first = source.text.lines().next().unwrap_or_default();
        let says = first.starts_with("//! ") && first.len() > 20;
        assert!(says, "{} opens with {first:?}", source.path.display());
    }
}

#[test]
fn no_file_is_too_long() {
    for source in sources(&["src", "crates", "tests"])
        .iter()
        .filter(|source| !source.is_generated())
    {
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
