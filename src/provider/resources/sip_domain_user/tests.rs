//! The resource as the server calls it, without the API.

mod operations;
mod plan;

use super::*;
