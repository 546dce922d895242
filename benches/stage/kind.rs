//! A kind of objects that a bench has many of.

use serde_json::Value;

pub(crate) struct Kind {
    pub(crate) type_name: &'static str,
    /// The attributes that are configured.
    pub(crate) arguments: &'static [&'static str],
    /// One of them as state has it, null attributes left out.
    pub(crate) attributes: fn(usize) -> Value,
    /// What a sandbox with so many starts with.
    pub(crate) seed: fn(usize) -> Value,
}
