//! The list of applications: always in pages.

use http::StatusCode;
use serde_json::{Value, json};

use super::problem;
use super::view;
use super::{APPLICATION, operations};
use crate::call::Call;
use crate::pages::{self, Page};
use crate::problem::{Outcome, Problem};
use crate::request::query_value;
use crate::response::Response;
use crate::state_file::text;
use crate::store::Store;
use crate::switches::{EmptyList, ListOrder, ListShape};

/// How many rows a page has where nothing else is asked for.
const PAGE_SIZE: usize = 10;

pub(super) fn list(store: &Store, call: &Call) -> Outcome {
    let switches = &call.switches;
    let asked = query_number(call, "page_size", PAGE_SIZE, 100)?;
    let page = Page {
        size: switches
            .list_page_size
            .map_or(asked, |most| asked.min(most.max(1))),
        number: query_number(call, "page", 1, usize::MAX)?,
        is_looping: switches.list_shape == ListShape::Looping,
        has_links_back: true,
    };
    let mut seen: Vec<_> = store
        .list(&APPLICATION, &[], call.at)
        .filter(|it| {
            operations::check_enabled(it, switches).is_none_or(|it| it != StatusCode::NOT_FOUND)
        })
        .collect();
    match switches.applications.application_list_order {
        ListOrder::Created => {}
        ListOrder::Newest => seen.reverse(),
        ListOrder::Name => seen.sort_by_key(|it| text(it, "name")),
    }
    let rows: Vec<Value> = seen
        .into_iter()
        .map(|it| view::row(it, switches).into())
        .collect();
    let is_empty = rows.is_empty();
    let mut body = pages::page(rows, APPLICATION.list, call.request.uri().path(), &page);
    match switches.applications.application_empty_list {
        EmptyList::WithoutApplications if is_empty => {
            body.insert("_embedded".into(), json!({}));
        }
        EmptyList::WithoutEmbedded if is_empty => {
            body.remove("_embedded");
        }
        _ => {}
    }
    Ok(Response::json(StatusCode::OK, body))
}

/// A number in the query, from 1 on.
fn query_number(call: &Call, name: &str, default: usize, most: usize) -> Result<usize, Problem> {
    let sent = query_value(&call.request, name);
    pages::asked(sent.as_deref(), default, most)
        .map_err(|reason| problem::invalid_list(name, &reason))
}
