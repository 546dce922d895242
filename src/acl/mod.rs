//! Access control lists of a SIP domain: what one entry may look like, when two lists are the same, and what to tell the person who wrote one.
//!
//! Pure functions on text and addresses. [`Entry`] is a valid entry, [`InvalidEntry`] says what is wrong with another text,
//! [`Acl`] is a whole list as it is written: it is compared however it is spelled, and tells every problem at once. [`Union`] is what
//! a list admits.

mod algebra;
mod entry;
mod invalid;
mod lint;
mod list;
mod overlap;
mod parse;
mod quote;
mod size;
mod special;
#[cfg(test)]
mod strategies;
mod union;

pub use algebra::{merge, normalize};
pub use entry::Entry;
pub use invalid::InvalidEntry;
pub use lint::{Finding, Severity};
pub use list::{Acl, Element};
pub use size::Size;
pub use union::Union;
