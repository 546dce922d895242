//! Gets one request answered: waits for the rate limit, sends, and repeats what `retry` allows, within the bounds
//! of the operation.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use secrecy::ExposeSecret as _;
use tokio::time::Instant;

use super::answer::Answer;
use super::api_error::ApiError;
use super::client::Client;
use super::error::{Error, Tries};
use super::operation::{Interrupted, Operation};
use super::request::{Request, RequestName};
use super::retry;
use super::transport_error::TransportError;

impl Client {
    /// Sends a request until it has an answer with a status of 2xx, or there is no point in trying on.
    ///
    /// The body of a 2xx answer to a write may have been unreadable: the write counts all the same.
    pub(crate) async fn exchange(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, Error> {
        if let Some(secret) = &request.secret {
            self.secrets.register(secret.expose_secret());
        }
        let mut attempts = Attempts::new(&request.name);
        loop {
            self.admit(operation, &mut attempts).await?;
            attempts.count += 1;
            let outcome = self.attempt(operation, request, &mut attempts).await?;
            let (error, stated) = match self.judge(request, outcome, attempts.tries()) {
                Verdict::Done(answer) => return Ok(answer),
                Verdict::Failed(error) => return Err(error),
                Verdict::Again { error, stated } => (error, stated),
            };
            let wait = if error.is_rate_limited() {
                // Such an answer says nothing against the request: it goes on trying, as often as the operation's time
                // allows, at a rate that the limit lets through.
                self.wait_before_retry(stated, 1)
            } else {
                attempts.failures += 1;
                if attempts.failures > self.settings.max_retries {
                    return Err(error);
                }
                self.wait_before_retry(stated, attempts.failures)
            };
            attempts.unclear |= error.may_have_taken_effect();
            attempts.last = Some(Box::new(error));
            operation
                .sleep(wait)
                .await
                .map_err(|reason| attempts.interrupted(reason, wait, operation))?;
        }
    }

    /// Sends a request once, whatever the answer says. Where it asks for a pause, the next request waits for that.
    pub(crate) async fn send_once(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, Error> {
        if let Some(secret) = &request.secret {
            self.secrets.register(secret.expose_secret());
        }
        let mut attempts = Attempts::new(&request.name);
        self.admit(operation, &mut attempts).await?;
        attempts.count += 1;
        let outcome = self.attempt(operation, request, &mut attempts).await?;
        let answer = outcome.map_err(|source| Error::Transport {
            request: request.name.clone(),
            tries: attempts.tries(),
            source,
        })?;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let error = ApiError::read(&request.name, &answer, &self.secrets);
            let stated = retry::stated_wait(&answer, &error, SystemTime::now());
            self.rate_limit.refused(self.wait_before_retry(stated, 1));
        } else {
            self.rate_limit.passed();
        }
        Ok(answer)
    }

    /// The error of an answer that should have been something else.
    pub(crate) fn unexpected_body(
        &self,
        request: &Request,
        answer: &Answer,
        expected: &'static str,
        problem: &dyn std::fmt::Display,
    ) -> Error {
        Error::UnexpectedBody {
            request: request.name.clone(),
            status: answer.status,
            expected,
            problem: problem.to_string(),
            form: answer.form(&self.secrets),
        }
    }

    /// The error of an answer that refuses its request by a code in its body, whatever its status.
    pub(crate) fn refused(&self, request: &Request, answer: &Answer, code: &str) -> Error {
        let tries = Tries {
            count: 1,
            ..Tries::default()
        };
        let mut source = Box::new(ApiError::read(&request.name, answer, &self.secrets));
        source.status = code.parse().unwrap_or(source.status);
        Error::Api { tries, source }
    }

    /// Waits until the rate limit lets this request through.
    async fn admit(&self, operation: &Operation, attempts: &mut Attempts) -> Result<(), Error> {
        if operation.cancel.is_cancelled() {
            return Err(attempts.interrupted(Interrupted::Cancelled, Duration::ZERO, operation));
        }
        let admitted = self.rate_limit.admit(operation).await;
        admitted.map_err(|refused| attempts.interrupted(refused.reason, refused.wait, operation))
    }

    /// Sends once. Cancelling breaks off a read; a write is finished, so that its outcome is known.
    async fn attempt(
        &self,
        operation: &Operation,
        request: &Request,
        attempts: &mut Attempts,
    ) -> Result<Result<Answer, TransportError>, Error> {
        let begun = Instant::now();
        let time = self.settings.request_timeout.min(operation.remaining());
        let sending = self.transport.send(request, time);
        let outcome = if request.is_write() {
            sending.await
        } else {
            tokio::select! {
                outcome = sending => outcome,
                () = operation.cancel.cancelled() => {
                    return Err(attempts.interrupted(Interrupted::Cancelled, Duration::ZERO, operation));
                }
            }
        };
        log_attempt(&request.name, &outcome, attempts.count, begun.elapsed());
        Ok(outcome)
    }

    fn judge(
        &self,
        request: &Request,
        outcome: Result<Answer, TransportError>,
        tries: Tries,
    ) -> Verdict {
        let answer = match outcome {
            Ok(answer) if !answer.status.is_success() => {
                return self.refusal(request, &answer, tries);
            }
            Ok(answer) => answer,
            Err(failure) => return failed(request, failure, tries),
        };
        self.rate_limit.passed();
        match &answer.body {
            Err(problem) if !request.is_write() => failed(request, problem.clone(), tries),
            _ => Verdict::Done(answer),
        }
    }

    fn refusal(&self, request: &Request, answer: &Answer, tries: Tries) -> Verdict {
        let source = ApiError::read(&request.name, answer, &self.secrets);
        let stated = retry::stated_wait(answer, &source, SystemTime::now());
        if source.is_rate_limited() {
            self.rate_limit.refused(stated.unwrap_or_default());
        }
        let source = Box::new(source);
        let error = Error::Api { tries, source };
        if retry::after_status(request.repeat, answer.status) {
            Verdict::Again { error, stated }
        } else {
            Verdict::Failed(error)
        }
    }

    /// What the API asks for, with a little more so that waiting requests do not all come back at once; else the
    /// back-off.
    fn wait_before_retry(&self, stated: Option<Duration>, failures: u32) -> Duration {
        let timing = &self.timing;
        match stated {
            Some(wait) => wait.saturating_add(timing.first_retry.mul_f64((timing.jitter)() / 2.0)),
            None => timing.before_retry(failures),
        }
    }
}

/// What one attempt's outcome means.
enum Verdict {
    Done(Answer),
    Failed(Error),
    /// Another try may go better, after the wait that the API states, if it does.
    Again {
        error: Error,
        stated: Option<Duration>,
    },
}

fn failed(request: &Request, source: TransportError, tries: Tries) -> Verdict {
    let again = retry::after_failure(request.repeat, &source);
    let request = request.name.clone();
    let error = Error::Transport {
        request,
        tries,
        source,
    };
    if again {
        Verdict::Again {
            error,
            stated: None,
        }
    } else {
        Verdict::Failed(error)
    }
}

/// The attempts at one request so far.
struct Attempts {
    request: RequestName,
    begun: Instant,
    count: u32,
    /// Tries that failed otherwise than for the API's rate limit.
    failures: u32,
    /// Whether one may have taken effect.
    unclear: bool,
    last: Option<Box<Error>>,
}

impl Attempts {
    fn new(request: &RequestName) -> Self {
        Self {
            request: request.clone(),
            begun: Instant::now(),
            count: 0,
            failures: 0,
            unclear: false,
            last: None,
        }
    }

    fn tries(&self) -> Tries {
        Tries {
            count: self.count,
            elapsed: self.begun.elapsed(),
            unclear: self.unclear,
        }
    }

    fn interrupted(&mut self, reason: Interrupted, wait: Duration, operation: &Operation) -> Error {
        let request = self.request.clone();
        let tries = self.tries();
        let source = self.last.take();
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
}

/// The error of a request that was not sent even once.
pub(crate) fn unsent(reason: Interrupted, request: &RequestName, operation: &Operation) -> Error {
    Attempts::new(request).interrupted(reason, Duration::ZERO, operation)
}

/// The one log line of an attempt: nothing in it is secret, and nothing comes from a body.
fn log_attempt(
    request: &RequestName,
    outcome: &Result<Answer, TransportError>,
    attempt: u32,
    duration: Duration,
) {
    let method = request.method.as_str();
    let path = request.path.as_str();
    let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok(answer) => {
            let status = answer.status.as_u16();
            tracing::debug!(
                method,
                path,
                status,
                attempt,
                duration_ms,
                "HTTP request answered"
            );
        }
        Err(error) => {
            tracing::debug!(method, path, attempt, duration_ms, %error, "HTTP request not answered");
        }
    }
}

#[cfg(test)]
mod tests;
