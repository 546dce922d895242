//! The numbers that the account owns, from one list for all who ask: the API has no other way to read one.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::Instant;

use super::outcome::refusal;
use super::requests::{self, PAGE};
use super::{Number, NumberKey, Numbers};
use crate::vonage::http::error::Error;
use crate::vonage::http::exchange::unsent;
use crate::vonage::http::json::{Stopped, each_element, fields};
use crate::vonage::http::operation::Operation;

/// How long after it was requested a list answers reads, unless this process has changed the number since.
const LIFETIME: Duration = Duration::from_secs(30);
/// More pages than any account has numbers for.
const MOST_PAGES: usize = 1_000;
const EXPECTED: &str = "a list of numbers";

/// All numbers of the account, as they were once.
pub(super) struct Snapshot {
    /// When its first page was requested: it shows nothing that happened later.
    pub(super) asked: Instant,
    numbers: HashMap<NumberKey, Number>,
}

impl Numbers {
    /// Reads a number. `None` only when two lists lack it.
    pub(crate) async fn read(
        &self,
        operation: &Operation,
        key: &NumberKey,
    ) -> Result<Option<Number>, Error> {
        let arrived = Instant::now();
        let written = self.locks.last_write(&key.to_string());
        let fits = |asked: Instant| {
            asked + LIFETIME >= arrived && written.is_none_or(|written| asked > written)
        };
        let first = self.snapshot(operation, &fits).await?;
        if let Some(found) = first.numbers.get(key) {
            return Ok(Some(found.clone()));
        }
        // An empty answer may be one of another kind of trouble.
        let second = self
            .snapshot(operation, &|asked| asked > first.asked)
            .await?;
        Ok(second.numbers.get(key).cloned())
    }

    /// The number as a list that is requested from now on shows it.
    pub(super) async fn look(
        &self,
        operation: &Operation,
        key: &NumberKey,
    ) -> Result<Option<Number>, Error> {
        let now = Instant::now();
        let snapshot = self.snapshot(operation, &|asked| asked >= now).await?;
        Ok(snapshot.numbers.get(key).cloned())
    }

    /// Every number, ordered by country and digits.
    pub(crate) async fn list(&self, operation: &Operation) -> Result<Vec<Number>, Error> {
        let arrived = Instant::now();
        let snapshot = self
            .snapshot(operation, &|asked| asked + LIFETIME >= arrived)
            .await?;
        let mut numbers: Vec<_> = snapshot.numbers.values().cloned().collect();
        let order = |it: &Number| (it.key.country.clone(), it.key.msisdn.clone());
        numbers.sort_by_cached_key(order);
        Ok(numbers)
    }

    /// The latest list, or a new one where that does not fit.
    async fn snapshot(
        &self,
        operation: &Operation,
        fits: &(dyn Fn(Instant) -> bool + Sync),
    ) -> Result<Arc<Snapshot>, Error> {
        let latest = || {
            let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
            latest.clone().filter(|latest| fits(latest.asked))
        };
        if let Some(latest) = latest() {
            return Ok(latest);
        }
        let _fetching = self.fetching.lock().await;
        if let Some(latest) = latest() {
            return Ok(latest);
        }
        let fetched = Arc::new(self.fetch(operation).await?);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = Some(fetched.clone());
        Ok(fetched)
    }

    async fn fetch(&self, operation: &Operation) -> Result<Snapshot, Error> {
        let mut numbers = HashMap::new();
        let mut first_asked = None;
        for page in 1..=MOST_PAGES {
            let request = requests::list(page);
            let admitted = self.lists.admit(operation).await;
            admitted.map_err(|refused| unsent(refused.reason, &request.name, operation))?;
            let answer = self.http.exchange(operation, &request).await?;
            let asked = *first_asked.get_or_insert(answer.asked);
            if refusal(answer.text()).is_some() {
                return Err(self.http.refused(&request, &answer));
            }
            let unexpected = |problem: String| {
                self.http
                    .unexpected_body(&request, &answer, EXPECTED, &problem)
            };
            let rows = each_number(answer.text(), |number| {
                numbers.insert(number.key.clone(), number);
            });
            let Page { rows, count } = rows.map_err(unexpected)?;
            if rows == 0 || page * PAGE >= count {
                return Ok(Snapshot { asked, numbers });
            }
        }
        let request = requests::list(MOST_PAGES);
        let answer = self.http.exchange(operation, &request).await?;
        let problem = "it has more pages than any account has numbers for";
        Err(self
            .http
            .unexpected_body(&request, &answer, EXPECTED, &problem))
    }
}

/// What a page says beside its rows.
struct Page {
    rows: usize,
    /// Of all pages.
    count: usize,
}

/// Hands over each number of a page. An empty list is an object without members.
fn each_number(body: &str, mut take: impl FnMut(Number)) -> Result<Page, String> {
    let not_a_list = |_| "it is not an object with numbers".to_owned();
    let [count, rows] = fields(body, ["count", "numbers"]).map_err(not_a_list)?;
    let Some(array) = rows else {
        let page = Page { rows: 0, count: 0 };
        return if count.is_none() {
            Ok(page)
        } else {
            Err("it has a count, but no numbers".to_owned())
        };
    };
    let mut rows = 0;
    let taken = each_element(array.get(), |row: &RawValue| {
        rows += 1;
        Number::from_row(row).map(&mut take)
    });
    taken.map_err(|stopped| match stopped {
        Stopped::Malformed(_) => "its `numbers` are no list".to_owned(),
        Stopped::Refused(problem) => format!("of one of its rows, {problem}"),
    })?;
    let count = count.and_then(|count| count.get().parse().ok());
    Ok(Page {
        rows,
        count: count.unwrap_or(rows),
    })
}
