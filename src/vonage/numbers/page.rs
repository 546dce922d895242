//! One page of a list of numbers.

use serde_json::value::RawValue;

use super::outcome::{Outcome, outcome};
use super::{Number, Numbers};
use crate::vonage::http::answer::Answer;
use crate::vonage::http::error::Error;
use crate::vonage::http::json::{Stopped, each_element, fields};
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::Request;

const EXPECTED: &str = "a list of numbers";

/// The numbers of a page.
pub(super) struct Page {
    pub(super) answer: Answer,
    pub(super) numbers: Vec<Number>,
    /// How many numbers all pages have; `None` where the API does not say.
    pub(super) count: Option<usize>,
}

impl Numbers {
    pub(super) async fn page(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Page, Error> {
        let answer = self.lists.exchange(operation, request).await?;
        if let Outcome::Refused(code) = outcome(answer.text()) {
            return Err(self.lists.refused(request, &answer, &code));
        }
        match read(answer.text()) {
            Ok((numbers, count)) => Ok(Page {
                answer,
                numbers,
                count,
            }),
            Err(problem) => Err(self.unexpected(request, &answer, &problem)),
        }
    }

    pub(super) fn unexpected(&self, request: &Request, answer: &Answer, problem: &str) -> Error {
        self.lists
            .unexpected_body(request, answer, EXPECTED, &problem)
    }
}

/// The numbers of a page, and how many there are of them in all. An empty list is an object without members.
fn read(body: &str) -> Result<(Vec<Number>, Option<usize>), String> {
    let not_a_list = |_| "it is not an object with numbers".to_owned();
    let [count, rows] = fields(body, ["count", "numbers"]).map_err(not_a_list)?;
    let Some(array) = rows else {
        return if count.is_none() {
            Ok((Vec::new(), None))
        } else {
            Err("it has a count, but no numbers".to_owned())
        };
    };
    let mut numbers = Vec::new();
    let taken = each_element(array.get(), |row: &RawValue| {
        Number::from_row(row).map(|number| numbers.push(number))
    });
    taken.map_err(|stopped| match stopped {
        Stopped::Malformed(_) => "its `numbers` are no list".to_owned(),
        Stopped::Refused(problem) => format!("of one of its rows, {problem}"),
    })?;
    Ok((numbers, count.and_then(|count| count.get().parse().ok())))
}
