//! What an `acl` may hold, and how it comes back. Its addresses are those of documents, private and reserved ones: nobody calls from
//! them.

use serde_json::{Value, json};

use super::domains::{Domain, mark, shows_mark};
use crate::probe::reply::Reply;
use crate::probe::search::Search;
use crate::probe::sender::Stop;
use crate::probe::session::Session;
use crate::probe::step::Step;
use crate::vonage::Request;

pub(in crate::probe) const LENGTHS: Search = Search {
    step: Step::AclOfLength,
    taken: 1,
    furthest: 64,
};

/// Prefixes of reserved addresses, the shortest of which are all of them.
pub(in crate::probe) const PREFIXES: Search = Search {
    step: Step::AclPrefixOfLength,
    taken: 32,
    furthest: 4,
};

/// Those around the mark in the list whose echo is looked at. In the order of their texts they would be no rotation.
pub(in crate::probe) const ECHOED: [&str; 3] = ["198.51.100.7", "203.0.113.9", "198.51.100.3/32"];
/// Two spellings of one address.
pub(in crate::probe) const TWICE: [&str; 2] = ["198.51.100.7", "198.51.100.7/32"];
pub(in crate::probe) const HOST_BITS: &str = "198.51.100.77/31";
pub(in crate::probe) const CLEARED: &str = "198.51.100.76/31";

pub(super) async fn play(session: &mut Session<'_>, main: &Domain) -> Result<(), Stop> {
    let put = |acl: Value| Request::put(main.path.clone(), &main.body(&acl, &Value::Null));
    session
        .search(&LENGTHS, &|session, length| {
            let others = (1..length).map(|number| format!("198.51.100.{number}"));
            let acl: Vec<String> = others.chain([mark(session)]).collect();
            put(json!(acl))
        })
        .await?;
    let address = mark(session);
    let [first, third, fourth] = ECHOED;
    let echoed = json!([first, format!("{address}/32"), third, fourth]);
    read_back(
        session,
        main,
        (Step::AclToEcho, Step::ReadAclEcho),
        &address,
        echoed,
    )
    .await?;
    let address = mark(session);
    let [one, other] = TWICE;
    let twice = json!([address, one, other]);
    let steps = (Step::AclDuplicates, Step::ReadAclDuplicates);
    read_back(session, main, steps, &address, twice).await?;
    session.step(Step::AclPrefix, put(json!([CLEARED]))).await?;
    let address = mark(session);
    let host_bits = json!([address, HOST_BITS]);
    let steps = (Step::AclHostBits, Step::ReadAclHostBits);
    read_back(session, main, steps, &address, host_bits).await?;
    for (step, entry) in [
        (Step::AclIpv6, "2001:db8::1"),
        (Step::AclPrivate, "10.20.30.40"),
        (Step::AclReserved, "240.0.0.1"),
    ] {
        session.step(step, put(json!([entry]))).await?;
    }
    if session.evidence.is_accepted(Step::AclReserved) == Ok(true) {
        session
            .search(&PREFIXES, &|_, length| {
                put(json!([format!("240.0.0.0/{length}")]))
            })
            .await?;
    }
    let without_digest = main.body(&json!([]), &json!({ "digest_auth": false }));
    let request = Request::put(main.path.clone(), &without_digest);
    session.step(Step::AclEmpty, request).await?;
    session
        .step(Step::AclEmptyWithDigest, put(json!([])))
        .await?;
    main.put(session, Step::RestoreDomain, &Value::Null).await?;
    Ok(())
}

/// Sends a list with this address in it, and reads it back.
async fn read_back(
    session: &mut Session<'_>,
    main: &Domain,
    (put, read): (Step, Step),
    address: &str,
    acl: Value,
) -> Result<(), Stop> {
    let request = Request::put(main.path.clone(), &main.body(&acl, &Value::Null));
    if session.accepted(put, request).await? {
        let shows = |reply: &Reply| shows_mark(reply, address);
        session.await_shown(read, &main.path, &shows).await?;
    }
    Ok(())
}
