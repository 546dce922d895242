//! Three applications: what their API makes of what is sent, left out or not known.

use serde_json::{Value, json};

use crate::probe::lists::{List, text};
use crate::probe::reply::Reply;
use crate::probe::search::Search;
use crate::probe::sender::Stop;
use crate::probe::session::{APPLICATIONS, Session, application_path};
use crate::probe::step::Step;
use crate::vonage::Request;

/// Nobody has its private half, which was thrown away when it was made.
pub(in crate::probe) const PUBLIC_KEY: &str = include_str!("../public.pem");
/// Neither has its default where it is not sent.
pub(in crate::probe) const CONVERSATIONS_TTL: u64 = 24;
pub(in crate::probe) const REGION: &str = "eu-west";

pub(in crate::probe) const NAME_LENGTHS: Search = Search {
    step: Step::PutNameOfLength,
    // No name of a run is longer.
    taken: 26,
    furthest: 256,
};

/// An ID that no application has.
const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";

/// The first application, and how its next version is made.
struct Application {
    path: String,
    id: String,
    name: String,
}

/// Asks, and gives the ID of an application with voice.
pub(super) async fn play(session: &mut Session<'_>) -> Result<Option<String>, Stop> {
    let one = Request::get(APPLICATIONS.to_owned()).with_query("page_size=1&page=1");
    session.step(Step::ApplicationsBefore, one).await?;
    let unknown = Request::get(application_path(UNKNOWN));
    session.step(Step::UnknownApplication, unknown).await?;
    let name = next_name(session, "b");
    let body = whole(&name);
    let Some(id) = session
        .create_application(Step::CreateApplication, &body)
        .await?
    else {
        return Ok(None);
    };
    let mut application = Application {
        path: application_path(&id),
        id: id.clone(),
        name,
    };
    let path = application.path.clone();
    let shown = session.await_shown(Step::ReadApplication, &path, &Reply::is_success);
    let Some(read) = shown.await? else {
        return Ok(Some(id));
    };
    let upper = id.to_ascii_uppercase();
    if upper != id {
        let upper = application_path(&upper);
        session
            .look_whether(Step::ApplicationInUpperCase, &upper, &Reply::is_success)
            .await?;
    }
    application.leave_out(session, &read).await?;
    application.add(session).await?;
    application.name_otherwise(session).await?;
    application.restore(session).await?;
    others(session, &application).await?;
    Ok(Some(id))
}

impl Application {
    /// Another version of it: `change` makes the body from one that is whole.
    async fn put(
        &mut self,
        session: &mut Session<'_>,
        step: Step,
        change: &dyn Fn(&mut Value),
    ) -> Result<bool, Stop> {
        let name = next_name(session, "b");
        let mut body = whole(&name);
        change(&mut body);
        let request = Request::put(self.path.clone(), &body);
        let is_accepted = session.accepted(step, request).await?;
        if is_accepted {
            self.name = name;
        }
        Ok(is_accepted)
    }

    /// Reads the version that was put last.
    async fn read(&self, session: &mut Session<'_>, step: Step) -> Result<Option<Reply>, Stop> {
        let is_it = |reply: &Reply| reply.text("/name").map(str::trim) == Some(&*self.name);
        session.await_shown(step, &self.path, &is_it).await
    }

    async fn leave_out(&mut self, session: &mut Session<'_>, read: &Reply) -> Result<(), Stop> {
        let default = read.json().pointer("/privacy/improve_ai");
        let other = default.and_then(Value::as_bool).map(|default| !default);
        let set = |body: &mut Value| put(body, "privacy", json!({ "improve_ai": other }));
        if other.is_some() {
            self.put(session, Step::PutPrivacy, &set).await?;
        }
        let much = |body: &mut Value| {
            take(body, "/keys");
            take(body, "/capabilities/voice/conversations_ttl");
            take(body, "/capabilities/voice/region");
        };
        let mut has_key = false;
        if self.put(session, Step::PutLeavingMuchOut, &much).await? {
            let read = self.read(session, Step::ReadLeavingMuchOut).await?;
            has_key = read.is_some_and(|it| shows_our_key(&it));
        }
        let empty = |body: &mut Value| put(body, "keys", json!({}));
        if has_key && self.put(session, Step::PutEmptyKeys, &empty).await? {
            self.read(session, Step::ReadEmptyKeys).await?;
        }
        let none = |body: &mut Value| take(body, "/capabilities");
        if self.put(session, Step::PutNoCapabilities, &none).await? {
            self.read(session, Step::ReadNoCapabilities).await?;
        }
        Ok(())
    }

