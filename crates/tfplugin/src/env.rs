//! The process environment behind a trait, so that everything that reads settings can be tested without touching it.

use std::collections::BTreeMap;

/// Where environment variables come from.
pub trait Environment: Send + Sync {
    /// The variable's value, or `None` where it is unset, empty or not Unicode.
    fn get(&self, name: &str) -> Option<String>;

    /// Whether the variable has a value that is not Unicode.
    fn is_not_unicode(&self, _name: &str) -> bool {
        false
    }
}

/// The environment of this process.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcessEnvironment;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the process environment"
)]
impl Environment for ProcessEnvironment {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn is_not_unicode(&self, name: &str) -> bool {
        matches!(std::env::var(name), Err(std::env::VarError::NotUnicode(_)))
    }
}

impl Environment for BTreeMap<String, String> {
    fn get(&self, name: &str) -> Option<String> {
        BTreeMap::get(self, name)
            .filter(|value| !value.is_empty())
            .cloned()
    }
}
