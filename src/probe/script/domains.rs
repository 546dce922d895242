//! The domains that lead to an application: what becomes of what is sent, left out, not known or not there.

use serde_json::{Map, Value, json};

use super::{acl, trunks, users};
use crate::probe::lists::{List, text};
use crate::probe::name::{self, Run};
use crate::probe::random;
use crate::probe::reply::Reply;
use crate::probe::sender::Stop;
use crate::probe::session::{DOMAINS, Session, application_path, domain_path};
use crate::probe::step::Step;
use crate::vonage::Request;

/// A field that no document knows.
pub(in crate::probe) const UNKNOWN_FIELD: &str = "tfprobe_field";

/// A domain of this run that is there.
pub(super) struct Domain {
    pub(super) name: String,
    pub(super) path: String,
    /// What a write to it sends beside its `acl`.
    pub(super) fields: Value,
}

impl Domain {
    pub(super) fn new(run: &Run, suffix: &str, fields: Value) -> Self {
        let name = run.named(suffix);
        Self {
            path: domain_path(&name),
            name,
            fields,
        }
    }

    /// A whole body with this `acl`, and with these fields; a field that is null is left out.
    pub(super) fn body(&self, acl: &Value, fields: &Value) -> Value {
        let own = json!({ "name": self.name, "acl": acl });
        let parts = [&self.fields, &own, fields];
        let mut body: Map<_, _> = parts
            .into_iter()
            .filter_map(Value::as_object)
            .flat_map(Map::clone)
            .collect();
        body.retain(|_, value| !value.is_null());
        body.into()
    }

    pub(super) async fn create(&self, session: &mut Session<'_>, step: Step) -> Result<bool, Stop> {
        let body = self.body(&json!([mark(session)]), &Value::Null);
        session.create_domain(step, &self.name, &body).await
    }

    pub(super) async fn put(
        &self,
        session: &mut Session<'_>,
        step: Step,
        fields: &Value,
    ) -> Result<bool, Stop> {
        let body = self.body(&json!([mark(session)]), fields);
        let request = Request::put(self.path.clone(), &body);
        session.accepted(step, request).await
    }

    /// The same, and what a read shows of that version.
    pub(super) async fn put_and_read(
        &self,
        session: &mut Session<'_>,
        (put, read): (Step, Step),
        fields: &Value,
    ) -> Result<Option<Reply>, Stop> {
        let address = mark(session);
        let body = self.body(&json!([address]), fields);
        let request = Request::put(self.path.clone(), &body);
        if !session.accepted(put, request).await? {
            return Ok(None);
        }
        let shows = |reply: &Reply| shows_mark(reply, &address);
        session.await_shown(read, &self.path, &shows).await
    }
}

/// An address that no other version of a domain has, out of those that only stand in documents.
pub(super) fn mark(session: &mut Session<'_>) -> String {
    format!("192.0.2.{}", session.mark())
}

pub(super) fn shows_mark(reply: &Reply, address: &str) -> bool {
    let bare = |entry: &str| entry.strip_suffix("/32").unwrap_or(entry) == address;
    reply.acl().into_iter().any(bare)
}

pub(super) async fn play(session: &mut Session<'_>, application: Option<&str>) -> Result<(), Stop> {
    let unknown = domain_path(&session.run.named(name::UNKNOWN));
    let read = Request::get(unknown.clone());
    session.step(Step::UnknownDomain, read).await?;
    let delete = Request::delete(unknown);
    session.step(Step::DeleteUnknownDomain, delete).await?;
    // Without an application, one that is not there may do.
    let stray = stray_id()?;
    let id = application.unwrap_or(&stray);
    let main = Domain::new(
        &session.run,
        name::MAIN,
        json!({
            "application_id": id, "tls": "always", "srtp": "always", "digest_auth": true, "domain_type": "app",
        }),
    );
    let plain = Domain::new(&session.run, name::PLAIN, json!({ "application_id": id }));
    let has_main = main.create(session, Step::CreateDomain).await?;
    if has_main {
        let shown = session.await_shown(Step::ReadDomain, &main.path, &Reply::is_success);
        shown.await?;
        puts(session, &main).await?;
    }
    let has_plain = plain.create(session, Step::CreatePlain).await?;
    if has_plain {
        let shown = session.await_shown(Step::ReadPlain, &plain.path, &Reply::is_success);
        shown.await?;
    }
    names(session, &plain, &stray).await?;
    let trunk = trunks::play(session, id).await?;
    if has_main {
        acl::play(session, &main).await?;
    }
    let has_main_row = |rows: &[Value]| rows.iter().any(|row| text(row, "name") == main.name);
    session
        .list(Step::ListDomains, List::Domains, &has_main_row)
        .await?;
    if has_main {
        users::play(session, &main, has_plain.then_some(&plain)).await?;
    }
    if let Some(trunk) = trunk {
        let request = Request::delete(trunk.path.clone());
        if session.accepted(Step::DeleteDomain, request).await? {
            let is_gone = |reply: &Reply| reply.status == 404;
            session
                .look_whether(Step::ReadDeletedDomain, &trunk.path, &is_gone)
                .await?;
        }
    }
    if has_plain {
        last(session, &plain, application).await?;
    }
    // A list that fails for good is told from one that failed for a while.
    if matches!(session.evidence.reply(Step::ListDomains), Ok(it) if it.status >= 500) {
        session
            .list(Step::ListDomainsAgain, List::Domains, &|_| true)
            .await?;
    }
    Ok(())
}

