//! The form of lists: plain arrays, or pages in the manner of Vonage's other APIs.

use http::StatusCode;
use serde_json::{Value, json};

use super::problem::{self, Outcome, Problem};
use crate::call::Call;
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
    let size = switches.list_page_size.unwrap_or(100).max(1);
    let number: usize = match query_value(request, "page") {
        None => 1,
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(problem::no_such_path)?,
    };
    let total = rows.len();
    let pages = total.div_ceil(size).max(1);
    let rows: Vec<Value> = rows
        .into_iter()
        .skip((number - 1).saturating_mul(size))
        .take(size)
        .collect();
    let link = |number: usize| json!({ "href": format!("{}?page_size={size}&page={number}", request.uri().path()) });
    let next = match switches.list_shape {
        ListShape::Looping => Some(number % pages + 1),
        _ => (number < pages).then_some(number + 1),
    };
    let mut links = json!({ "self": link(number), "first": link(1), "last": link(pages) });
    if let (Some(next), Some(links)) = (next, links.as_object_mut()) {
        links.insert("next".into(), link(next));
    }
    Ok(json!({
        "page_size": size, "page": number, "total_items": total, "total_pages": pages,
        "_embedded": { kind: rows }, "_links": links,
    }))
}
