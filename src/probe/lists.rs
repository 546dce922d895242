//! Reads the lists of an account, and keeps of them what is the probe's own.

use serde_json::Value;

use super::reply::Reply;
use super::sender::{Sender, Stop};
use super::session::{APPLICATIONS, DOMAINS};
use crate::vonage::{LIST_LIMIT, Request};

/// The most pages that are read; an account with more of them is told so.
const MOST_PAGES: u64 = 20;

/// What a list has of what is wanted.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) rows: Vec<Value>,
    /// Whether all of the list was read.
    pub(super) is_whole: bool,
}

/// Why there is no list, and the answer, where there is one.
pub(super) struct NoList {
    pub(super) reply: Option<Reply>,
    pub(super) why: String,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Domains,
    Applications,
}

impl List {
    fn request(self, page: u64) -> Request {
        let request = match (self, page) {
            (Self::Domains, 1) => Request::get(DOMAINS.to_owned()),
            (Self::Domains, page) => {
                Request::get(DOMAINS.to_owned()).with_query(&format!("page={page}"))
            }
            (Self::Applications, page) => Request::get(APPLICATIONS.to_owned())
                .with_query(&format!("page_size=100&page={page}")),
        };
        request.with_answer_limit(LIST_LIMIT)
    }

    /// The rows of a page, in any of the forms that lists may have.
    fn rows(self, body: &Value) -> Option<&Vec<Value>> {
        let name = match self {
            Self::Domains => "domains",
            Self::Applications => "applications",
        };
        let embedded = || body.get("_embedded")?.get(name)?.as_array();
        let wrapped = || body.get(name)?.as_array();
        body.as_array().or_else(embedded).or_else(wrapped)
    }

    /// The rows that are wanted, from all pages.
    pub(super) async fn read(
        self,
        sender: &mut Sender<'_>,
        is_wanted: &dyn Fn(&Value) -> bool,
    ) -> Result<Result<Listed, NoList>, Stop> {
        let mut listed = Listed::default();
        let mut page = 1;
        loop {
            let reply = match sender.send(&self.request(page)).await? {
                Ok(reply) => reply,
                Err(why) => return Ok(Err(NoList { reply: None, why })),
            };
            if !reply.is_success() {
                let why = format!("it is answered {}", reply.status);
                let reply = Some(reply);
                return Ok(Err(NoList { reply, why }));
            }
            let body = reply.json();
            let pages = body.get("total_pages").and_then(Value::as_u64);
            let pages = pages.unwrap_or(1);
            let is_empty = body.get("total_items").and_then(Value::as_u64) == Some(0);
            match self.rows(body) {
                Some(rows) => {
                    let wanted = rows.iter().filter(|row| is_wanted(row));
                    listed.rows.extend(wanted.cloned());
                }
                None if is_empty => {}
                None => {
                    let why = "it has a form that is not known".to_owned();
                    return Ok(Err(NoList { reply: None, why }));
                }
            }
            listed.is_whole = page >= pages;
            if listed.is_whole || page >= MOST_PAGES {
                return Ok(Ok(listed));
            }
            page += 1;
        }
    }
}

pub(super) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}
