//! Programmable SIP: what each call asks, and what its answers mean.
//!
//! The API is replicated and its documents are silent on much, so each file says what it takes for granted. A write is
//! followed by a wait until a read shows it; a write with an unclear end is never simply repeated.

mod create;
mod delete;
mod domain;
mod list;
mod read;
mod update;
mod visibility;

pub use create::CreateError;
pub use domain::Domain;
pub use visibility::{Visibility, Written};

use super::error::Error;
use super::request::{Request, path_segment};

const COLLECTION: &str = "/v1/psip";
const DOMAIN: &str = "/v1/psip/{domain}";

/// Compares a domain with the one wanted.
pub type IsSame<'a> = &'a (dyn Fn(&Domain) -> bool + Send + Sync);

fn domain_path(name: &str) -> Result<String, Error> {
    Ok(format!("{COLLECTION}/{}", path_segment(name)?))
}

fn get_domain(name: &str) -> Result<Request, Error> {
    Ok(Request::get(DOMAIN, domain_path(name)?))
}
