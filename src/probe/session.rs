//! One run: its requests, what they have shown, and what it has made.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use super::evidence::Evidence;
use super::lists::{List, text};
use super::name::Run;
use super::reply::Reply;
use super::search::Search;
use super::sender::{Sender, Stop};
use super::step::Step;
use crate::vonage::Request;

/// How long reads are repeated that should come to show a write.
const LONGEST_DELAY: Duration = Duration::from_secs(30);
/// How long reads are repeated that may never show one, at least.
const SETTLED: Duration = Duration::from_secs(3);
/// How often a list is read, which may lag behind, and how much longer each pause is than the one before.
const LISTS: u32 = 3;
const BETWEEN_LISTS: Duration = Duration::from_secs(1);
const FIRST_POLL: Duration = Duration::from_millis(200);
const SLOWEST_POLL: Duration = Duration::from_secs(2);

/// Whether an answer shows what is waited for.
type Shows<'a> = &'a dyn Fn(&Reply) -> bool;

/// What is to be removed in the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Owned {
    /// Domains by name; they may not be there.
    pub(super) domains: BTreeSet<String>,
    /// Applications by ID.
    pub(super) applications: BTreeSet<String>,
    /// Whether more may be there: a write had no clear outcome.
    pub(super) is_unclear: bool,
}

impl Owned {
    pub(super) fn is_nothing(&self) -> bool {
        self.domains.is_empty() && self.applications.is_empty() && !self.is_unclear
    }
}

pub(super) struct Session<'a> {
    pub(super) sender: Sender<'a>,
    pub(super) run: Run,
    pub(super) evidence: Evidence,
    pub(super) owned: Owned,
    /// Whether writes to a domain must say which version they are about.
    pub(super) any_version: bool,
    /// The longest that a write has taken to show so far.
    slowest: Duration,
    /// Counts what makes one version of an object differ from the one before.
    marks: u8,
}

impl<'a> Session<'a> {
    pub(super) fn new(sender: Sender<'a>, run: Run) -> Self {
        Self {
            sender,
            run,
            evidence: Evidence::default(),
            owned: Owned::default(),
            any_version: false,
            slowest: Duration::ZERO,
            marks: 0,
        }
    }

    /// A number that no other version of an object has.
    pub(super) fn mark(&mut self) -> u8 {
        self.marks = self.marks.wrapping_add(1);
        self.marks
    }

    /// Sends a request, and keeps what it was answered. Gives the answer, where there is one that says anything.
    pub(super) async fn step(
        &mut self,
        step: Step,
        mut request: Request,
    ) -> Result<Option<Reply>, Stop> {
        let is_versioned = matches!(request.name.method.as_str(), "PUT" | "DELETE");
        request.any_version |= self.any_version && is_versioned;
        let answered = self.sender.send(&request).await?;
        self.owned.is_unclear |= request.is_write() && answered.is_err();
        let reply = answered.as_ref().ok().cloned();
        self.evidence.replies.insert(step, answered);
        Ok(reply)
    }

    /// The same, and whether the API has done what was asked.
    pub(super) async fn accepted(&mut self, step: Step, request: Request) -> Result<bool, Stop> {
        self.step(step, request).await?;
        Ok(self.evidence.is_accepted(step) == Ok(true))
    }

    /// Reads until the answer shows what a write has done. Otherwise there is no evidence.
    pub(super) async fn await_shown(
        &mut self,
        step: Step,
        path: &str,
        shows: Shows<'_>,
    ) -> Result<Option<Reply>, Stop> {
        let begun = Instant::now();
        let found = self.poll(step, path, LONGEST_DELAY, shows).await?;
        if found.is_some() {
            let delay = self.evidence.delays.get(&step).copied();
            self.slowest = self.slowest.max(delay.unwrap_or_default());
        } else if matches!(self.evidence.replies.get(&step), Some(Ok(_))) {
            let seconds = begun.elapsed().as_secs();
            let why = format!("reads did not show the write before within {seconds} seconds");
            self.evidence.replies.insert(step, Err(why));
        }
        Ok(found)
    }

