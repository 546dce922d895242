//! What changed between two schemas, and whether that breaks a configuration or what reads a state.

use super::{Facts, Json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Breaking,
    Deprecated,
    New,
}

#[derive(Debug)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) path: String,
    pub(super) what: String,
}

/// All that changed. Of what is new or gone as a whole, the parts are not listed.
pub(super) fn differences(before: &Facts, now: &Facts) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut add = |kind, path: &str, what: String| {
        let path = path.to_owned();
        found.push(Difference { kind, path, what });
    };
    for (path, old) in before {
        let Some(new) = now.get(path) else {
            if has_parent(path, now) {
                add(Kind::Breaking, path, "is gone".to_owned());
            }
            continue;
        };
        let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for name in names {
            let [old, new] = [old, new].map(|facts| facts.get(name).unwrap_or(&Json::Null));
            if old != new {
                add(
                    kind(name, old, new),
                    path,
                    format!("has {name} {new} instead of {old}"),
                );
            }
        }
    }
    for (path, new) in now {
        if before.contains_key(path) || !has_parent(path, before) {
            continue;
        }
        if new.get("mode").is_some_and(|mode| mode == "required") {
            add(Kind::Breaking, path, "is new and required".to_owned());
        } else {
            add(Kind::New, path, "is new".to_owned());
        }
    }
    found
}

/// Whether what this is a part of is there; true where it is a part of nothing.
fn has_parent(path: &str, facts: &Facts) -> bool {
    path.rsplit_once('.')
        .is_none_or(|(parent, _)| facts.contains_key(parent))
}

/// What a change of one fact means. What is not known to be harmless breaks something.
fn kind(name: &str, old: &Json, new: &Json) -> Kind {
    let is_looser = match name {
        "mode" => matches!(
            (old.as_str(), new.as_str()),
            (Some("required"), Some("optional")) | (_, Some("optional_computed"))
        ),
        "deprecated" if *new == Json::Bool(true) => return Kind::Deprecated,
        "sensitive" | "requires_replace" | "deprecated" => new.is_null(),
        // `it::upgrade` holds that states and identities of former versions can be read.
        "version" => true,
        _ => false,
    };
    if is_looser { Kind::New } else { Kind::Breaking }
}
