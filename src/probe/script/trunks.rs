//! Domains of the type `trunk`.

use serde_json::json;

use super::domains::Domain;
use crate::probe::name;
use crate::probe::reply::Reply;
use crate::probe::sender::Stop;
use crate::probe::session::Session;
use crate::probe::step::Step;
use crate::vonage::Request;

pub(in crate::probe) const TRUNK_NAME: &str = "tfprobe";

/// Asks, and gives a trunk that is there.
pub(super) async fn play(
    session: &mut Session<'_>,
    application: &str,
) -> Result<Option<Domain>, Stop> {
    let alone = Domain::new(&session.run, name::TRUNK, json!({ "domain_type": "trunk" }));
    let has_alone = alone.create(session, Step::CreateTrunk).await?;
    let linked = Domain::new(
        &session.run,
        name::SECOND_TRUNK,
        json!({ "domain_type": "trunk", "application_id": application }),
    );
    let has_linked = linked
        .create(session, Step::CreateTrunkWithApplication)
        .await?;
    let trunk = match (has_alone, has_linked) {
        (true, _) => alone,
        (false, true) => linked,
        (false, false) => return Ok(None),
    };
    let shown = session.await_shown(Step::ReadTrunk, &trunk.path, &Reply::is_success);
    if shown.await?.is_none() {
        return Ok(Some(trunk));
    }
    let endpoints = Request::get(format!("{}/endpoints", trunk.path));
    session.step(Step::Endpoints, endpoints).await?;
    let named = json!({ "trunk_name": TRUNK_NAME });
    trunk
        .put_and_read(session, (Step::PutTrunkName, Step::ReadTrunkName), &named)
        .await?;
    let app = json!({ "domain_type": "app", "application_id": application });
    trunk
        .put_and_read(session, (Step::PutType, Step::ReadType), &app)
        .await?;
    Ok(Some(trunk))
}
