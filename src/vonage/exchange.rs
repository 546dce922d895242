//! Sends one request as often as it takes: waits for the rate limit, asks `retry` about each outcome, counts the tries.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use tracing::debug;

use super::answer::Answer;
use super::api_error::ApiError;
use super::error::{Error, Tries};
use super::operation::{Interrupted, Operation};
use super::pace::Pace;
use super::rate_limit::RateLimit;
use super::redact::Redactor;
use super::request::Request;
use super::retry;
use super::settings::Settings;
use super::transport::{Transport, TransportError};

/// The way to the API, shared by all calls of a client.
pub(super) struct Exchange {
    transport: Transport,
    rate_limit: RateLimit,
    redactor: Redactor,
    max_retries: u32,
    request_timeout: Duration,
}

/// One try that brought no good answer.
struct Failure {
    error: Error,
    /// Whether another try may end better.
    is_passing: bool,
    /// The wait that the API asks for.
    stated_wait: Option<Duration>,
}

impl Exchange {
    pub(super) fn new(settings: &Settings, user_agent: &str) -> Self {
        Self {
            transport: Transport::new(settings, user_agent),
            rate_limit: RateLimit::new(settings.max_requests_per_second),
            redactor: Redactor::new(&settings.api_key, &settings.api_secret),
            max_retries: settings.max_retries,
            request_timeout: settings.request_timeout,
        }
    }

    /// Sends the request until there is a 2xx answer with a whole body, or no sense in going on.
    pub(super) async fn send(
        &self,
        operation: &Operation,
        request: &Request,
        pace: &Pace,
    ) -> Result<Answer, Error> {
        let begun = Instant::now();
        let mut tries = Tries::default();
        let mut last = None;
        loop {
            if let Err(refused) = self.rate_limit.turn(operation).await {
                return Err(not_sent(
                    request,
                    tries,
                    refused.reason,
                    refused.wait,
                    operation,
                    last,
                ));
            }
            tries.count += 1;
            let outcome = self.try_once(operation, request, tries.count).await;
            tries.elapsed = begun.elapsed();
            let failure = match outcome {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            let error = failure.error.after(tries);
            if !failure.is_passing || tries.count > self.max_retries {
                return Err(error);
            }
            let wait = failure
                .stated_wait
                .unwrap_or_else(|| pace.before_retry(tries.count));
            if failure.stated_wait.is_some() {
                self.rate_limit.hold(wait);
            }
            if let Err(reason) = operation.sleep(wait).await {
                return Err(not_sent(
                    request,
                    tries,
                    reason,
                    wait,
                    operation,
                    Some(error),
                ));
            }
            last = Some(error);
        }
    }

    /// The beginning of a body, fit to be shown.
    pub(super) fn excerpt(&self, body: &[u8]) -> String {
        self.redactor.excerpt(body)
    }

    async fn try_once(
        &self,
        operation: &Operation,
        request: &Request,
        attempt: u32,
    ) -> Result<Answer, Failure> {
        let begun = Instant::now();
        let time = self.request_timeout.min(operation.remaining());
        let sent = self.transport.send(request, time);
        let outcome = if request.is_write() {
            // Breaking off now would only leave it open what happened.
            sent.await
        } else {
            tokio::select! {
                outcome = sent => outcome,
                () = operation.cancel.cancelled() => {
                    return Err(Failure::final_(Error::cancelled(request)));
                }
            }
        };
        let status = outcome.as_ref().map_or(0, |answer| answer.status.as_u16());
        debug!(
            method = %request.name.method,
            path = request.name.path_template,
            status,
            attempt,
            duration_ms = begun.elapsed().as_millis(),
            "request to the API"
        );
        self.judge(request, outcome)
    }

    fn judge(
        &self,
        request: &Request,
        outcome: Result<Answer, TransportError>,
    ) -> Result<Answer, Failure> {
        let answer = outcome.map_err(|error| Failure::of_transport(request, error))?;
        if !answer.status.is_success() {
            let error = ApiError::read(&request.name, &answer, &self.redactor);
            return Err(Failure {
                is_passing: retry::after_status(request.repeat, answer.status),
                stated_wait: retry::stated_wait(&answer, &error, SystemTime::now()),
                error: Error::Api {
                    tries: Tries::default(),
                    source: Box::new(error),
                },
            });
        }
        match &answer.body {
            Ok(_) => Ok(answer),
            Err(error) => Err(Failure::of_transport(request, error.clone().into())),
        }
    }
}

impl Failure {
    fn final_(error: Error) -> Self {
        Self {
            error,
            is_passing: false,
            stated_wait: None,
        }
    }

    fn of_transport(request: &Request, source: TransportError) -> Self {
        Self {
            is_passing: retry::after_failure(request.repeat, &source),
            stated_wait: None,
            error: Error::Transport {
                request: request.name.clone(),
                tries: Tries::default(),
                source,
            },
        }
    }
}

impl Error {
    fn cancelled(request: &Request) -> Self {
        Self::Cancelled {
            request: request.name.clone(),
            tries: Tries::default(),
            source: None,
        }
    }

    fn after(mut self, made: Tries) -> Self {
        match &mut self {
            Self::Cancelled { tries, .. }
            | Self::Api { tries, .. }
            | Self::Transport { tries, .. } => *tries = made,
            _ => {}
        }
        self
    }
}

fn not_sent(
    request: &Request,
    tries: Tries,
    reason: Interrupted,
    wait: Duration,
    operation: &Operation,
    last: Option<Error>,
) -> Error {
    let request = request.name.clone();
    let source = last.map(Box::new);
    match reason {
        Interrupted::Cancelled => Error::Cancelled {
            request,
            tries,
            source,
        },
        Interrupted::OutOfTime => Error::OutOfTime {
            request,
            tries,
            wait,
            left: operation.remaining(),
            source,
        },
    }
}
