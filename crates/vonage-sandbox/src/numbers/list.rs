//! The list of owned numbers: always in pages, and an empty object where no number is on the page.

use http::StatusCode;
use serde_json::{Value, json};

use super::fields::{self, Fields, is_country};
use super::problem::failed;
use super::{NUMBER, links, view};
use crate::call::Call;
use crate::json::Object;
use crate::pages;
use crate::problem::{Outcome, Problem};
use crate::request::query_pairs;
use crate::response::Response;
use crate::state_file::text;
use crate::store::Store;
use crate::switches::NumberOrder;

/// How many rows a page has where nothing else is asked for.
const PAGE_SIZE: usize = 10;

const KNOWN: [&str; 7] = [
    "application_id",
    "has_application",
    "country",
    "pattern",
    "search_pattern",
    "size",
    "index",
];

pub(super) fn list(store: &Store, call: &Call) -> Outcome {
    let switches = &call.switches;
    let query = fields::read(query_pairs(&call.request), &KNOWN)?;
    check(&query)?;
    let asked = count(&query, "size", PAGE_SIZE, 100)?;
    let size = switches
        .list_page_size
        .map_or(asked, |most| asked.min(most.max(1)));
    let index = count(&query, "index", 1, usize::MAX)?;
    let mut found: Vec<_> = store
        .list(&NUMBER, &[], call.at)
        .filter(|number| is_meant(number, &query))
        .collect();
    if switches.numbers.number_list_order == NumberOrder::Descending {
        found.reverse();
    }
    let rows: Vec<Value> = found
        .iter()
        .skip((index - 1).saturating_mul(size))
        .take(size)
        .map(|number| view::row(number, switches).into())
        .collect();
    let body = if rows.is_empty() {
        json!({})
    } else {
        json!({ "count": found.len(), "numbers": rows })
    };
    Ok(Response::json(StatusCode::OK, body))
}

fn check(query: &Fields) -> Result<(), Problem> {
    let is_one_of = |name: &str, values: &[&str]| {
        let value = query.get(name);
        value.is_none_or(|value| values.contains(&value.as_str()))
    };
    if query.get("country").is_some_and(|it| !is_country(it)) {
        return Err(failed("country must be two letters in upper case"));
    }
    if !is_one_of("has_application", &["true", "false"]) {
        return Err(failed("has_application must be true or false"));
    }
    if !is_one_of("search_pattern", &["0", "1", "2"]) {
        return Err(failed("search_pattern must be 0, 1 or 2"));
    }
    Ok(())
}

fn count(query: &Fields, name: &str, default: usize, most: usize) -> Result<usize, Problem> {
    let sent = query.get(name).map(String::as_str);
    pages::asked(sent, default, most).map_err(|reason| failed(&format!("{name} {reason}")))
}

/// Whether a number passes all filters.
fn is_meant(number: &Object, query: &Fields) -> bool {
    let filter = |name: &str| query.get(name).map(String::as_str);
    let msisdn = text(number, "msisdn");
    let fits = |pattern: &str| match filter("search_pattern") {
        Some("1") => msisdn.contains(pattern),
        Some("2") => msisdn.ends_with(pattern),
        _ => msisdn.starts_with(pattern),
    };
    let is_linked = links::application(number).is_some();
    filter("country").is_none_or(|country| country == text(number, "country"))
        && filter("pattern").is_none_or(fits)
        && filter("has_application").is_none_or(|asked| (asked == "true") == is_linked)
        && filter("application_id").is_none_or(|id| links::application(number) == Some(id))
}
