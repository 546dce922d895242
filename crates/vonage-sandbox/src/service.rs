//! One HTTP request: lets it in, reads it within limits, notes it in the journal, hands it on.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, IF_MATCH, USER_AGENT};
use http::{Method, Response, request};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};

use crate::control;
use crate::delivery::{Reset, Stream};
use crate::faults::Moment;
use crate::gate::Gate;
use crate::journal::Arrival;
use crate::path;
use crate::problem::{self, Problem};
use crate::psip::{self, Request};
use crate::reply::Reply;
use crate::state::State;
use crate::switches::ConcurrentWrite;

/// The largest body that is read: far above a domain with thousands of `acl` entries.
pub(crate) const MAX_BODY: usize = 1 << 20;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Answers one request, unless a fault says that the connection is to be reset.
pub(crate) async fn serve(
    state: &State,
    gate: Gate,
    request: http::Request<Incoming>,
) -> Result<Response<Stream>, Reset> {
    let (head, body) = request.into_parts();
    if let Err(problem) = gate.check(&head) {
        return Ok(Reply::from(problem).into_response());
    }
    if !control::is_control(head.uri.path()) {
        return journalled(state, &head, body)
            .await
            .map(Reply::into_response);
    }
    let reply = match read(body).await {
        Ok(body) => control::answer(state, &whole(&head, body)),
        Err(problem) => problem.into(),
    };
    Ok(reply.into_response())
}

async fn journalled(state: &State, head: &request::Parts, body: Incoming) -> Result<Reply, Reset> {
    let visit = state.visit(Arrival {
        at_ms: state.at_ms(),
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        user_agent: header(head, &USER_AGENT),
    });
    let reply = match read(body).await {
        Ok(body) => {
            state.journal().note_body(visit.ticket, &body);
            spoilt(state, &whole(head, body)).await
        }
        Err(problem) => problem.into(),
    };
    tokio::time::sleep(reply.delivery.first_byte).await;
    if reply.delivery.reset {
        return Err(Reset);
    }
    state.journal().note_status(visit.ticket, reply.status);
    Ok(reply)
}

/// The API's answer, and what a fault makes of it.
async fn spoilt(state: &State, request: &Request) -> Reply {
    let fault = state
        .faults()
        .strike(request.method.as_str(), &request.path);
    let Some(fault) = fault else {
        return answer(state, request).await;
    };
    let real = match fault.moment() {
        Moment::Before => None,
        Moment::After => Some(answer(state, request).await),
    };
    fault.spoil(real, &request.body, SystemTime::now())
}

/// The API's answer after its time, in which no other write to the same domain may be under way, where that is an error.
async fn answer(state: &State, request: &Request) -> Reply {
    let switches = state.switches();
    let written = match switches.concurrent_write {
        ConcurrentWrite::Conflict if request.method != Method::GET => domain_of(&request.path),
        _ => None,
    };
    let claim = match written.map(|domain| state.claim(&domain)) {
        Some(None) => return problem::busy().dressed(switches.error_body, &request.body),
        Some(claim) => claim,
        None => None,
    };
    let reply = psip::answer(state, request).await;
    tokio::time::sleep(switches.latency.0).await;
    drop(claim);
    reply
}

/// The domain that a path is about.
fn domain_of(path: &str) -> Option<String> {
    path::segments(path)?
        .into_iter()
        .nth(2)
        .filter(|name| !name.is_empty())
}

/// The whole body, unless it is too large, too slow, or breaks off.
async fn read(body: Incoming) -> Result<Bytes, Problem> {
    // A length that is told decides at once; the client may be waiting for this answer before it sends the body.
    if body.size_hint().lower() > MAX_BODY as u64 {
        return Err(problem::body_too_large(MAX_BODY));
    }
    let limited = Limited::new(body, MAX_BODY).collect();
    match tokio::time::timeout(BODY_TIMEOUT, limited).await {
        Err(_) => Err(problem::body_too_slow()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(problem::body_too_large(MAX_BODY)),
        Ok(Err(_)) => Err(problem::body_unreadable()),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

fn whole(head: &request::Parts, body: Bytes) -> Request {
    Request {
        method: head.method.clone(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        authorization: header(head, &AUTHORIZATION),
        content_type: header(head, &CONTENT_TYPE),
        if_match: header(head, &IF_MATCH),
        body,
    }
}

/// A header as text, where it is text.
fn header(head: &request::Parts, name: &HeaderName) -> Option<String> {
    head.headers.get(name)?.to_str().ok().map(str::to_owned)
}
