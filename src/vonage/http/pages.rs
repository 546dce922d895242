//! Lists of the API, in each form that they may have, followed to their end.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::answer::Answer;
use super::client::Client;
use super::error::Error;
use super::json::{Stopped, each_element, fields, only_field};
use super::object::InvalidObject;
use super::operation::Operation;
use super::request::{LIST_LIMIT, Request};

/// Far more pages than any list needs; one that does not end is cut off with an error.
const MOST_PAGES: usize = 1000;
/// More rows than any account has; what a row becomes takes more memory than the shortest row.
const MOST_ROWS: usize = 100_000;

/// One page: the text of its array of rows, and the address of the next page.
pub(crate) struct Page<'a> {
    rows: &'a str,
    pub(crate) next: Option<String>,
}

/// What the rows of a list tell of, each object once: while objects come and go, one may stand on two pages.
pub(crate) struct Distinct<T, F> {
    objects: Vec<T>,
    keys: HashSet<String>,
    read: F,
}

impl<T, F: Fn(&RawValue) -> Result<(String, T), InvalidObject>> Distinct<T, F> {
    /// `read` gives an object with its key.
    pub(crate) fn new(read: F) -> Self {
        Self {
            objects: Vec::new(),
            keys: HashSet::new(),
            read,
        }
    }

    pub(crate) fn take(&mut self, row: &RawValue) -> Result<(), String> {
        let read = (self.read)(row);
        let (key, object) = read.map_err(|problem| format!("of one of its rows, {problem}"))?;
        if self.keys.insert(key) {
            self.objects.push(object);
        }
        Ok(())
    }
}

