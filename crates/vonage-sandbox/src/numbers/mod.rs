//! The Numbers API: lists the numbers that the account owns, and changes where they lead. It neither buys nor cancels.

mod callbacks;
mod fields;
mod links;
mod list;
mod operations;
pub(crate) mod problem;
mod update;
mod view;

pub(crate) use links::unlinked;
pub(crate) use operations::{form_of, named, operate};
pub(crate) use view::respond;

use crate::store::Kind;

pub(crate) const LIST_PATH: &str = "/account/numbers";
pub(crate) const UPDATE_PATH: &str = "/number/update";

pub(crate) static NUMBER: Kind = Kind {
    list: "numbers",
    noun: "number",
    key: &["country", "msisdn"],
    parent: None,
};
