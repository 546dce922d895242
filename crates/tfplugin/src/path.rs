//! Attribute paths: where in a configuration a message belongs.

use std::fmt;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into an attribute or a nested block.
    Attribute(String),
    /// Into an element of a map, or of a set of strings, by key or value.
    Key(String),
    /// Into an element of a list, by position.
    Index(i64),
}

impl Step {
    /// Into an element of a list.
    pub(crate) fn at(index: usize) -> Self {
        Self::Index(i64::try_from(index).unwrap_or(i64::MAX))
    }
}

/// The way from a block to a value within it; empty for the block itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttributePath(Vec<Step>);

impl AttributePath {
    /// The path of a top-level attribute.
    pub fn root(attribute: &str) -> Self {
        Self(vec![Step::Attribute(attribute.to_owned())])
    }

    /// This path, one step further into an attribute.
    pub fn attribute(self, name: &str) -> Self {
        self.step(Step::Attribute(name.to_owned()))
    }

    /// This path, one step further into an element of a map.
    ///
    /// For an element of a set, the protocol has no step of its own: the element's text as a key is what hosts accept
    /// and show at the whole attribute, whereas an index would point at another element than the one meant.
    pub fn key(self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// This path, one step further into an element of a list.
    pub fn index(self, index: usize) -> Self {
        self.step(Step::at(index))
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// This path as it is one step further out.
    /// The attribute at the top to which this leads. Core finds the line of an attribute of a block, but of none within another
    /// attribute, for which it shows the block alone (`internal/tfdiags`, seen with Terraform 1.11.4).
    #[must_use]
    pub fn top(&self) -> Self {
        self.0.first().cloned().into_iter().collect()
    }

    pub(crate) fn within(mut self, step: Step) -> Self {
        self.0.insert(0, step);
        self
    }

    fn step(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }
}

/// The path of these steps, outermost first.
impl FromIterator<Step> for AttributePath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

/// As a user would write it: `acl["10.0.0.1"]`, `rules[0].name`.
impl fmt::Display for AttributePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => formatter.write_str(name)?,
                Step::Attribute(name) => write!(formatter, ".{name}")?,
                Step::Key(key) => write!(formatter, "[{key:?}]")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_a_user_would_write_it() {
        let path = AttributePath::root("rules")
            .index(0)
            .attribute("tags")
            .key("a\"b");
        assert_eq!(path.to_string(), "rules[0].tags[\"a\\\"b\"]");
        assert_eq!(AttributePath::default().to_string(), "");
    }
}
