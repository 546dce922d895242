//! The APIs that the sandbox plays: which one a request is for, and what all of them do alike.

use std::sync::Arc;

use http::Method;
use http::header::AUTHORIZATION;
use serde_json::Value;

use crate::applications;
use crate::error_body;
use crate::numbers;
use crate::path;
use crate::problem::{self, Outcome, Problem};
use crate::psip;
use crate::request::{Request, header};
use crate::response::Response;
use crate::state::{Limited, State, WriteLock};
use crate::state_file::{Contents, WriteError};
use crate::store::Kind;
use crate::switches::{AuthScheme, ConcurrentWrite, Switches};

/// All kinds of objects, each after what it is part of.
pub(crate) static KINDS: [&Kind; 4] = [
    &psip::DOMAIN,
    &psip::USER,
    &applications::APPLICATION,
    &numbers::NUMBER,
];

/// What a file holds that is a plain array.
pub(crate) static IN_PLAIN_ARRAY: &Kind = &psip::DOMAIN;

/// The highest number that an ID was made of, for IDs that are not to come twice.
pub(crate) fn last_number(contents: &Contents) -> usize {
    applications::last_number(contents.of(&applications::APPLICATION))
}

/// An API, by its paths.
#[derive(Clone, Copy)]
enum Api {
    Psip,
    Applications,
    Numbers,
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
        if [numbers::LIST_PATH, numbers::UPDATE_PATH].contains(&path) {
            return Some(Self::Numbers);
        }
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
            Self::Numbers => numbers::problem::unauthorized(),
        }
    }

    /// A write to an object while another one is under way.
    fn busy(self) -> Problem {
        match self {
            Self::Psip => psip::problem::busy(),
            Self::Applications => applications::problem::busy(),
            Self::Numbers => numbers::problem::busy(),
        }
    }

    fn internal(self) -> Problem {
        match self {
            Self::Psip => psip::problem::internal(),
            Self::Applications => applications::problem::internal(),
            Self::Numbers => numbers::problem::internal(),
        }
    }

    /// The object that a request is about, its parts included, by what names it.
    fn object(self, request: &Request) -> Option<Vec<String>> {
        match self {
            Self::Psip | Self::Applications => {
                let segments = path::segments(request.uri().path())?;
                let object = segments.get(..3)?;
                let is_named = object.last().is_some_and(|name| !name.is_empty());
                is_named.then(|| object.to_vec())
            }
            Self::Numbers => numbers::named(request),
        }
    }

    /// Its limits of requests in a second, for a request of this kind.
    fn limits(self, switches: &Switches, request: &Request) -> Vec<(Limited, u32)> {
        let mut limits = vec![(Limited::All, switches.rate_limit)];
        if let Self::Numbers = self {
            limits.push((Limited::Numbers, switches.numbers.number_rate_limit));
            if request.uri().path() == numbers::LIST_PATH {
                let limit = switches.numbers.number_list_rate_limit;
                limits.push((Limited::NumberLists, limit));
            }
        }
        let is_set = |(limited, limit): (Limited, Option<u32>)| Some((limited, limit?));
        limits.into_iter().filter_map(is_set).collect()
    }
}

/// The API's response, or its error in the form that the switch asks for.
pub(crate) async fn respond(state: &State, request: &Request) -> Response {
    let switches = state.switches();
    let outcome = answer(state, &switches, request).await;
    // The form of the errors of the Numbers API is known, but for what it has switches of its own for.
    if let Some(Api::Numbers) = Api::of(request.uri().path()) {
        return numbers::respond(outcome, &switches);
    }
    outcome
        .unwrap_or_else(|problem| error_body::format(problem, switches.error_body, request.body()))
}

/// What the journal keeps of a body: JSON, or the fields of a form where the API takes one.
pub(crate) fn readable_body(request: &Request) -> Option<Value> {
    let form = numbers::form_of(request).map(|pairs| {
        let texts = pairs.into_iter().map(|(name, value)| (name, value.into()));
        Value::Object(texts.collect())
    });
    form.or_else(|| serde_json::from_slice(request.body()).ok())
}

/// Responds after the latency. Another write to the same object may be an error until then.
async fn answer(state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    let Some(api) = Api::of(request.uri().path()) else {
        tokio::time::sleep(switches.latency.0).await;
        return Err(problem::no_such_path());
    };
    let _lock = lock(api, state, switches, request).map_err(|Busy| api.busy())?;
    let outcome = operate(api, state, switches, request).await;
    tokio::time::sleep(switches.latency.0).await;
    outcome
}

/// Another write has the lock.
struct Busy;

/// Locks the object that a write is about, where writes at once are an error.
fn lock<'a>(
    api: Api,
    state: &'a State,
    switches: &Switches,
    request: &Request,
) -> Result<Option<WriteLock<'a>>, Busy> {
    if switches.concurrent_write == ConcurrentWrite::Accept || request.method() == Method::GET {
        return Ok(None);
    }
    match api.object(request) {
        Some(object) => state.lock_write(object).map(Some).ok_or(Busy),
        None => Ok(None),
    }
}

async fn operate(api: Api, state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    let mut limits = api.limits(switches, request).into_iter();
    if limits.any(|(limited, limit)| !state.admits(limited, limit)) {
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
        Api::Numbers => numbers::operate(state, switches, request).await,
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
