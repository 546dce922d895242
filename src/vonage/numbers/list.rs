//! The numbers that the account owns, from one list for all who ask: the API has no other way to read one.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::Instant;

use super::outcome::refusal;
use super::requests;
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
    asked: Instant,
    numbers: Arc<Owned>,
    /// What the list before showed, a moment ago.
    before: Option<Arc<Owned>>,
}

type Owned = HashMap<NumberKey, Number>;

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
        if first
            .before
            .as_ref()
            .is_some_and(|it| !it.contains_key(key))
        {
            return Ok(None);
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

    /// Every number, ordered by country and digits. That there are none is believed only when two lists say so.
    pub(crate) async fn list(&self, operation: &Operation) -> Result<Vec<Number>, Error> {
        let arrived = Instant::now();
        self.listed(operation, &|asked| asked + LIFETIME >= arrived)
            .await
    }

    /// The same by a list that is requested from now on.
    pub(crate) async fn list_anew(&self, operation: &Operation) -> Result<Vec<Number>, Error> {
        let now = Instant::now();
        self.listed(operation, &|asked| asked >= now).await
    }

    async fn listed(
        &self,
        operation: &Operation,
        fits: &(dyn Fn(Instant) -> bool + Sync),
    ) -> Result<Vec<Number>, Error> {
        let mut snapshot = self.snapshot(operation, fits).await?;
        let was_empty = snapshot.before.as_ref().is_some_and(|it| it.is_empty());
        if snapshot.numbers.is_empty() && !was_empty {
            let first = snapshot.asked;
            snapshot = self.snapshot(operation, &|asked| asked > first).await?;
        }
        let mut numbers: Vec<_> = snapshot.numbers.values().cloned().collect();
        numbers.sort_by(|one, other| one.key.cmp(&other.key));
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
        let waiting = operation.bound(self.fetching.lock()).await;
        let name = requests::list(1).name;
        let _fetching = waiting.map_err(|reason| unsent(reason, &name, operation))?;
        if let Some(latest) = latest() {
            return Ok(latest);
        }
        let (asked, numbers) = self.fetch(operation).await?;
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let before = latest.take().filter(|it| it.asked + LIFETIME >= asked);
        let fetched = Arc::new(Snapshot {
            asked,
            numbers: Arc::new(numbers),
            before: before.map(|it| it.numbers.clone()),
        });
        *latest = Some(fetched.clone());
        Ok(fetched)
    }

    /// The numbers, and when the first page was requested.
    async fn fetch(&self, operation: &Operation) -> Result<(Instant, Owned), Error> {
        let mut numbers = HashMap::new();
        let mut first_asked = None;
        let (mut page, mut seen) = (1, 0);
        loop {
            let request = requests::list(page);
            let answer = self.lists.exchange(operation, &request).await?;
            let asked = *first_asked.get_or_insert(answer.asked);
            if let Some(code) = refusal(answer.text()) {
                return Err(self.lists.refused(&request, &answer, &code));
            }
            let unexpected = |problem: String| {
                self.lists
                    .unexpected_body(&request, &answer, EXPECTED, &problem)
            };
            let read = each_number(answer.text(), |number| {
                numbers.insert(number.key.clone(), number);
            });
            let Page { rows, count } = read.map_err(unexpected)?;
            seen += rows;
            if rows == 0 || seen >= count {
                return Ok((asked, numbers));
            }
            if page == MOST_PAGES {
                return Err(unexpected("its pages do not end".to_owned()));
            }
            page += 1;
        }
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
    // Without a count, a page without rows is the end.
    let count = count.unwrap_or(usize::MAX);
    Ok(Page { rows, count })
}
