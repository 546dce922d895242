//! The rules by which core takes or refuses each answer, as functions that tell every broken one with its path.
//!
//! They are written from what core does, on the messages of schemas, so that a mistake of this library's own types cannot be
//! one of theirs. Each can fail: the tests beside them show how.

pub mod applied;
pub mod identity;
pub mod planned;
pub mod proposal;
pub mod schema;
pub mod types;
pub mod values;

#[cfg(test)]
mod tests;
