//! Diagnostics and attribute paths to their messages.

use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::path::{AttributePath, Step};
use crate::server::generated as wire;

/// The messages of diagnostics.
pub(crate) fn to_wire(diagnostics: Diagnostics) -> Vec<wire::Diagnostic> {
    diagnostics.into_iter().map(diagnostic_to_wire).collect()
}

/// The message of a path.
pub(crate) fn path_to_wire(path: &AttributePath) -> wire::AttributePath {
    let steps = path.steps().iter().map(|step| {
        use wire::attribute_path::step::Selector;
        let selector = match step {
            Step::Attribute(name) => Selector::AttributeName(name.clone()),
            Step::Key(key) => Selector::ElementKeyString(key.clone()),
            Step::Index(index) => Selector::ElementKeyInt(*index),
        };
        wire::attribute_path::Step {
            selector: Some(selector),
        }
    });
    wire::AttributePath {
        steps: steps.collect(),
    }
}

fn diagnostic_to_wire(diagnostic: Diagnostic) -> wire::Diagnostic {
    let severity = match diagnostic.severity {
        Severity::Error => wire::diagnostic::Severity::Error,
        Severity::Warning => wire::diagnostic::Severity::Warning,
    };
    // An absent path is the whole block; an empty one would be an attribute without a name.
    let has_path = !diagnostic.path.steps().is_empty();
    wire::Diagnostic {
        severity: severity.into(),
        summary: diagnostic.summary,
        detail: diagnostic.detail,
        attribute: has_path.then(|| path_to_wire(&diagnostic.path)),
    }
}
