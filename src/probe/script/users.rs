//! Users, of whom a domain never has more than one at a time.

use secrecy::SecretString;
use serde_json::json;

use super::domains::Domain;
use crate::probe::random;
use crate::probe::reply::Reply;
use crate::probe::sender::Stop;
use crate::probe::session::{Session, user_path, users_path};
use crate::probe::step::Step;
use crate::vonage::Request;

pub(in crate::probe) const KEY: &str = "tfprobe";
const OTHER_KEY: &str = "tfprobe-2";
const ODD_KEY: &str = "Tfprobe_3";
/// Of nobody, whatever became of the others.
const UNKNOWN_KEY: &str = "tfprobe-4";

/// Which kinds of characters a secret has.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Secret {
    /// All three that are asked for.
    Strong,
    Weak,
    WithPunctuation,
}

fn secret(kind: Secret) -> Result<SecretString, Stop> {
    let letters = random::lower_case(24).map_err(|error| Stop(error.to_string()))?;
    Ok(match kind {
        Secret::Strong => format!("A1{letters}"),
        Secret::Weak => letters,
        Secret::WithPunctuation => format!("A1-{letters}"),
    }
    .into())
}

fn with_secret(
    make: fn(String, &serde_json::Value) -> Request,
    path: String,
    key: &str,
    kind: Secret,
) -> Result<Request, Stop> {
    use secrecy::ExposeSecret as _;
    let secret = secret(kind)?;
    let body = json!({ "key": key, "secret": secret.expose_secret() });
    Ok(make(path, &body).with_secret(&secret))
}

fn post(domain: &Domain, key: &str) -> Result<Request, Stop> {
    with_secret(Request::post, users_path(&domain.name), key, Secret::Strong)
}

/// Asks for all that is about users, at last for the deletion of their domain.
pub(super) async fn play(
    session: &mut Session<'_>,
    main: &Domain,
    plain: Option<&Domain>,
) -> Result<(), Stop> {
    let nothing = Request::post(users_path(&main.name), &json!({}));
    session.step(Step::CreateUserOfNothing, nothing).await?;
    let create = post(main, KEY)?;
    if !session.accepted(Step::CreateUser, create).await? {
        return Ok(());
    }
    let mut path = user_path(&main.name, KEY);
    let shown = session.await_shown(Step::ReadUser, &path, &Reply::is_success);
    shown.await?;
    let has_rows = |reply: &Reply| reply.json().to_string().contains(&format!("{KEY:?}"));
    session
        .look_whether(Step::ListUsers, &users_path(&main.name), &has_rows)
        .await?;
    for (step, kind) in [
        (Step::PutUser, Secret::Strong),
        (Step::PutWeakSecret, Secret::Weak),
        (Step::PutSecretWithPunctuation, Secret::WithPunctuation),
    ] {
        let put = with_secret(Request::put, path.clone(), KEY, kind)?;
        session.step(step, put).await?;
    }
    let other = with_secret(Request::put, path.clone(), OTHER_KEY, Secret::Strong)?;
    if session.accepted(Step::PutOtherKey, other).await? {
        let other = user_path(&main.name, OTHER_KEY);
        let is_renamed = session.look_whether(Step::ReadOtherKey, &other, &Reply::is_success);
        if is_renamed.await? {
            path = other;
        }
    }
    session
        .step(Step::DeleteUser, Request::delete(path))
        .await?;
    let unknown = user_path(&main.name, UNKNOWN_KEY);
    let put = with_secret(Request::put, unknown.clone(), UNKNOWN_KEY, Secret::Strong)?;
    if session.accepted(Step::PutUnknownUser, put).await? {
        session.sender.send(&Request::delete(unknown)).await?.ok();
    }
    if session
        .accepted(Step::CreateOddKey, post(main, ODD_KEY)?)
        .await?
    {
        let odd = user_path(&main.name, ODD_KEY);
        session.sender.send(&Request::delete(odd)).await?.ok();
    }
    if let Some(plain) = plain {
        let create = post(plain, KEY)?;
        session.step(Step::CreateUserWithoutDigest, create).await?;
    }
    let again = post(main, KEY)?;
    if session.accepted(Step::CreateUserAgain, again).await? {
        let delete = Request::delete(main.path.clone());
        session.step(Step::DeleteWithUsers, delete).await?;
    }
    Ok(())
}
