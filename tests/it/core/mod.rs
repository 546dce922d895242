//! Terraform's core as a provider meets it: what it proposes, and the rules by which it takes or refuses each answer.
//!
//! The rules are written from what core does, on the messages of schemas and on values that another codec has read, so that
//! a mistake of the provider's layer cannot be one of theirs. Each can fail: `rules` shows how.

mod applied;
mod domain;
mod fake;
mod identity;
pub(crate) mod lifecycle;
mod planned;
mod properties;
mod proposal;
pub(crate) mod random;
mod rules;
mod schema_rules;
pub(crate) mod types;
mod values;
