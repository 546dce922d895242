//! Removes what runs have made, and looks whether it is gone.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::lists::{List, Listed, NoList, text};
use super::name::{DOMAINS, Run};
use super::sender::{Sender, Stop};
use super::session::{Owned, application_path, domain_path, is_plain_id};
use crate::vonage::Request;

/// How often all of it is done where more may be there than is known: what was made last may come to show only now. Each
/// pause between is longer by so much.
const TIMES: u32 = 3;
const BETWEEN: Duration = Duration::from_secs(2);
/// How often all that is left is tried again.
const ROUNDS: u32 = 6;
/// The pause after the first round; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(500);

/// What came of a cleaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaned {
    /// What was removed, in words.
    pub(crate) removed: Vec<String>,
    /// What is still there, or may be, and why.
    pub(crate) left: Vec<String>,
}

/// Which runs are cleaned after.
pub(super) enum Scope<'a> {
    This(&'a Run),
    All,
}

impl Scope<'_> {
    fn has(&self, row: &Value) -> bool {
        let run = Run::of(text(row, "name"));
        match self {
            Self::This(own) => run.as_ref() == Some(*own),
            Self::All => run.is_some(),
        }
    }
}

/// What domains a run may have made.
pub(super) fn domains_of(run: &Run) -> impl Iterator<Item = String> {
    DOMAINS.into_iter().map(|suffix| run.named(suffix))
}

/// What is to be removed. Domains come first: an API may refuse to remove an application that one leads to.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Object {
    Domain(String),
    Application(String),
}

impl Object {
    fn path(&self) -> String {
        match self {
            Self::Domain(name) => domain_path(name),
            Self::Application(id) => application_path(id),
        }
    }

    fn delete(&self) -> Request {
        let request = Request::delete(self.path());
        match self {
            Self::Domain(_) => request.with_query("cascade=true"),
            Self::Application(_) => request,
        }
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(name) => write!(f, "SIP domain {name}"),
            Self::Application(id) => write!(f, "application {id}"),
        }
    }
}

/// A cleaning under way.
#[derive(Default)]
struct Cleaning {
    /// What may be there, and why it could not be removed yet.
    todo: BTreeMap<Object, String>,
    /// Why something may be there that is not known.
    doubts: Vec<String>,
    removed: Vec<String>,
    any_version: bool,
}

/// Removes what is known, and then what lists show.
pub(super) async fn clean(sender: &mut Sender<'_>, known: &Owned, scope: Scope<'_>) -> Cleaned {
    let mut cleaning = Cleaning::default();
    if let Err(Stop(why)) = cleaning.work(sender, known, &scope).await {
        cleaning.doubts.push(format!("cleaning ended early: {why}"));
    }
    let left = cleaning.todo.into_iter();
    let left = left.map(|(object, why)| format!("{object}: {why}"));
    Cleaned {
        removed: cleaning.removed,
        left: left.chain(cleaning.doubts).collect(),
    }
}

impl Cleaning {
    async fn work(
        &mut self,
        sender: &mut Sender<'_>,
        known: &Owned,
        scope: &Scope<'_>,
    ) -> Result<(), Stop> {
        let times = if known.is_unclear { TIMES } else { 1 };
        for time in 0..times {
            let domains = known.domains.iter().cloned().map(Object::Domain);
            let applications = known.applications.iter().cloned().map(Object::Application);
            for object in domains.chain(applications) {
                let untried = || "it was not tried to remove it".to_owned();
                self.todo.entry(object).or_insert_with(untried);
            }
            sender.pause(BETWEEN * time).await?;
            self.empty(sender, scope, !known.domains.is_empty()).await?;
        }
        Ok(())
    }

    /// Removes what is to be removed, and what lists show, until there is nothing more.
    async fn empty(
        &mut self,
        sender: &mut Sender<'_>,
        scope: &Scope<'_>,
        are_named: bool,
    ) -> Result<(), Stop> {
        for round in 1..=ROUNDS {
            for object in self.todo.keys().cloned().collect::<Vec<_>>() {
                match self.remove(sender, &object).await? {
                    None => self.todo.remove(&object),
                    Some(why) => self.todo.insert(object, why),
                };
            }
            // What lists show may be gone by now: they may lag behind.
            let listed = self.listed(sender, scope, are_named).await?;
            if round == ROUNDS || (self.todo.is_empty() && listed.is_empty()) {
                break;
            }
            for object in listed {
                self.todo
                    .entry(object)
                    .or_insert_with(|| "the list shows it".to_owned());
            }
            sender.pause(PAUSE * 2_u32.pow(round - 1)).await?;
        }
        Ok(())
    }

    /// Removes an object, and looks whether it is gone; otherwise tells why it may be there.
    async fn remove(
        &mut self,
        sender: &mut Sender<'_>,
        object: &Object,
    ) -> Result<Option<String>, Stop> {
        let mut delete = object.delete();
        delete.any_version = self.any_version;
        let mut refusal = None;
        let was_there = match sender.send(&delete).await? {
            Ok(reply) if reply.is_success() => true,
            Ok(reply) if reply.status == 404 => false,
            Ok(reply) => {
                self.any_version |= reply.status == 428;
                refusal = Some(format!("its DELETE is answered {}", reply.status));
                false
            }
            Err(why) => return Ok(Some(why)),
        };
        Ok(match sender.send(&Request::get(object.path())).await? {
            Ok(reply) if matches!(reply.status, 404 | 410) => {
                if was_there {
                    self.removed.push(object.to_string());
                }
                None
            }
            Ok(reply) => {
                refusal.or_else(|| Some(format!("a read of it is answered {}", reply.status)))
            }
            Err(why) => Some(why),
        })
    }

    /// What lists show of the runs.
    async fn listed(
        &mut self,
        sender: &mut Sender<'_>,
        scope: &Scope<'_>,
        are_named: bool,
    ) -> Result<Vec<Object>, Stop> {
        self.doubts.clear();
        let mut found = Vec::new();
        let domains = List::Domains.read(sender, &|row| scope.has(row)).await?;
        // All domains that a run may have made are known by name, where the run is known.
        if let Some(listed) = self.whole("domains", domains, are_named) {
            let names = listed.rows.iter().map(|row| text(row, "name").to_owned());
            found.extend(names.map(Object::Domain));
        }
        let applications = List::Applications
            .read(sender, &|row| scope.has(row))
            .await?;
        if let Some(listed) = self.whole("applications", applications, false) {
            let ids = listed.rows.iter().map(|row| text(row, "id"));
            let ids = ids.filter(|id| is_plain_id(id)).map(str::to_owned);
            found.extend(ids.map(Object::Application));
        }
        Ok(found)
    }

    /// A list, and a doubt where it is none, or not whole.
    fn whole(
        &mut self,
        what: &str,
        list: Result<Listed, NoList>,
        are_named: bool,
    ) -> Option<Listed> {
        let why = match &list {
            Ok(listed) if listed.is_whole => None,
            Ok(_) => Some("has more pages than are read".to_owned()),
            Err(NoList { why, .. }) => Some(format!("cannot be read: {why}")),
        };
        if let Some(why) = why.filter(|_| !are_named) {
            self.doubts.push(format!(
                "{what} of a run may be there, for their list {why}"
            ));
        }
        list.ok()
    }
}
