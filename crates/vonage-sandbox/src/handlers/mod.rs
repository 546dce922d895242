//! The operations of the API, from a request that has been read to its answer. No I/O but the state file.

mod answer;
mod domains;
mod lists;
mod users;

pub(super) use answer::{Request, answer};
