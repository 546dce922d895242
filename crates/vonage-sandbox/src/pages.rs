//! Lists in pages, as Vonage's APIs have them.

use serde_json::{Value, json};

use crate::json::{Object, fields};

/// Which page is asked for.
pub(crate) struct Page {
    /// The most rows on it.
    pub(crate) size: usize,
    /// Counted from 1.
    pub(crate) number: usize,
    /// Whether the pages lead round in a circle.
    pub(crate) is_looping: bool,
    /// Whether there are links to the page before.
    pub(crate) has_links_back: bool,
}

/// A number that a query asks for, from 1 on, or what is wrong with it.
pub(crate) fn asked(sent: Option<&str>, default: usize, most: usize) -> Result<usize, String> {
    let Some(text) = sent else {
        return Ok(default);
    };
    let number = text.parse().ok();
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| match most {
            usize::MAX => "must be at least 1".to_owned(),
            most => format!("must be between 1 and {most}"),
        })
}

/// The body of a page; `list` is what the rows are called.
pub(crate) fn page(rows: Vec<Value>, list: &str, path: &str, page: &Page) -> Object {
    let Page { size, number, .. } = *page;
    let total = rows.len();
    let pages = total.div_ceil(size).max(1);
    let rows: Vec<Value> = rows
        .into_iter()
        .skip((number - 1).saturating_mul(size))
        .take(size)
        .collect();
    let next = if page.is_looping {
        Some(number % pages + 1)
    } else {
        (number < pages).then_some(number + 1)
    };
    let previous = (page.has_links_back && number > 1).then_some(number - 1);
    let link = |number: usize| json!({ "href": format!("{path}?page_size={size}&page={number}") });
    let mut links = fields(json!({ "self": link(number), "first": link(1), "last": link(pages) }));
    links.extend(next.map(|next| ("next".to_owned(), link(next))));
    links.extend(previous.map(|previous| ("prev".to_owned(), link(previous))));
    fields(json!({
        "page_size": size, "page": number, "total_items": total, "total_pages": pages,
        "_embedded": { list: rows }, "_links": links,
    }))
}
