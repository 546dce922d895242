//! Lists in pages, as Vonage's APIs have them.

use serde_json::{Value, json};

/// Which page is asked for.
pub(crate) struct Page {
    /// The most rows on it.
    pub(crate) size: usize,
    /// Counted from 1.
    pub(crate) number: usize,
    /// Whether the pages lead round in a circle.
    pub(crate) is_looping: bool,
}

impl Page {
    /// A link to a page of the same size.
    pub(crate) fn link(&self, path: &str, number: usize) -> Value {
        let size = self.size;
        json!({ "href": format!("{path}?page_size={size}&page={number}") })
    }
}

/// The body of a page; `list` is what the rows are called.
pub(crate) fn page(rows: Vec<Value>, list: &str, path: &str, page: &Page) -> Value {
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
    let link = |number| page.link(path, number);
    let mut links = json!({ "self": link(number), "first": link(1), "last": link(pages) });
    if let (Some(next), Some(links)) = (next, links.as_object_mut()) {
        links.insert("next".into(), link(next));
    }
    json!({
        "page_size": size, "page": number, "total_items": total, "total_pages": pages,
        "_embedded": { list: rows }, "_links": links,
    })
}
