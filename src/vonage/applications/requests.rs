//! The requests about applications, without sending them.

use super::Application;
use crate::vonage::http::request::{
    InvalidPathSegment, LIST_LIMIT, Request, RequestName, path_segment,
};

const COLLECTION: &str = "/v2/applications";

pub(super) fn create(application: &Application) -> Request {
    Request::post(COLLECTION.to_owned(), &application.to_json())
}

pub(super) fn read(id: &str) -> Result<Request, InvalidPathSegment> {
    Ok(Request::get(path(id)?))
}

pub(super) fn update(application: &Application) -> Result<Request, InvalidPathSegment> {
    Ok(Request::put(path(&application.id)?, &application.to_json()))
}

/// The name of the update request, for what fails before there is a body for it.
pub(super) fn update_name(id: &str) -> Result<RequestName, InvalidPathSegment> {
    let (method, path) = (http::Method::PUT, path(id)?);
    Ok(RequestName { method, path })
}

pub(super) fn delete(id: &str) -> Result<Request, InvalidPathSegment> {
    Ok(Request::delete(path(id)?))
}

/// The first page, as long as pages can be.
pub(super) fn list() -> Request {
    Request::get(COLLECTION.to_owned())
        .with_query("page_size=100&page=1")
        .with_answer_limit(LIST_LIMIT)
}

fn path(id: &str) -> Result<String, InvalidPathSegment> {
    Ok(format!("{COLLECTION}/{}", path_segment(id)?))
}
