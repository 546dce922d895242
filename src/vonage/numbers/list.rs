//! The numbers that the account owns, from one list for all who ask: the API has no other way to read one.
//!
//! Where that list is long, some numbers are searched for one by one before it is read as a whole.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::MutexGuard;
use tokio::time::Instant;

use super::page::Page;
use super::requests::{self, PAGE};
use super::{Number, NumberKey, Numbers};
use crate::vonage::http::error::Error;
use crate::vonage::http::exchange::unsent;
use crate::vonage::http::operation::Operation;

/// How long a list answers reads, unless this process has changed the number since it was requested.
const LIFETIME: Duration = Duration::from_secs(30);
/// More rows than any account has numbers.
const MOST_ROWS: usize = 100_000;

type Owned = HashMap<NumberKey, Number>;

/// All numbers of the account, as they were once.
pub(super) struct Snapshot {
    /// When its first page was requested: it shows nothing that happened later.
    asked: Instant,
    /// When its last page had come.
    complete: Instant,
    numbers: Arc<Owned>,
    /// What the list before showed, a moment ago.
    before: Option<Arc<Owned>>,
}

/// Tells the lists that answer a question from older ones.
type Fits<'a> = &'a (dyn Fn(&Snapshot) -> bool + Sync);

/// What the list costs, and what was saved; held by the one that asks.
#[derive(Default)]
pub(super) struct Effort {
    /// Of the whole list, when it was last seen; zero where that is not known.
    pages: usize,
    /// Since the list was last read as a whole.
    searches: usize,
}

impl Effort {
    /// Whether to search for one number still takes fewer requests than the whole list, which would spare all later searches.
    fn search_is_cheaper(&self) -> bool {
        self.searches + 2 < self.pages
    }
}

/// Whose turn it is to ask.
enum Turn<'a> {
    /// Nobody's: there is an answer.
    Answered(Arc<Snapshot>),
    Ours(MutexGuard<'a, Effort>),
}

/// A number as it was seen, or not seen.
struct Sighting {
    asked: Instant,
    number: Option<Number>,
    /// Whether the list before lacked it, too.
    is_missing_twice: bool,
}

impl Snapshot {
    fn sighting(&self, key: &NumberKey) -> Sighting {
        let lacks = |list: &Arc<Owned>| !list.contains_key(key);
        Sighting {
            asked: self.asked,
            number: self.numbers.get(key).cloned(),
            is_missing_twice: lacks(&self.numbers) && self.before.as_ref().is_some_and(lacks),
        }
    }
}

impl Numbers {
    /// Reads a number. `None` only when it is missing twice.
    pub(crate) async fn read(
        &self,
        operation: &Operation,
        key: &NumberKey,
    ) -> Result<Option<Number>, Error> {
        let arrived = Instant::now();
        let written = self.locks.last_write(&key.to_string());
        let fits = |latest: &Snapshot| {
            latest.complete + LIFETIME >= arrived
                && written.is_none_or(|written| latest.asked > written)
        };
        self.confirmed(operation, key, &fits).await
    }

    /// The same by a list that is requested from now on.
    pub(super) async fn read_anew(
        &self,
        operation: &Operation,
        key: &NumberKey,
    ) -> Result<Option<Number>, Error> {
        let now = Instant::now();
        self.confirmed(operation, key, &|latest| latest.asked > now)
            .await
    }

    async fn confirmed(
        &self,
        operation: &Operation,
        key: &NumberKey,
        fits: Fits<'_>,
    ) -> Result<Option<Number>, Error> {
        let first = self.sighting(operation, key, fits).await?;
        if first.number.is_some() || first.is_missing_twice {
            return Ok(first.number);
        }
        // An empty answer may be one of another kind of trouble, and a search might not find what the whole list has.
        let second = self
            .whole(operation, &|latest| latest.asked > first.asked)
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
        let seen = self
            .sighting(operation, key, &|latest| latest.asked > now)
            .await?;
        Ok(seen.number)
    }

    /// Every number, ordered by country and digits. That there are none is believed only when two lists say so.
    pub(crate) async fn list(&self, operation: &Operation) -> Result<Vec<Number>, Error> {
        let arrived = Instant::now();
        self.listed(operation, &|latest| latest.complete + LIFETIME >= arrived)
            .await
    }

