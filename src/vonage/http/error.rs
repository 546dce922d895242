//! Why a request, after all its tries, has no good answer.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::api_error::ApiError;
use super::request::{InvalidPathSegment, RequestName};
use super::transport_error::TransportError;

/// How often and how long one request was tried. `Display` is empty for a single try.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Tries {
    /// Requests sent, or tried to be sent.
    pub count: u32,
    /// From before the first to after the last.
    pub elapsed: Duration,
    /// Whether one before the last may have taken effect.
    pub unclear: bool,
}

impl fmt::Display for Tries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count < 2 {
            return Ok(());
        }
        write!(
            f,
            " (tried {} times over {})",
            self.count,
            Seconds(self.elapsed)
        )
    }
}

/// A duration as people read it: tenths below ten seconds, whole seconds above.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.0 < Duration::from_secs(10) && self.0.subsec_millis() >= 50);
        write!(f, "{:.digits$} s", self.0.as_secs_f64())
    }
}

/// A request without a good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Ctrl-C came before the request was sent, before it was sent again, or while a read was under way.
    #[error("{}", cancelled(request, *tries))]
    Cancelled {
        /// What was to be asked.
        request: RequestName,
        /// The tries before that; none when nothing was ever sent.
        tries: Tries,
        /// The outcome of the last try.
        source: Option<Box<Error>>,
    },
    /// The operation's time ran out before the request was sent, or the wait before the next try would exceed it.
    #[error("{request} was not sent{}: {}", again(*tries), out_of_time(*wait, *left))]
    OutOfTime {
        /// What was to be asked.
        request: RequestName,
        /// The tries before that; none when nothing was ever sent.
        tries: Tries,
        /// The wait that would have been needed.
        wait: Duration,
        /// The time that was left.
        left: Duration,
        /// The outcome of the last try.
        source: Option<Box<Error>>,
    },
    /// An answer with a status other than 2xx.
    #[error("{} answered {}{tries}", source.request, source.status)]
    Api {
        /// How often it was tried.
        tries: Tries,
        /// The answer.
        source: Box<ApiError>,
    },
    /// No answer.
    #[error("{request} had no answer{tries}")]
    Transport {
        /// What was asked.
        request: RequestName,
        /// How often it was tried.
        tries: Tries,
        /// What happened.
        source: TransportError,
    },
    /// A 2xx answer whose body is not what the API is known to send.
    #[error("{request} answered {status}, but the body is not {expected}: {problem} ({form})")]
    UnexpectedBody {
        /// What was asked.
        request: RequestName,
        /// The status.
        status: StatusCode,
        /// What the body should have been, for example `a domain`.
        expected: &'static str,
        /// How it differs.
        problem: String,
        /// Its content type and length: what it says may be confidential.
        form: String,
    },
    /// A name that no request can be made for.
    #[error(transparent)]
    InvalidName(#[from] InvalidPathSegment),
}

fn cancelled(request: &RequestName, tries: Tries) -> String {
    match tries.count {
        0 => format!("cancelled before {request} was sent"),
        _ => format!("cancelled before {request} had a good answer{tries}"),
    }
}

fn again(tries: Tries) -> String {
    match tries.count {
        0 => String::new(),
        _ => format!(" again{tries}"),
    }
}

fn out_of_time(wait: Duration, left: Duration) -> String {
    if left.is_zero() {
        "the time for this operation has run out".to_owned()
    } else {
        format!(
            "that needs a wait of {}, but only {} are left for this operation",
            Seconds(wait),
            Seconds(left)
        )
    }
}

impl Error {
    /// The API's answer, also where it is the reason behind a cancelled or timed-out retry.
    pub(crate) fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api { source, .. } => Some(source),
            Self::Cancelled { source, .. } | Self::OutOfTime { source, .. } => {
                source.as_ref()?.api()
            }
            _ => None,
        }
    }

    /// The API itself says that there is no such object; a proxy's 404 is not that.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Api { source, .. } if source.is_not_found())
    }

    /// The credentials were not accepted.
    pub(crate) fn is_unauthorized(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The credentials do not allow this.
    pub(crate) fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// Too many requests.
    pub(crate) fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.api().is_some_and(|answer| answer.status == status)
    }

    /// Ctrl-C stopped it.
    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled { .. })
    }

    /// Whether a write that ended so may have been done all the same.
    pub(crate) fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::Api { tries, source } => tries.unclear || source.status.is_server_error(),
            Self::Transport { tries, source, .. } => tries.unclear || source.may_have_been_sent(),
            Self::UnexpectedBody { .. } => true,
            Self::Cancelled { tries, .. } | Self::OutOfTime { tries, .. } => tries.unclear,
            Self::InvalidName(_) => false,
        }
    }
}

#[cfg(test)]
impl Error {
    /// That of a request which was answered so, for tests of what is made of errors.
    pub(crate) fn of_answer(status: u16, body: &str) -> Self {
        let headers = [("content-type", "application/json")];
        let answer = super::answer::Answer::of(status, &headers, body);
        let name = super::request::Request::get("/x".to_owned()).name;
        let secrets = super::secrets::Secrets::default();
        Self::Api {
            tries: Tries::default(),
            source: Box::new(ApiError::read(&name, &answer, &secrets)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causes::explain;
    use crate::vonage::http::answer::Answer;
    use crate::vonage::http::request::Request;
    use crate::vonage::http::secrets::Secrets;

    fn request() -> RequestName {
        Request::get("/v1/psip/office".to_owned()).name
    }

    fn unavailable(tries: Tries) -> Error {
        let answer = Answer::of(503, &[], "<html>down</html>");
        Error::Api {
            tries,
            source: Box::new(ApiError::read(&request(), &answer, &Secrets::default())),
        }
    }

    #[test]
    fn an_error_says_how_often_and_how_long_it_tried() {
        let tries = Tries {
            count: 6,
            elapsed: Duration::from_millis(31_200),
            unclear: false,
        };
        assert_eq!(
            unavailable(tries).to_string(),
            "GET /v1/psip/office answered 503 Service Unavailable (tried 6 times over 31 s)"
        );
        let twice = Tries { count: 2, ..tries };
        assert_eq!(twice.to_string(), " (tried 2 times over 31 s)");
        assert_eq!(
            explain(&unavailable(Tries::default())),
            "GET /v1/psip/office answered 503 Service Unavailable: the answer is not in the form of Vonage's errors \
             (no content type, 17 bytes)"
        );
    }

    #[test]
    fn a_wait_that_does_not_fit_says_both_times() {
        let error = Error::OutOfTime {
            request: request(),
            tries: Tries {
                count: 1,
                ..Tries::default()
            },
            wait: Duration::from_mins(2),
            left: Duration::from_millis(4_250),
            source: Some(Box::new(unavailable(Tries::default()))),
        };
        assert_eq!(
            error.to_string(),
            "GET /v1/psip/office was not sent again: that needs a wait of 120 s, but only 4.2 s are left for \
             this operation"
        );
        assert!(error.api().is_some());
    }
}
