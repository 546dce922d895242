//! The requests about users, without sending them.

use crate::vonage::psip::requests::domain_path;
use crate::vonage::request::{InvalidPathSegment, LIST_LIMIT, Request};

const COLLECTION: &str = "/v1/psip/{domain}/users";

pub(super) fn list(domain: &str) -> Result<Request, InvalidPathSegment> {
    Ok(Request::get(COLLECTION, collection_path(domain)?).with_answer_limit(LIST_LIMIT))
}

fn collection_path(domain: &str) -> Result<String, InvalidPathSegment> {
    Ok(format!("{}/users", domain_path(domain)?))
}