    /// The same by a list that is requested from now on.
    pub(crate) async fn list_anew(&self, operation: &Operation) -> Result<Vec<Number>, Error> {
        let now = Instant::now();
        self.listed(operation, &|latest| latest.asked > now).await
    }

    async fn listed(&self, operation: &Operation, fits: Fits<'_>) -> Result<Vec<Number>, Error> {
        let mut snapshot = self.whole(operation, fits).await?;
        let was_empty = snapshot.before.as_ref().is_some_and(|it| it.is_empty());
        if snapshot.numbers.is_empty() && !was_empty {
            let first = snapshot.asked;
            snapshot = self
                .whole(operation, &|latest| latest.asked > first)
                .await?;
        }
        let mut numbers: Vec<_> = snapshot.numbers.values().cloned().collect();
        numbers.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(numbers)
    }

    /// The whole list: the latest, or a new one where that does not fit.
    async fn whole(&self, operation: &Operation, fits: Fits<'_>) -> Result<Arc<Snapshot>, Error> {
        match self.turn(operation, fits).await? {
            Turn::Answered(snapshot) => Ok(snapshot),
            Turn::Ours(mut effort) => {
                let first = self.first_page(operation, &mut effort).await?;
                self.rest(operation, &mut effort, first).await
            }
        }
    }

    /// The number in the latest list, or where that does not fit, by whatever takes fewer requests.
    async fn sighting(
        &self,
        operation: &Operation,
        key: &NumberKey,
        fits: Fits<'_>,
    ) -> Result<Sighting, Error> {
        let mut effort = match self.turn(operation, fits).await? {
            Turn::Answered(snapshot) => return Ok(snapshot.sighting(key)),
            Turn::Ours(effort) => effort,
        };
        if !effort.search_is_cheaper() {
            let first = self.first_page(operation, &mut effort).await?;
            if !effort.search_is_cheaper() {
                let snapshot = self.rest(operation, &mut effort, first).await?;
                return Ok(snapshot.sighting(key));
            }
        }
        effort.searches += 1;
        let found = self.page(operation, &requests::search(key)).await?;
        let mut numbers = found.numbers.into_iter();
        Ok(Sighting {
            asked: found.answer.asked,
            number: numbers.find(|number| number.key == *key),
            is_missing_twice: false,
        })
    }

    async fn turn(&self, operation: &Operation, fits: Fits<'_>) -> Result<Turn<'_>, Error> {
        let latest = || {
            let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
            latest.clone().filter(|latest| fits(latest))
        };
        if let Some(latest) = latest() {
            return Ok(Turn::Answered(latest));
        }
        let waiting = operation.bound(self.effort.lock()).await;
        let name = requests::list(1).name;
        let effort = waiting.map_err(|reason| unsent(reason, &name, operation))?;
        Ok(latest().map_or(Turn::Ours(effort), Turn::Answered))
    }

    async fn first_page(&self, operation: &Operation, effort: &mut Effort) -> Result<Page, Error> {
        let first = self.page(operation, &requests::list(1)).await?;
        effort.pages = first.count.unwrap_or_default().div_ceil(PAGE);
        Ok(first)
    }

    /// The whole list behind its first page.
    async fn rest(
        &self,
        operation: &Operation,
        effort: &mut Effort,
        first: Page,
    ) -> Result<Arc<Snapshot>, Error> {
        let asked = first.answer.asked;
        let mut numbers = HashMap::new();
        let (mut page, mut index, mut seen) = (first, 1, 0);
        loop {
            let rows = page.numbers.len();
            seen += rows;
            let numbers_of_page = page.numbers.into_iter();
            numbers.extend(numbers_of_page.map(|it| (it.key.clone(), it)));
            // Without a count, a page without rows is the end.
            if rows == 0 || page.count.is_some_and(|count| seen >= count) {
                break;
            }
            if seen >= MOST_ROWS {
                let request = requests::list(index);
                return Err(self.unexpected(&request, &page.answer, "its rows do not end"));
            }
            index += 1;
            page = self.page(operation, &requests::list(index)).await?;
        }
        effort.searches = 0;
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let before = latest.take().filter(|it| it.complete + LIFETIME >= asked);
        let snapshot = Arc::new(Snapshot {
            asked,
            complete: Instant::now(),
            numbers: Arc::new(numbers),
            before: before.map(|it| it.numbers.clone()),
        });
        *latest = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }
}
