//! go-plugin's side.

pub mod generated;
