//! Lists of the API, in each form that they may have, followed to their end.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::vonage::Client;
use crate::vonage::answer::Answer;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;
use crate::vonage::request::{LIST_LIMIT, Request};

/// Far more pages than any list needs; one that does not end is cut off with an error.
const MOST_PAGES: usize = 1000;

/// One page: its rows as they came, and the address of the next one.
pub(super) struct Page {
    pub(super) rows: Vec<Map<String, Value>>,
    next: Option<String>,
}

impl Client {
    /// Hands each row of a list to `take`, which says what is wrong with a row that it cannot use. The answer is
    /// known to be a bare array; a paged object is followed to its end.
    pub(super) async fn each_row(
        &self,
        operation: &Operation,
        first: Request,
        expected: &'static str,
        mut take: impl FnMut(Map<String, Value>) -> Result<(), String>,
    ) -> Result<(), Error> {
        let collection = first.path.clone();
        let mut request = first;
        let mut visited = HashSet::new();
        loop {
            let answer = self.exchange(operation, &request).await?;
            let unexpected =
                |problem: String| self.unexpected_body(&request, &answer, expected, &problem);
            let page = parse(answer.body.as_deref().unwrap_or_default()).map_err(unexpected)?;
            page.rows
                .into_iter()
                .try_for_each(&mut take)
                .map_err(unexpected)?;
            let Some(next) = page.next else {
                return Ok(());
            };
            visited.insert(path_and_query(&request));
            let following = self
                .following(&collection, &request, &answer, &next)
                .map_err(unexpected)?;
            if visited.len() >= MOST_PAGES || visited.contains(&path_and_query(&following)) {
                return Err(unexpected("its pages go round in a circle".to_owned()));
            }
            request = following;
        }
    }

    /// The request for the next page. It must lie with the same API, in the same collection: the credentials go
    /// along.
    fn following(
        &self,
        collection: &str,
        request: &Request,
        answer: &Answer,
        next: &str,
    ) -> Result<Request, String> {
        let base = &self.settings().base_url;
        let url = base
            .join(&path_and_query(request))
            .and_then(|current| current.join(next))
            .map_err(|_| "its link to the next page is not a URL".to_owned())?;
        let stays = url.path().trim_end_matches('/') == collection;
        if url.origin() != base.origin() || !stays {
            return Err("its link to the next page leads elsewhere".to_owned());
        }
        let read = answer.body.as_ref().map_or(0, bytes::Bytes::len);
        let left = request.answer_limit.saturating_sub(read).min(LIST_LIMIT);
        let mut following = request.clone().with_answer_limit(left);
        url.path().clone_into(&mut following.path);
        following.query = url.query().map(str::to_owned);
        Ok(following)
    }
}

fn path_and_query(request: &Request) -> String {
    match &request.query {
        Some(query) => format!("{}?{query}", request.path),
        None => request.path.clone(),
    }
}

/// Reads a bare array, or an object whose `_embedded` holds one. Rows are read as objects at once, so that an
/// answer full of something else ends at its first element.
pub(super) fn parse(body: &[u8]) -> Result<Page, String> {
    let text = body.trim_ascii_start();
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.starts_with(b"[") {
        let rows = serde_json::from_slice(text)
            .map_err(|error| format!("it is not an array of objects ({})", place(&error)))?;
        return Ok(Page { rows, next: None });
    }
    let paged: Paged = serde_json::from_slice(text)
        .map_err(|_| "it is neither an array nor a paged object".to_owned())?;
    let mut lists = paged.embedded.into_values();
    let (Some(rows), None) = (lists.next(), lists.next()) else {
        return Err("its `_embedded` does not hold exactly one list".to_owned());
    };
    Ok(Page {
        rows,
        next: paged
            .links
            .and_then(|links| links.next)
            .and_then(Link::href),
    })
}

/// An error of the JSON parser may quote the text; its place does not.
fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

#[derive(Deserialize)]
struct Paged {
    #[serde(rename = "_embedded")]
    embedded: std::collections::BTreeMap<String, Vec<Map<String, Value>>>,
    #[serde(rename = "_links")]
    links: Option<Links>,
}

#[derive(Deserialize)]
struct Links {
    next: Option<Link>,
}

#[derive(Deserialize)]
struct Link {
    href: Option<String>,
}

impl Link {
    fn href(self) -> Option<String> {
        self.href.filter(|href| !href.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(page: &Page) -> Vec<&str> {
        page.rows
            .iter()
            .map(|row| row["name"].as_str().unwrap())
            .collect()
    }

    #[test]
    fn an_array_is_one_page() {
        let page = parse(br#" [{"name":"a"},{"name":"b"}]"#).unwrap();
        assert_eq!(names(&page), ["a", "b"]);
        assert!(page.next.is_none());
        assert!(parse(b"[]").unwrap().rows.is_empty());
    }

    #[test]
    fn a_paged_object_gives_its_rows_and_the_next_page() {
        let body = br#"{"page_size":1,"_embedded":{"domains":[{"name":"a"}]},
            "_links":{"self":{"href":"/x"},"next":{"href":"/v1/psip?page=2"}}}"#;
        let page = parse(body).unwrap();
        assert_eq!(names(&page), ["a"]);
        assert_eq!(page.next.as_deref(), Some("/v1/psip?page=2"));
        let last = parse(br#"{"_embedded":{"x":[]},"_links":{"next":null}}"#).unwrap();
        assert!(last.next.is_none());
    }

    #[test]
    fn every_other_shape_is_refused() {
        for body in [
            "",
            "  ",
            "null",
            "{}",
            "[1,2]",
            "[{\"name\":\"a\"}",
            "<html>",
            r#"{"_embedded":{}}"#,
            r#"{"_embedded":{"a":[],"b":[]}}"#,
            r#"{"_embedded":[{"name":"a"}]}"#,
            r#"{"title":"x"}"#,
        ] {
            assert!(parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