fn stray_id() -> Result<String, Stop> {
    let digits = random::hex(12).map_err(|error| Stop(error.to_string()))?;
    Ok(format!("7f0e0000-0000-4000-8000-{digits}"))
}

async fn puts(session: &mut Session<'_>, main: &Domain) -> Result<(), Stop> {
    let duplicate = main.body(&json!(["192.0.2.0"]), &Value::Null);
    let request = Request::post(DOMAINS.to_owned(), &duplicate);
    session.step(Step::CreateDuplicate, request).await?;
    main.put(session, Step::PutWithoutVersion, &Value::Null)
        .await?;
    let needs_version =
        matches!(session.evidence.reply(Step::PutWithoutVersion), Ok(it) if it.status == 428);
    session.any_version = needs_version;
    main.put(session, Step::PutDomain, &Value::Null).await?;
    let optional = (Step::PutOptionalLeftOut, Step::ReadOptionalLeftOut);
    let left_out = json!({ "tls": null, "srtp": null, "digest_auth": null, "domain_type": null });
    main.put_and_read(session, optional, &left_out).await?;
    let unknown = (Step::PutUnknownField, Step::ReadUnknownField);
    let field = json!({ UNKNOWN_FIELD: "tfprobe" });
    main.put_and_read(session, unknown, &field).await?;
    let alone = json!({ "srtp": "always", "tls": "optional" });
    main.put(session, Step::PutSrtpAlone, &alone).await?;
    Ok(())
}

/// What makes, or does not make, more domains.
async fn names(session: &mut Session<'_>, plain: &Domain, stray: &str) -> Result<(), Stop> {
    let again = |suffix, run: &Run| Domain::new(run, suffix, plain.fields.clone());
    let run = session.run.clone();
    let put = again(name::PUT, &run);
    session.owned.domains.insert(put.name.clone());
    put.put(session, Step::PutUnknownDomain, &Value::Null)
        .await?;
    if session.evidence.is_accepted(Step::PutUnknownDomain) == Ok(false) {
        session.owned.domains.remove(&put.name);
    }
    let stray = Domain::new(&run, name::STRAY, json!({ "application_id": stray }));
    stray.create(session, Step::CreateStray).await?;
    again(name::DASH, &run)
        .create(session, Step::CreateDash)
        .await?;
    let upper = again(name::UPPER, &run);
    if upper.create(session, Step::CreateUpper).await? {
        let shown = session.await_shown(Step::ReadUpper, &upper.path, &Reply::is_success);
        if shown.await?.is_some() {
            let lower = upper.path.to_ascii_lowercase();
            session
                .look_whether(Step::ReadUpperInLowerCase, &lower, &Reply::is_success)
                .await?;
        }
    }
    Ok(())
}

/// What comes last, for it may leave the domain under another name, or without its application.
async fn last(
    session: &mut Session<'_>,
    plain: &Domain,
    application: Option<&str>,
) -> Result<(), Stop> {
    let other = session.run.named(name::RENAMED);
    session.owned.domains.insert(other.clone());
    let other_name = json!({ "name": other });
    let mut path = plain.path.clone();
    if plain.put(session, Step::PutOtherName, &other_name).await? {
        let other = domain_path(&other);
        let is_renamed = session.look_whether(Step::ReadOtherName, &other, &Reply::is_success);
        if is_renamed.await? {
            path = other;
        }
    } else if session.evidence.is_accepted(Step::PutOtherName) == Ok(false) {
        session.owned.domains.remove(&other);
    }
    let Some(application) = application else {
        return Ok(());
    };
    let delete = Request::delete(application_path(application));
    if session
        .accepted(Step::DeleteLinkedApplication, delete)
        .await?
    {
        let is_unlinked = |reply: &Reply| {
            let id = reply.text("/application_id").unwrap_or_default();
            reply.is_success() && id.is_empty()
        };
        session
            .look_whether(Step::ReadUnlinkedDomain, &path, &is_unlinked)
            .await?;
    }
    Ok(())
}
