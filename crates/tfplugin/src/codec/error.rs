//! What is wrong with a value that cannot be read or written, and where in it.

use std::borrow::Cow;

use crate::path::{AttributePath, Step};
use crate::types::Type;

/// How deep values may nest. Far beyond any schema, and shallow enough for every stack.
pub(super) const MAX_DEPTH: usize = 128;

/// Bytes that are no value of the type, or a value that is not of it or cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct Error {
    /// Where in the type; it ends at a set, because the protocol has no path to an element of one.
    pub path: AttributePath,
    /// What should have been there.
    pub expected: Cow<'static, str>,
    /// What was there: its kind, or the name of an attribute; never the text of a value.
    pub found: Cow<'static, str>,
}

/// The path is put together on the error's way up, so that values without errors cost no paths.
impl Error {
    pub(super) fn new(
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            path: AttributePath::default(),
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
        self.within(Step::at(index))
    }

    /// The path up to a set, as far as it can be told: steps within its elements would lead elsewhere.
    pub(super) fn at_set(mut self) -> Self {
        self.path = AttributePath::default();
        self
    }

    fn within(mut self, step: Step) -> Self {
        self.path = self.path.within(step);
        self
    }
}

/// Refuses to go deeper than [`MAX_DEPTH`]; this is what bounds every recursion over values.
pub(super) fn check_depth(depth: usize) -> Result<(), Error> {
    if depth <= MAX_DEPTH {
        return Ok(());
    }
    Err(Error::new(
        format!("at most {MAX_DEPTH} levels"),
        "a value that nests deeper",
    ))
}

/// A value of this type, in words.
pub(super) fn describe(ty: &Type) -> Cow<'static, str> {
    let word = match ty {
        Type::Bool => "a bool",
        Type::Number => "a number",
        Type::String => "a string",
        Type::Dynamic => "a value together with its type",
        Type::List(_) => "a list",
        Type::Set(_) => "a set",
        Type::Map(_) => "a map",
        Type::Tuple(types) => return format!("a tuple of {}", describe_count(types.len())).into(),
        Type::Object(_) => "an object",
    };
    word.into()
}

/// An element count, in words.
pub(super) fn describe_count(count: usize) -> String {
    match count {
        1 => "1 element".to_owned(),
        _ => format!("{count} elements"),
    }
}

/// An attribute that the type has and the value has not.
pub(super) fn missing_attribute(name: &str) -> Error {
    Error::new("a value", "no such attribute").at_attribute(name)
}

/// An attribute that the value has and the type has not. The path leads to the object alone: it must exist in the schema.
pub(super) fn unknown_attribute(name: &str) -> Error {
    let name: String = name.chars().take(100).collect();
    let found = format!("{name:?}, which it does not have");
    Error::new("only attributes of the type", found)
}

/// A key or an attribute that came twice.
pub(super) fn duplicate() -> Error {
    Error::new("each key once", "a key that came before")
}
