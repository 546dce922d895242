//! The schema of the provider is committed: what users rely on goes only with a major version, and each change is in the changelog.
//!
//! After a change, `UPDATE_GENERATED=1 cargo test --test it schema` writes the file again, if that may be. `SCHEMA_BEFORE` names another
//! file to compare with; the workflow takes the one of the branch that a change is for.

mod difference;
mod facts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};

use self::difference::{Difference, Kind, differences};

/// What users may write or read, by its path, and what holds for it.
type Facts = BTreeMap<String, BTreeMap<String, Json>>;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Committed {
    version: String,
    facts: Facts,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_schema_is_the_committed_one_and_breaks_nothing() {
    let committed = root().join("tests/it/fixtures/schema.json");
    let before = ProcessEnvironment.get("SCHEMA_BEFORE");
    let before = before.map_or_else(|| committed.clone(), PathBuf::from);
    let before: Committed = serde_json::from_str(&fs::read_to_string(before).unwrap()).unwrap();
    let now = Committed {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        facts: facts::of_the_provider(),
    };
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let problems = problems(&before, &now, &changelog);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let text = serde_json::to_string_pretty(&now).unwrap() + "\n";
    if ProcessEnvironment.get("UPDATE_GENERATED").is_some() {
        fs::write(&committed, &text).unwrap();
    }
    assert!(
        fs::read_to_string(&committed).unwrap() == text,
        "{} is stale: run `UPDATE_GENERATED=1 cargo test --test it schema`",
        committed.display()
    );
}

/// What must not be released as it is. All that changed is shown where `--nocapture` lets it.
#[expect(
    clippy::print_stdout,
    reason = "a review shows what kind of change it is"
)]
fn problems(before: &Committed, now: &Committed, changelog: &str) -> Vec<String> {
    let is_major = leading(&before.version) < leading(&now.version);
    let released = format!("## [{}]", before.version);
    let news = changelog.split(&released).next().unwrap_or_default();
    let mut problems = Vec::new();
    for Difference { kind, path, what } in differences(&before.facts, &now.facts) {
        println!("{kind:?}: {path} {what}");
        if kind == Kind::Breaking && !is_major {
            problems.push(format!(
                "{path} {what}, which needs a major version after {}",
                before.version
            ));
        }
        let name = path.rsplit(['.', ' ']).next().unwrap_or_default();
        if !news.contains(&format!("`{name}`")) {
            problems.push(format!("{path} {what}, but CHANGELOG.md has no `{name}`"));
        }
    }
    problems
}

/// The part of a version that rises where something may break: before 1.0.0 it is the second number.
fn leading(version: &str) -> [u32; 2] {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap());
    match [numbers.next().unwrap(), numbers.next().unwrap()] {
        [0, minor] => [0, minor],
        [major, _] => [major, 0],
    }
}

/// A provider with one resource, whose attributes these are.
fn with(version: &str, attributes: &[(&str, Json)]) -> Committed {
    let attributes = attributes.iter().map(|(name, facts)| {
        let facts = serde_json::from_value(facts.clone()).unwrap();
        (format!("resource vonage_thing.{name}"), facts)
    });
    let resource = ("resource vonage_thing".to_owned(), BTreeMap::new());
    Committed {
        version: version.to_owned(),
        facts: std::iter::once(resource).chain(attributes).collect(),
    }
}

/// What is said of a change of the attribute `acl`, in version 1.2.0 unless another one is named.
fn said(before: Option<Json>, now: Option<Json>, version: &str) -> Vec<String> {
    let [before, now] = [before, now].map(|facts| Vec::from_iter(facts.map(|it| ("acl", it))));
    let changelog = "## [1.2.0]\n\n- `acl`\n\n## [1.1.0]\n";
    problems(&with("1.1.0", &before), &with(version, &now), changelog)
}

fn attribute(mode: &str) -> Json {
    serde_json::json!({ "type": "string", "mode": mode })
}

#[test]
fn an_attribute_goes_only_with_a_major_version() {
    let gone = said(Some(attribute("optional")), None, "1.2.0");
    assert_eq!(
        gone,
        ["resource vonage_thing.acl is gone, which needs a major version after 1.1.0"]
    );
    let gone = said(Some(attribute("optional")), None, "2.0.0");
    assert_eq!(gone, [""; 0]);
}

#[test]
fn a_new_attribute_passes_unless_configurations_must_have_it() {
    assert_eq!(said(None, Some(attribute("optional")), "1.2.0"), [""; 0]);
    let required = said(None, Some(attribute("required")), "1.2.0");
    assert!(
        required[0].contains("needs a major version"),
        "{required:?}"
    );
}

#[test]
fn what_asks_for_less_passes_and_what_asks_for_more_does_not() {
    let deprecated =
        serde_json::json!({ "type": "string", "mode": "optional", "deprecated": true });
    let list = serde_json::json!({ "type": ["list", "string"], "mode": "optional" });
    for (before, now, passes) in [
        (attribute("required"), attribute("optional"), true),
        (attribute("optional"), attribute("required"), false),
        (attribute("optional"), attribute("computed"), false),
        (attribute("optional"), deprecated, true),
        (attribute("optional"), list, false),
    ] {
        let said = said(Some(before), Some(now.clone()), "1.2.0");
        assert_eq!(said.is_empty(), passes, "{now}: {said:?}");
    }
}

#[test]
fn a_change_that_the_changelog_does_not_name_is_refused() {
    let before = with("1.1.0", &[]);
    let now = with("1.2.0", &[("acl", attribute("optional"))]);
    // What is below the heading of the version before was about that one.
    let said = problems(&before, &now, "## [1.2.0]\n\n## [1.1.0]\n\n- `acl`\n");
    assert_eq!(
        said,
        ["resource vonage_thing.acl is new, but CHANGELOG.md has no `acl`"]
    );
}

#[test]
fn before_the_first_major_version_a_minor_one_counts_as_such() {
    assert!(leading("0.1.9") < leading("0.2.0"));
    assert!(leading("0.9.0") < leading("1.0.0"));
    assert_eq!(leading("1.2.0"), leading("1.9.1"));
}