    async fn add(&mut self, session: &mut Session<'_>) -> Result<(), Stop> {
        if self
            .put(session, Step::PutMessages, &|body| messages(body, None))
            .await?
        {
            let version = |body: &mut Value| messages(body, Some(MESSAGES_VERSION));
            if self
                .put(session, Step::PutMessagesVersion, &version)
                .await?
            {
                self.read(session, Step::ReadMessagesVersion).await?;
            }
        }
        let id = self.id.clone();
        let with_id = |body: &mut Value| put(body, "id", id.clone().into());
        if self.put(session, Step::PutWithId, &with_id).await? {
            let links = json!({ "self": { "href": self.path } });
            let with_links = |body: &mut Value| put(body, "_links", links.clone());
            self.put(session, Step::PutWithLinks, &with_links).await?;
        }
        self.put(session, Step::PutUnknownRegion, &|body| {
            set(body, "/capabilities/voice/region", "tfprobe");
        })
        .await?;
        for (step, address) in [
            (Step::PutPlainHttp, "http://example.com/tfprobe"),
            (Step::PutPrivateHost, "https://10.0.0.1/tfprobe"),
            (
                Step::PutUserInfo,
                "https://tfprobe:tfprobe@example.com/#tfprobe",
            ),
            (Step::PutDeadHost, "https://tfprobe.invalid/"),
        ] {
            self.put(session, step, &|body| {
                set(
                    body,
                    "/capabilities/voice/webhooks/answer_url/address",
                    address,
                );
            })
            .await?;
        }
        Ok(())
    }

    async fn name_otherwise(&mut self, session: &mut Session<'_>) -> Result<(), Stop> {
        let spaced = |body: &mut Value| {
            let name = format!("{}  ", text(body, "name"));
            put(body, "name", name.into());
        };
        if self.put(session, Step::PutSpacedName, &spaced).await? {
            self.read(session, Step::ReadSpacedName).await?;
        }
        let path = self.path.clone();
        session
            .search(&NAME_LENGTHS, &|session, length| {
                let name = next_name(session, "b");
                let name = format!("{name:x<length$}", length = usize::from(length));
                Request::put(path.clone(), &whole(&name))
            })
            .await
    }

    async fn restore(&mut self, session: &mut Session<'_>) -> Result<(), Stop> {
        self.put(session, Step::RestoreApplication, &|_| {}).await?;
        Ok(())
    }
}

/// A second and a third application, and the list of all three, whose order by name is none in which they were made.
async fn others(session: &mut Session<'_>, first: &Application) -> Result<(), Stop> {
    let twin = json!({ "name": first.name });
    let mut second = session.create_application(Step::CreateTwin, &twin).await?;
    let mut made_by = Step::CreateTwin;
    if second.is_none() {
        let name = next_name(session, "c");
        made_by = Step::CreateOther;
        second = session
            .create_application(made_by, &json!({ "name": name }))
            .await?;
    }
    let Some(second) = second else { return Ok(()) };
    let key = session.evidence.reply(made_by).ok();
    let key = key.and_then(|reply| reply.text("/keys/public_key"));
    let keys = json!({ "public_key": key });
    let name = next_name(session, "c");
    let body = json!({ "name": name, "keys": keys });
    let request = Request::put(application_path(&second), &body);
    session.step(Step::PutOwnKey, request).await?;
    let name = next_name(session, "a");
    let third = session
        .create_application(Step::CreateThird, &json!({ "name": name }))
        .await?;
    if third.is_none() {
        return Ok(());
    }
    session
        .list(Step::ListApplications, List::Applications, &|rows| {
            rows.len() == 3
        })
        .await
}

pub(in crate::probe) const MESSAGES_VERSION: &str = "v0.1";

/// A name that the run has not used; names with these letters are in the order of the letters.
fn next_name(session: &mut Session<'_>, letter: &str) -> String {
    let mark = session.mark();
    session.run.named(&format!("-{letter}-{mark}"))
}

fn whole(name: &str) -> Value {
    json!({
        "name": name,
        "keys": { "public_key": PUBLIC_KEY },
        "capabilities": { "voice": {
            "webhooks": {
                "answer_url": { "address": "https://example.com/tfprobe", "http_method": "GET" },
                "event_url": { "address": "https://example.com/tfprobe", "http_method": "POST" },
            },
            "conversations_ttl": CONVERSATIONS_TTL,
            "region": REGION,
        } },
    })
}

fn messages(body: &mut Value, version: Option<&str>) {
    let webhook = json!({ "address": "https://example.com/tfprobe", "http_method": "POST" });
    let webhooks = json!({ "inbound_url": webhook, "status_url": webhook });
    let mut messages = json!({ "webhooks": webhooks });
    if let Some(version) = version {
        put(&mut messages, "version", version.into());
    }
    if let Some(capabilities) = body.get_mut("capabilities") {
        put(capabilities, "messages", messages);
    }
}

/// Whether an application has the key that it was made with.
pub(in crate::probe) fn shows_our_key(reply: &Reply) -> bool {
    let shown = reply.text("/keys/public_key");
    shown.is_some_and(|shown| shown.split_whitespace().eq(PUBLIC_KEY.split_whitespace()))
}

/// Sets a field of an object.
fn put(object: &mut Value, field: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(field.to_owned(), value);
    }
}

/// Sets what is there already.
fn set(body: &mut Value, pointer: &str, text: &str) {
    if let Some(place) = body.pointer_mut(pointer) {
        *place = text.into();
    }
}

/// Takes a field away.
fn take(body: &mut Value, pointer: &str) {
    let (parent, field) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(object) = body.pointer_mut(parent).and_then(Value::as_object_mut) {
        object.remove(field);
    }
}
