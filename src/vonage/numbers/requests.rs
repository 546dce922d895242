//! The requests about numbers, without sending them.

use super::{Number, NumberKey, Target};
use crate::vonage::http::request::{LIST_LIMIT, Request, RequestName};

/// As many as a page can have.
pub(super) const PAGE: usize = 100;

/// One page of the numbers that the account owns; the first is 1.
pub(super) fn list(page: usize) -> Request {
    Request::get("/account/numbers".to_owned())
        .with_query(&format!("size={PAGE}&index={page}"))
        .with_answer_limit(LIST_LIMIT)
}

/// The first page of the numbers of a country that begin with these digits.
pub(super) fn search(key: &NumberKey) -> Request {
    let search = url::form_urlencoded::Serializer::new(format!("size={PAGE}&index=1"))
        .append_pair("country", &key.country)
        .append_pair("pattern", &key.msisdn)
        .finish();
    Request::get("/account/numbers".to_owned()).with_query(&search)
}

/// The name of an update, for what fails before there is a form for it.
pub(super) fn update_name() -> RequestName {
    let path = "/number/update".to_owned();
    RequestName {
        method: http::Method::POST,
        path,
    }
}

/// Sends the calls to a number somewhere else.
pub(super) fn update(number: &Number, target: Option<&Target>) -> Request {
    Request::post_form("/number/update".to_owned(), &number.form(target))
}
