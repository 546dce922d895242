//! The form of lists: plain arrays, or pages in the manner of Vonage's other APIs.

use http::StatusCode;
use serde_json::{Value, json};

use super::problem::{self, Outcome, Problem};
use crate::call::Call;
use crate::pages::{self, Page};
use crate::request::query_value;
use crate::response::Response;
use crate::switches::ListShape;

/// The rows of a list in the form that it has; `kind` is what they are called.
pub(super) fn respond(rows: Vec<Value>, kind: &str, call: &Call) -> Outcome {
    let body = match call.switches.list_shape {
        ListShape::Array => rows.into(),
        ListShape::Wrapped => json!({ kind: rows }),
        ListShape::Embedded | ListShape::Looping => page(rows, kind, call)?,
    };
    Ok(Response::json(StatusCode::OK, body))
}

fn page(rows: Vec<Value>, kind: &str, call: &Call) -> Result<Value, Problem> {
    let (switches, request) = (&call.switches, &call.request);
    let number = match query_value(request, "page") {
        None => 1,
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(problem::no_such_path)?,
    };
    let page = Page {
        size: switches.list_page_size.unwrap_or(100).max(1),
        number,
        is_looping: switches.list_shape == ListShape::Looping,
        has_links_back: false,
    };
    Ok(pages::page(rows, kind, request.uri().path(), &page).into())
}
