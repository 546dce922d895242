//! The Numbers API: the phone numbers that the account owns, and where their calls go. Nothing here buys or cancels one.
//!
//! It is older than the other APIs: forms go out, outcomes are in the body, and an update replaces all that it does not send.

mod client;
mod list;
mod number;
mod outcome;
mod page;
mod requests;
mod settling;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use client::Numbers;
pub(in crate::vonage) use client::{LISTS, UPDATES};
pub(crate) use number::{Number, NumberKey, Target};
pub(crate) use update::{Change, LinkError, Linked};
