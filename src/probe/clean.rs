//! Removes what runs have made, and looks whether it is gone.

use std::time::Duration;

use serde_json::Value;

use super::lists::{List, NoList, text};
use super::name::{DOMAINS, Run};
use super::reply::Reply;
use super::sender::{Sender, Stop};
use super::session::{Owned, application_path, domain_path, is_plain_id};
use crate::vonage::Request;

/// How often a removal is tried, and how often the lists are looked at.
const TRIES: u32 = 5;
const ROUNDS: u32 = 3;
/// The pause after a try; each is longer than the one before.
const PAUSE: Duration = Duration::from_millis(400);

/// What is left of runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaned {
    /// What was removed in this cleaning, in words.
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
    fn has(&self, name: &str) -> bool {
        // An API may show names in lower case.
        let run = Run::of(&name.to_ascii_lowercase());
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

/// Removes what is known, and then what lists show.
pub(super) async fn clean(sender: &mut Sender<'_>, known: &Owned, scope: Scope<'_>) -> Cleaned {
    let mut cleaned = Cleaned::default();
    if let Err(Stop(why)) = clean_up(sender, known, &scope, &mut cleaned).await {
        cleaned.left.push(format!("cleaning ended early: {why}"));
    }
    cleaned
}

async fn clean_up(
    sender: &mut Sender<'_>,
    known: &Owned,
    scope: &Scope<'_>,
    cleaned: &mut Cleaned,
) -> Result<(), Stop> {
    let mut todo = known.clone();
    for round in 0..ROUNDS {
        cleaned.left.clear();
        // Domains first: an API may refuse to remove an application that one leads to.
        for name in &todo.domains {
            let query = Some("cascade=true");
            remove(sender, "domain", name, domain_path(name), query, cleaned).await?;
        }
        for id in &todo.applications {
            let path = application_path(id);
            remove(sender, "application", id, path, None, cleaned).await?;
        }
        todo = listed(sender, scope, known, cleaned).await?;
        if todo.domains.is_empty() && todo.applications.is_empty() {
            break;
        }
        // A list may lag behind.
        sender.pause(PAUSE * (round + 1)).await?;
    }
    Ok(())
}

/// What lists show of the runs.
async fn listed(
    sender: &mut Sender<'_>,
    scope: &Scope<'_>,
    known: &Owned,
    cleaned: &mut Cleaned,
) -> Result<Owned, Stop> {
    let is_own = |row: &Value| scope.has(text(row, "name"));
    let mut found = Owned::default();
    match List::Domains.read(sender, is_own).await? {
        Ok(list) => {
            let names = list.rows.iter().map(|row| text(row, "name").to_owned());
            found.domains.extend(names);
            if !list.is_whole && known.domains.is_empty() {
                cleaned.left.push(too_long("domains"));
            }
        }
        // All that a run may have made is known by name.
        Err(_) if !known.domains.is_empty() => {}
        Err(no_list) => cleaned.left.push(unlisted("domains", &no_list)),
    }
    match List::Applications.read(sender, is_own).await? {
        Ok(list) => {
            let ids = list.rows.iter().map(|row| text(row, "id"));
            let ids = ids.filter(|id| is_plain_id(id)).map(str::to_owned);
            found.applications.extend(ids);
            if !list.is_whole {
                cleaned.left.push(too_long("applications"));
            }
        }
        Err(no_list) => cleaned.left.push(unlisted("applications", &no_list)),
    }
    Ok(found)
}

fn too_long(what: &str) -> String {
    format!(
        "the list of {what} has more pages than are read; look for names like `tfprobe-0123456789ab` yourself"
    )
}

fn unlisted(what: &str, no_list: &NoList) -> String {
    format!(
        "{what} of a run may be there, for their list cannot be read: {}",
        no_list.why
    )
}

/// Removes one object, and looks whether it is gone.
async fn remove(
    sender: &mut Sender<'_>,
    noun: &str,
    name: &str,
    path: String,
    query: Option<&str>,
    cleaned: &mut Cleaned,
) -> Result<(), Stop> {
    let mut delete = Request::delete(path.clone());
    if let Some(query) = query {
        delete = delete.with_query(query);
    }
    let mut last = String::new();
    let mut was_there = false;
    for attempt in 1..=TRIES {
        match sender.send(&delete).await? {
            Ok(reply) if reply.is_success() => was_there = true,
            Ok(Reply { status: 404, .. }) => {}
            Ok(Reply { status, .. }) => {
                last = format!("its DELETE is answered {status}");
                delete.any_version |= matches!(status, 412 | 428);
            }
            Err(why) => last = why,
        }
        match sender.send(&Request::get(path.clone())).await? {
            Ok(Reply { status: 404, .. }) => {
                if was_there {
                    cleaned.removed.push(format!("{noun} {name}"));
                }
                return Ok(());
            }
            Ok(reply) if last.is_empty() => {
                last = format!("a read of it is answered {}", reply.status)
            }
            Ok(_) => {}
            Err(why) => last = why,
        }
        sender.pause(PAUSE * attempt).await?;
    }
    cleaned.left.push(format!("{noun} {name}: {last}"));
    Ok(())
}
