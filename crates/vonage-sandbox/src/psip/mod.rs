//! Programmable SIP: its paths, the rules of domains and users, and its answers. No I/O but the state file.

mod acl;
mod acl_echo;
mod answer;
mod cidr;
pub(crate) mod domain;
mod domains;
mod lists;
mod names;
mod router;
mod store;
pub(crate) mod user;
mod users;
mod version;
pub(crate) mod view;

pub(crate) use answer::{Request, answer};
pub(crate) use store::{Effect, Store};
