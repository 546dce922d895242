//! Lists the domains of the account.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use super::{COLLECTION, Domain};
use crate::vonage::client::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;
use crate::vonage::request::{LIST_LIMIT, Request};

/// The most pages that are followed, should there ever be pages.
const MOST_PAGES: usize = 1000;

impl Client {
    /// All domains, in the API's order.
    ///
    /// Clients of others have seen a bare array. Vonage's other lists are objects with `_embedded` and `_links.next`, so
    /// these are followed, too, but only to the same path.
    pub async fn list_domains(&self, operation: &Operation) -> Result<Vec<Domain>, Error> {
        let mut domains = Vec::new();
        let mut seen = HashSet::new();
        let mut query: Option<String> = None;
        loop {
            let mut request =
                Request::get(COLLECTION, COLLECTION.to_owned()).with_answer_limit(LIST_LIMIT);
            if let Some(query) = &query {
                request = request.with_query(query);
            }
            let answer = self.send(operation, &request).await?;
            let body = answer.body.as_ref().map(AsRef::as_ref).unwrap_or_default();
            let unexpected =
                |problem| self.unexpected(&request, &answer, "a list of domains", problem);
            let page = Page::read(body).map_err(unexpected)?;
            domains.extend(page.domains);
            let Some(next) = page.next else {
                return Ok(domains);
            };
            if !seen.insert(next.clone()) || seen.len() > MOST_PAGES {
                return Err(unexpected("its pages lead in a circle".to_owned()));
            }
            query = Some(next);
        }
    }
}

struct Page {
    domains: Vec<Domain>,
    /// The query of the next page.
    next: Option<String>,
}

impl Page {
    fn read(body: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(body) {
            Ok(Value::Array(rows)) => Ok(Self {
                domains: read_rows(rows)?,
                next: None,
            }),
            Ok(Value::Object(mut object)) => {
                let next = object.get("_links").and_then(next_query);
                let Some(Value::Object(embedded)) = object.remove("_embedded") else {
                    return Err("it is neither an array nor a page of one".to_owned());
                };
                let rows = embedded.into_iter().find_map(|(_, value)| match value {
                    Value::Array(rows) => Some(rows),
                    _ => None,
                });
                Ok(Self {
                    domains: read_rows(rows.unwrap_or_default())?,
                    next,
                })
            }
            Ok(_) => Err("it is neither an array nor a page of one".to_owned()),
            Err(_) => Err("it is not JSON".to_owned()),
        }
    }
}

fn read_rows(rows: Vec<Value>) -> Result<Vec<Domain>, String> {
    let read = |(position, row): (usize, Value)| match row {
        Value::Object(fields) => {
            Domain::from_fields(fields).map_err(|problem| format!("row {position}: {problem}"))
        }
        _ => Err(format!("row {position}: it is no object")),
    };
    rows.into_iter().enumerate().map(read).collect()
}

/// The query alone: credentials go to no other place than the one configured, whatever a link says.
fn next_query(links: &Value) -> Option<String> {
    let href = links.get("next")?.get("href")?.as_str()?;
    let base = Url::parse("https://api.invalid").ok()?;
    let next = base.join(href).ok()?;
    next.query().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<(Vec<String>, Option<String>), String> {
        let page = Page::read(json.as_bytes())?;
        Ok((
            page.domains.into_iter().map(|domain| domain.name).collect(),
            page.next,
        ))
    }

    #[test]
    fn an_array_is_the_whole_list() {
        assert_eq!(
            read(r#"[{"name":"one-1","acl":[]}]"#),
            Ok((vec!["one-1".to_owned()], None))
        );
        assert_eq!(read("[]"), Ok((Vec::new(), None)));
    }

    #[test]
    fn a_page_leads_to_the_next_by_its_query_alone() {
        let json = r#"{"_embedded":{"domains":[{"name":"one-1","acl":[]}]},
            "_links":{"next":{"href":"https://elsewhere.example/v1/psip?page=2"}}}"#;
        assert_eq!(
            read(json),
            Ok((vec!["one-1".to_owned()], Some("page=2".to_owned())))
        );
    }

    #[test]
    fn another_shape_is_an_error_that_says_where() {
        assert!(read("{}").is_err());
        assert!(read("<html>").is_err());
        assert_eq!(
            read(r#"[{"name":"one-1","acl":[]},"two"]"#),
            Err("row 1: it is no object".to_owned())
        );
        assert_eq!(
            read(r#"[{"name":"one-1"}]"#),
            Err("row 0: it has no `acl`".to_owned())
        );
    }
}
