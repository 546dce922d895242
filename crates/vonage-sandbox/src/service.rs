//! One HTTP request: lets it in, reads it within limits, notes it in the journal, hands it on.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use http::header::USER_AGENT;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};

use crate::apis;
use crate::control;
use crate::delivery::{self, Reset};
use crate::gate::Gate;
use crate::journal::Record;
use crate::problem::{self, Problem};
use crate::request::{Request, header};
use crate::response::Response;
use crate::state::State;

/// The largest body that is read: far above a domain with thousands of `acl` entries.
pub(crate) const MAX_BODY: usize = 1 << 20;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Answers one request, unless a fault says that the connection is to be reset.
pub(crate) async fn serve(
    state: &State,
    gate: Gate,
    request: http::Request<Incoming>,
) -> Result<http::Response<delivery::Body>, Reset> {
    let (head, body) = request.into_parts();
    if let Err(problem) = gate.check(&head) {
        return Ok(Response::from(problem).into_http());
    }
    if !control::is_control(head.uri.path()) {
        return journalled(state, head, body).await.map(Response::into_http);
    }
    let response = match read(body).await {
        Ok(body) => control::respond(state, &Request::from_parts(head, body)),
        Err(problem) => problem.into(),
    };
    Ok(response.into_http())
}

async fn journalled(state: &State, head: Parts, body: Incoming) -> Result<Response, Reset> {
    let in_flight = state.begin(Record {
        at_ms: state.at_ms(),
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        user_agent: header(&head.headers, &USER_AGENT).map(str::to_owned),
        ..Record::default()
    });
    let response = match read(body).await {
        Ok(body) => {
            let request = Request::from_parts(head, body);
            let body = apis::readable_body(&request);
            state.journal().note_body(in_flight.id, body);
            respond(state, &request).await
        }
        Err(problem) => problem.into(),
    };
    tokio::time::sleep(response.delivery.first_byte).await;
    if response.delivery.reset {
        return Err(Reset);
    }
    state.journal().note_status(in_flight.id, response.status);
    Ok(response)
}

/// The API's response, and what a fault makes of it.
async fn respond(state: &State, request: &Request) -> Response {
    let fault = state
        .faults()
        .strike(request.method().as_str(), request.uri().path());
    let Some(fault) = fault else {
        return apis::respond(state, request).await;
    };
    let real = if fault.strikes_after() {
        Some(apis::respond(state, request).await)
    } else {
        None
    };
    fault.apply(real, request.body(), SystemTime::now())
}

/// The whole body, unless it is too large, too slow, or breaks off.
async fn read(body: Incoming) -> Result<Bytes, Problem> {
    let too_large = || {
        let detail = format!("The body has more than {MAX_BODY} bytes");
        problem::closing(StatusCode::PAYLOAD_TOO_LARGE, &detail)
    };
    // `Content-Length` decides at once: the client may be waiting for this response before it sends the body.
    if body.size_hint().lower() > MAX_BODY as u64 {
        return Err(too_large());
    }
    let limited = Limited::new(body, MAX_BODY).collect();
    let (status, detail) = match tokio::time::timeout(BODY_TIMEOUT, limited).await {
        Ok(Ok(body)) => return Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
        Ok(Err(_)) => (StatusCode::BAD_REQUEST, "The body could not be read"),
        Err(_) => (
            StatusCode::REQUEST_TIMEOUT,
            "The body did not arrive in time",
        ),
    };
    Err(problem::closing(status, detail))
}
