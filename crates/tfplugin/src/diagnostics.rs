//! Messages for the practitioner: errors and warnings, each at the place it is about.

use super::path::AttributePath;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The operation failed.
    Error,
    /// The operation goes on, but somebody should look.
    Warning,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What happened, in a few words.
    pub summary: String,
    /// Why, and what to do.
    pub detail: String,
    /// The attribute that it is about; empty for the whole block.
    pub path: AttributePath,
}

/// Messages in the order in which they came up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// One error about a whole block.
    pub fn from_error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::error_at(AttributePath::default(), summary, detail)
    }

    /// One error.
    pub fn error_at(
        path: AttributePath,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.error(path, summary, detail);
        diagnostics
    }

    /// One warning.
    pub fn warning_at(
        path: AttributePath,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.warning(path, summary, detail);
        diagnostics
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        path: AttributePath,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.push(Severity::Error, path, summary, detail);
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        path: AttributePath,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.push(Severity::Warning, path, summary, detail);
    }

    /// Adds a message.
    pub fn push(
        &mut self,
        severity: Severity,
        path: AttributePath,
        summary: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.0.push(Diagnostic {
            severity,
            summary: summary.into(),
            detail: detail.into(),
            path,
        });
    }

    /// Takes over all messages of another.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The errors among them, for where the warnings have been said before.
    pub fn into_errors(self) -> Self {
        self.filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Those of which this is true.
    #[must_use]
    pub fn filter(mut self, is_kept: impl FnMut(&Diagnostic) -> bool) -> Self {
        self.0.retain(is_kept);
        self
    }

    /// Whether any message is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether there is no message at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The messages.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

/// All messages of several, in their order.
impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl FromIterator<Diagnostics> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Self>>(several: I) -> Self {
        Self(several.into_iter().flatten().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A result with the warnings, or partial failures, that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosed<T> {
    /// The result.
    pub value: T,
    /// What there is to say about it.
    pub diagnostics: Diagnostics,
}

impl<T> From<T> for Diagnosed<T> {
    fn from(value: T) -> Self {
        Self {
            value,
            diagnostics: Diagnostics::new(),
        }
    }
}

/// What a call of a provider comes to: a result, perhaps with messages, or the errors that prevented it.
pub type Outcome<T> = Result<Diagnosed<T>, Diagnostics>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_no_errors() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.warning(AttributePath::default(), "Look", "here");
        assert!(!diagnostics.has_errors());
        diagnostics.append(Diagnostics::from_error("Bad", "because"));
        assert!(diagnostics.has_errors());
        assert_eq!(
            diagnostics.into_errors(),
            Diagnostics::from_error("Bad", "because")
        );
    }
}