impl Client {
    /// Hands each row of a list to `take`, which says what is wrong with a row that it cannot use. The answer is
    /// known to be a bare array; a paged object is followed to its end. Gives when its first page was requested.
    pub(crate) async fn each_row(
        &self,
        operation: &Operation,
        first: Request,
        expected: &'static str,
        mut take: impl FnMut(&RawValue) -> Result<(), String>,
    ) -> Result<Instant, Error> {
        let collection = first.name.path.clone();
        let mut request = first;
        let mut visited = HashSet::new();
        let mut first_asked = None;
        loop {
            let answer = self.exchange(operation, &request).await?;
            let asked = *first_asked.get_or_insert(answer.asked);
            let unexpected =
                |problem: String| self.unexpected_body(&request, &answer, expected, &problem);
            let page = parse(answer.text()).map_err(unexpected)?;
            page.each_row(&mut take).map_err(unexpected)?;
            let Some(next) = page.next else {
                return Ok(asked);
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

    /// Every object of a list once; `read` gives its key, too.
    pub(crate) async fn list<T>(
        &self,
        operation: &Operation,
        first: Request,
        expected: &'static str,
        read: impl Fn(&RawValue) -> Result<(String, T), InvalidObject>,
    ) -> Result<Vec<T>, Error> {
        let mut distinct = Distinct::new(read);
        self.each_row(operation, first, expected, |row| distinct.take(row))
            .await?;
        Ok(distinct.objects)
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
        let base = &self.base_url;
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
        url.path().clone_into(&mut following.name.path);
        following.query = url.query().map(str::to_owned);
        Ok(following)
    }
}

fn path_and_query(request: &Request) -> String {
    match &request.query {
        Some(query) => format!("{}?{query}", request.name.path),
        None => request.name.path.clone(),
    }
}

impl<'a> Page<'a> {
    /// Hands each row to `take`, which says what is wrong with one that it cannot use.
    pub(crate) fn each_row(
        &self,
        mut take: impl FnMut(&'a RawValue) -> Result<(), String>,
    ) -> Result<(), String> {
        let mut left = MOST_ROWS;
        each_element(self.rows, |row| {
            left = left
                .checked_sub(1)
                .ok_or_else(|| format!("it has more than {MOST_ROWS} rows"))?;
            take(row)
        })
        .map_err(|stopped| match stopped {
            Stopped::Malformed(error) => format!("it is not an array ({})", place(&error)),
            Stopped::Refused(problem) => problem,
        })
    }
}

/// Reads a bare array, or an object whose `_embedded` holds one; either may be missing where the object says that there are no
/// rows. The rows are left as they are.
pub(crate) fn parse(body: &str) -> Result<Page<'_>, String> {
    let body = body.trim_ascii_start();
    if body.is_empty() {
        return Err("it is empty".to_owned());
    }
    if body.starts_with('[') {
        let (rows, next) = (body, None);
        return Ok(Page { rows, next });
    }
    let Ok([embedded, links, total]) = fields(body, ["_embedded", "_links", "total_items"]) else {
        return Err("it is neither an array nor a paged object".to_owned());
    };
    if total.is_some_and(|total| total.get() == "0") && embedded.is_none_or(is_empty) {
        let (rows, next) = ("[]", None);
        return Ok(Page { rows, next });
    }
    let embedded = embedded.ok_or("it is neither an array nor a paged object")?;
    let rows = only_field(embedded.get())
        .map_err(|_| "its `_embedded` does not hold exactly one list".to_owned())?;
    Ok(Page {
        rows: rows.get(),
        next: links.map(next).transpose()?.flatten(),
    })
}

/// Whether it is an object without members.
fn is_empty(object: &RawValue) -> bool {
    let inner = object.get().strip_prefix('{');
    let inner = inner.and_then(|it| it.strip_suffix('}'));
    inner.is_some_and(|it| it.trim_ascii().is_empty())
}

fn next(links: &RawValue) -> Result<Option<String>, String> {
    let links: Option<Links> =
        serde_json::from_str(links.get()).map_err(|_| "its `_links` are no links".to_owned())?;
    let href = links.and_then(|links| links.next?.href);
    Ok(href.filter(|href| !href.is_empty()))
}

/// An error of the JSON parser may quote the text; its place does not.
fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

#[derive(Deserialize)]
struct Links {
    next: Option<Link>,
}

#[derive(Deserialize)]
struct Link {
    href: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(body: &str) -> Result<Vec<&str>, String> {
        let mut rows = Vec::new();
        parse(body)?.each_row(|row| {
            rows.push(row.get());
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn an_array_is_one_page() {
        let body = r#" [{"name":"a"}, {"name":"b"}]"#;
        assert_eq!(rows(body).unwrap(), [r#"{"name":"a"}"#, r#"{"name":"b"}"#]);
        assert!(parse(body).unwrap().next.is_none());
        assert_eq!(rows("[]").unwrap(), [""; 0]);
    }

    #[test]
    fn a_paged_object_gives_its_rows_and_the_next_page() {
        let body = r#"{"page_size":1,"_embedded":{"domains":[{"name":"a"}]},
            "_links":{"self":{"href":"/x"},"next":{"href":"/v1/psip?page=2"}}}"#;
        assert_eq!(rows(body).unwrap(), [r#"{"name":"a"}"#]);
        let page = parse(body).unwrap();
        assert_eq!(page.next.as_deref(), Some("/v1/psip?page=2"));
        for last in [r#"{"next":null}"#, r#"{"next":{"href":""}}"#, "{}", "null"] {
            let body = format!(r#"{{"_embedded":{{"x":[]}},"_links":{last}}}"#);
            assert!(parse(&body).unwrap().next.is_none(), "{last}");
        }
    }

    #[test]
    fn every_other_shape_is_refused() {
        for body in [
            "",
            "  ",
            "null",
            "{}",
            "[{\"name\":\"a\"}",
            "<html>",
            r#"{"_embedded":{}}"#,
            r#"{"_embedded":{"a":[],"b":[]}}"#,
            r#"{"total_items":0,"_embedded":[]}"#,
            r#"{"total_items":1,"_embedded":{}}"#,
            r#"{"_embedded":[{"name":"a"}]}"#,
            r#"{"_embedded":{"a":{}}}"#,
            r#"{"_embedded":{"a":[]},"_links":[]}"#,
            r#"{"title":"x"}"#,
        ] {
            assert!(rows(body).is_err(), "{body}");
        }
    }

    #[test]
    fn of_an_array_that_breaks_off_the_place_is_told() {
        let problem = rows("[{\"name\":\"a\"}").unwrap_err();
        assert_eq!(problem, "it is not an array (line 1, column 13)");
    }

    #[test]
    fn more_rows_than_any_account_has_are_refused() {
        let body = |count| format!("[{}0]", "0,".repeat(count - 1));
        assert!(rows(&body(MOST_ROWS)).is_ok());
        assert_eq!(
            rows(&body(MOST_ROWS + 1)).unwrap_err(),
            "it has more than 100000 rows"
        );
    }
}
