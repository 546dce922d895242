//! Programmable SIP: its paths, the rules of domains and users, and its responses. No I/O but the state file.

mod acl;
mod acl_echo;
mod cidr;
pub(crate) mod domain;
mod domains;
mod ids;
mod lists;
mod names;
mod objects;
mod operations;
pub(crate) mod problem;
mod router;
pub(crate) mod user;
mod users;
mod version;
pub(crate) mod view;
mod writes;

pub(crate) use ids::{DOMAIN, SipId, USER};
pub(crate) use operations::operate;
