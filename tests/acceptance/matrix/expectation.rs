//! What cannot end well by its nature, and how it is told: the provider can do nothing about these values.

use serde_json::{Map, Value};

/// How the core ends under some switches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// All of it works.
    Success,
    /// Nothing can be made, and the message says these words.
    NothingMade(&'static [&'static str]),
    /// Lists cannot be had, with these words; the rest works.
    NoLists(&'static [&'static str]),
    /// What is there cannot be changed, with these words.
    NoChange(&'static [&'static str]),
}

/// What is expected under these switches.
pub(super) fn expected(switches: &Map<String, Value>) -> Expected {
    let is = |key: &str, value: &str| switches.get(key).is_some_and(|set| set == value);
    let _ = is;
    Expected::Success
}
