//! The APIs that the sandbox plays: which one a request is for, and what all of them do alike.

use std::sync::Arc;

use http::Method;
use http::header::AUTHORIZATION;

use crate::applications;
use crate::error_body;
use crate::path;
use crate::problem::{self, Outcome, Problem};
use crate::psip;
use crate::request::{Request, header};
use crate::response::Response;
use crate::state::{State, WriteLock};
use crate::state_file::{Contents, WriteError};
use crate::store::Kind;
use crate::switches::{AuthScheme, ConcurrentWrite, Switches};

/// All kinds of objects, each after what it is part of.
pub(crate) static KINDS: [&Kind; 3] = [&psip::DOMAIN, &psip::USER, &applications::APPLICATION];

/// What a file holds that is a plain array.
pub(crate) static IN_PLAIN_ARRAY: &Kind = &psip::DOMAIN;

/// The highest number that an ID was made of, for IDs that are not to come twice.
pub(crate) fn last_number(contents: &Contents) -> usize {
    applications::last_number(contents.of(&applications::APPLICATION))
}

/// An API, by the beginning of its paths.
#[derive(Clone, Copy)]
enum Api {
    Psip,
    Applications,
}

/// Why a request had no effect.
pub(crate) enum Failure {
    /// The API refuses it.
    Problem(Problem),
    /// The state file did not take it.
    File(WriteError),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::File(error)
    }
}

impl Api {
    fn of(path: &str) -> Option<Self> {
        let applications = path.strip_prefix("/v2/applications");
        if applications.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some(Self::Applications)
        } else {
            path.starts_with("/v1/").then_some(Self::Psip)
        }
    }

    fn unauthorized(self) -> Problem {
        match self {
            Self::Psip => psip::problem::unauthorized(),
            Self::Applications => applications::problem::unauthorized(),
        }
    }

    /// A write to an object while another one is under way.
    fn busy(self) -> Problem {
        match self {
            Self::Psip => psip::problem::busy(),
            Self::Applications => applications::problem::busy(),
        }
    }

    fn internal(self) -> Problem {
        match self {
            Self::Psip => psip::problem::internal(),
            Self::Applications => applications::problem::internal(),
        }
    }
}

/// The API's response, or its error in the form that the switch asks for.
pub(crate) async fn respond(state: &State, request: &Request) -> Response {
    let switches = state.switches();
    let outcome = answer(state, &switches, request).await;
    outcome
        .unwrap_or_else(|problem| error_body::format(problem, switches.error_body, request.body()))
}

/// Responds after the latency. Another write to the same object may be an error until then.
async fn answer(state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    let Some(api) = Api::of(request.uri().path()) else {
        tokio::time::sleep(switches.latency.0).await;
        return Err(problem::no_such_path());
    };
    let _lock = lock(state, switches, request).map_err(|Busy| api.busy())?;
    let outcome = operate(api, state, switches, request).await;
    tokio::time::sleep(switches.latency.0).await;
    outcome
}

/// Another write has the lock.
struct Busy;

/// Locks the object that a write is about, its parts included, where writes at once are an error. In all APIs its name is
/// the third segment of the path.
fn lock<'a>(
    state: &'a State,
    switches: &Switches,
    request: &Request,
) -> Result<Option<WriteLock<'a>>, Busy> {
    if switches.concurrent_write == ConcurrentWrite::Accept || request.method() == Method::GET {
        return Ok(None);
    }
    let segments = path::segments(request.uri().path()).unwrap_or_default();
    match segments.get(..3) {
        Some(object @ [_, _, name]) if !name.is_empty() => {
            state.lock_write(object.to_vec()).map(Some).ok_or(Busy)
        }
        _ => Ok(None),
    }
}

async fn operate(api: Api, state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    if switches
        .rate_limit
        .is_some_and(|limit| !state.admits(limit))
    {
        return Err(problem::too_many_requests(switches.retry_after_in));
    }
    let is_admitted = state
        .credentials
        .admit(header(request.headers(), &AUTHORIZATION));
    if !is_admitted || switches.auth_scheme == AuthScheme::Bearer {
        return Err(api.unauthorized());
    }
    let outcome = match api {
        Api::Psip => psip::operate(state, switches, request).await,
        Api::Applications => applications::operate(state, switches, request).await,
    };
    outcome.map_err(|failure| match failure {
        Failure::Problem(problem) => problem,
        // A write that the state file did not take did not happen.
        Failure::File(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the state file was not written"
            );
            api.internal()
        }
    })
}
