//! What a run asks, in order: each part makes what it needs, and the later ones use what the earlier ones made.

mod acl;
mod applications;
mod domains;
mod numbers;
mod trunks;
mod users;

pub(super) use self::acl::{CLEARED, ECHOED, HOST_BITS, LENGTHS, PREFIXES, TWICE};
pub(super) use self::applications::{
    CONVERSATIONS_TTL, MESSAGES_VERSION, NAME_LENGTHS, REGION, shows_our_key,
};
pub(super) use self::domains::UNKNOWN_FIELD;
pub(super) use self::trunks::TRUNK_NAME;
pub(super) use self::users::KEY;
use super::sender::Stop;
use super::session::Session;

/// Asks everything. What is made stays for those who clean.
pub(super) async fn play(session: &mut Session<'_>) -> Result<(), Stop> {
    numbers::play(session).await?;
    let application = applications::play(session).await?;
    domains::play(session, application.as_deref()).await
}