    /// Reads until the answer shows something, or writes show by now if they ever do.
    pub(super) async fn look_whether(
        &mut self,
        step: Step,
        path: &str,
        shows: Shows<'_>,
    ) -> Result<bool, Stop> {
        let time = SETTLED.max(2 * self.slowest);
        Ok(self.poll(step, path, time, shows).await?.is_some())
    }

    /// Polls, and keeps the last answer.
    async fn poll(
        &mut self,
        step: Step,
        path: &str,
        time: Duration,
        shows: Shows<'_>,
    ) -> Result<Option<Reply>, Stop> {
        let begun = Instant::now();
        let mut interval = FIRST_POLL;
        let mut waited = Duration::ZERO;
        loop {
            let reply = self.step(step, Request::get(path.to_owned())).await?;
            if let Some(reply) = reply.filter(shows) {
                self.evidence.delays.insert(step, waited);
                return Ok(Some(reply));
            }
            if begun.elapsed() >= time {
                return Ok(None);
            }
            self.sender.pause(interval).await?;
            interval = (interval * 3 / 2).min(SLOWEST_POLL);
            waited = begun.elapsed();
        }
    }

    /// Looks for a limit, with a request for each number that is tried.
    pub(super) async fn search(
        &mut self,
        search: &Search,
        request: &dyn Fn(&mut Self, u16) -> Request,
    ) -> Result<(), Stop> {
        while let Some(number) = search.next(&self.evidence) {
            let request = request(self, number);
            self.step((search.step)(number), request).await?;
        }
        Ok(())
    }

    /// Reads a list until the rows of this run are enough, a few times. Only these rows are kept.
    pub(super) async fn list(
        &mut self,
        step: Step,
        list: List,
        is_enough: &dyn Fn(&[Value]) -> bool,
    ) -> Result<(), Stop> {
        let run = self.run.clone();
        for attempt in 0..LISTS {
            self.sender.pause(attempt * BETWEEN_LISTS).await?;
            let is_own = |row: &Value| Run::of(text(row, "name")).as_ref() == Some(&run);
            let (answered, is_enough) = match list.read(&mut self.sender, &is_own).await? {
                Ok(listed) => {
                    let is_enough = is_enough(&listed.rows);
                    (Ok(Reply::standing_for(listed.rows.into())), is_enough)
                }
                Err(no_list) => (no_list.reply.ok_or(no_list.why), true),
            };
            self.evidence.replies.insert(step, answered);
            if is_enough {
                break;
            }
        }
        Ok(())
    }

    /// Makes a domain. It counts as made until the API says that it is not.
    pub(super) async fn create_domain(
        &mut self,
        step: Step,
        name: &str,
        body: &Value,
    ) -> Result<bool, Stop> {
        self.owned.domains.insert(name.to_owned());
        let request = Request::post(DOMAINS.to_owned(), body);
        let is_made = self.accepted(step, request).await?;
        if self.evidence.is_accepted(step) == Ok(false) {
            self.owned.domains.remove(name);
        }
        Ok(is_made)
    }

    /// Makes an application, and gives its ID.
    pub(super) async fn create_application(
        &mut self,
        step: Step,
        body: &Value,
    ) -> Result<Option<String>, Stop> {
        let request = Request::post(APPLICATIONS.to_owned(), body);
        let reply = self.step(step, request).await?;
        let id = reply.as_ref().and_then(|reply| reply.text("/id"));
        let id = id.filter(|id| is_plain_id(id)).map(str::to_owned);
        self.owned.is_unclear |= id.is_none() && reply.is_some_and(|it| it.is_success());
        self.owned.applications.extend(id.clone());
        Ok(id)
    }
}

pub(super) const DOMAINS: &str = "/v1/psip";
pub(super) const APPLICATIONS: &str = "/v2/applications";

pub(super) fn domain_path(name: &str) -> String {
    format!("{DOMAINS}/{name}")
}

pub(super) fn users_path(domain: &str) -> String {
    format!("{DOMAINS}/{domain}/users")
}

pub(super) fn user_path(domain: &str, key: &str) -> String {
    format!("{DOMAINS}/{domain}/users/{key}")
}

pub(super) fn application_path(id: &str) -> String {
    format!("{APPLICATIONS}/{id}")
}

/// Whether an ID can stand in a path as it is.
pub(super) fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
