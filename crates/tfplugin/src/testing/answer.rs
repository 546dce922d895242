//! What every answer has: messages for the practitioner, and paths.

use super::error::Error;
use super::messages as wire;
use super::rules::types;
use crate::diagnostics::{Diagnostics, Severity};
use crate::path::{AttributePath, Step};
use crate::types::Type;

/// The warnings of an answer; where there is an error among its messages, all of them are the error.
///
/// `ty` is the type that their paths lead into, where they can have any.
pub(super) fn accepted(
    messages: Vec<wire::Diagnostic>,
    ty: Option<&Type>,
) -> Result<Diagnostics, Error> {
    let mut diagnostics = Diagnostics::new();
    for message in messages {
        let severity = match message.severity() {
            wire::diagnostic::Severity::Error => Severity::Error,
            wire::diagnostic::Severity::Warning => Severity::Warning,
            wire::diagnostic::Severity::Invalid => {
                return Err(Error::Answer("a message without a severity".to_owned()));
            }
        };
        if message.summary.is_empty() {
            return Err(Error::Answer("a message without a summary".to_owned()));
        }
        let path = match &message.attribute {
            None => AttributePath::default(),
            Some(path) if ty.is_some_and(|ty| types::has(ty, path)) => attribute_path(path)?,
            Some(path) => return Err(Error::Answer(format!("{path:?} leads nowhere"))),
        };
        diagnostics.push(severity, path, message.summary, message.detail);
    }
    if diagnostics.has_errors() {
        return Err(Error::Refused(diagnostics));
    }
    Ok(diagnostics)
}

/// The path of a message.
pub(super) fn attribute_path(message: &wire::AttributePath) -> Result<AttributePath, Error> {
    use wire::attribute_path::step::Selector;
    let steps = message
        .steps
        .iter()
        .map(|step| match step.selector.clone() {
            Some(Selector::AttributeName(name)) => Ok(Step::Attribute(name)),
            Some(Selector::ElementKeyString(key)) => Ok(Step::Key(key)),
            Some(Selector::ElementKeyInt(index)) => Ok(Step::Index(index)),
            None => Err(Error::Answer("a path leads nowhere".to_owned())),
        });
    steps.collect()
}
