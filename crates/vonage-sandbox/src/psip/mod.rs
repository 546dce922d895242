//! Programmable SIP: its paths, the rules of domains and users, and its responses. No I/O but the state file.

mod acl;
mod acl_echo;
mod call;
mod cidr;
pub(crate) mod domain;
mod domains;
mod lists;
mod names;
mod objects;
mod operations;
mod problem;
mod router;
mod store;
pub(crate) mod user;
mod users;
mod version;
pub(crate) mod view;
mod writes;

pub(crate) use operations::respond;
pub(crate) use store::{ObjectId, Store};
