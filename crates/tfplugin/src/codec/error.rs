//! What is wrong with a value that cannot be read or written, and where in it.

use std::borrow::Cow;

use crate::path::{AttributePath, Step};
use crate::types::{MAX_DEPTH, Type};

/// Bytes that are no value of the type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct DecodeError {
    /// Where in the type; it ends at a set, because the protocol has no path to an element of one.
    pub path: AttributePath,
    /// What should have been there.
    pub expected: Cow<'static, str>,
    /// What was there: its kind, or the name of an attribute; never the text of a value.
    pub found: Cow<'static, str>,
}

/// A value that is not of the type, or cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct EncodeError {
    /// Where in the type; it ends at a set, because the protocol has no path to an element of one.
    pub path: AttributePath,
    /// What should have been there.
    pub expected: Cow<'static, str>,
    /// What was there: its kind, or the name of an attribute; never the text of a value.
    pub found: Cow<'static, str>,
}

/// An error on its way up from the place where it came up. Its path is put together on that way, so that values without
/// errors cost no paths.
#[derive(Debug)]
pub(super) struct Fault {
    /// Innermost first.
    steps: Vec<Step>,
    expected: Cow<'static, str>,
    found: Cow<'static, str>,
}

impl Fault {
    pub(super) fn new(
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            steps: Vec::new(),
            expected: expected.into(),
            found: found.into(),
        }
    }

    pub(super) fn at_attribute(self, name: &str) -> Self {
        self.within(Step::Attribute(name.to_owned()))
    }

    pub(super) fn at_key(self, key: &str) -> Self {
        self.within(Step::Key(key.to_owned()))
    }

    pub(super) fn at_index(self, index: usize) -> Self {
        self.within(Step::Index(i64::try_from(index).unwrap_or(i64::MAX)))
    }

    /// The path up to a set, as far as it can be told: steps within its elements would lead elsewhere.
    pub(super) fn at_set(mut self) -> Self {
        self.steps.clear();
        self
    }

    fn within(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn path(steps: Vec<Step>) -> AttributePath {
        steps.into_iter().rev().collect()
    }
}

impl From<Fault> for DecodeError {
    fn from(fault: Fault) -> Self {
        Self {
            path: Fault::path(fault.steps),
            expected: fault.expected,
            found: fault.found,
        }
    }
}

impl From<Fault> for EncodeError {
    fn from(fault: Fault) -> Self {
        Self {
            path: Fault::path(fault.steps),
            expected: fault.expected,
            found: fault.found,
        }
    }
}

/// Refuses to go deeper than [`MAX_DEPTH`]; this is what bounds every recursion over values.
pub(super) fn check_depth(depth: usize) -> Result<(), Fault> {
    if depth <= MAX_DEPTH {
        return Ok(());
    }
    Err(Fault::new(
        format!("at most {MAX_DEPTH} levels"),
        "a value that nests deeper",
    ))
}

/// A value of this type, in words.
pub(super) fn describe(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "a bool",
        Type::Number => "a number",
        Type::String => "a string",
        Type::Dynamic => "a value together with its type",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(_) => "a tuple",
        Type::Object(_) => "an object",
    }
}

/// An element count, in words.
pub(super) fn describe_count(count: usize) -> String {
    match count {
        1 => "1 element".to_owned(),
        _ => format!("{count} elements"),
    }
}

/// An attribute that the type has and the value has not.
pub(super) fn missing_attribute(name: &str) -> Fault {
    Fault::new("a value", "no such attribute").at_attribute(name)
}

/// An attribute that the value has and the type has not. The path leads to the object alone: it must exist in the schema.
pub(super) fn unknown_attribute(name: &str) -> Fault {
    let name: String = name.chars().take(100).collect();
    let found = format!("{name:?}, which it does not have");
    Fault::new("only attributes of the type", found)
}

/// A key or an attribute that came twice.
pub(super) fn duplicate() -> Fault {
    Fault::new("each key once", "a key that came before")
}
