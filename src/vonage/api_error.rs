//! Reads error answers of every shape that Vonage's services are known to give, and those of others in between.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::redact::Redactor;
use super::request::RequestName;

/// An answer with a status other than 2xx. `Display` gives the answer's own words, without the status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApiError {
    /// What was asked.
    pub request: RequestName,
    /// The HTTP status.
    pub status: StatusCode,
    /// A URL that names the kind of problem.
    pub kind: Option<String>,
    /// The problem in short.
    pub title: Option<String>,
    /// The problem at length.
    pub detail: Option<String>,
    /// Vonage's code for it, for example `5`.
    pub code: Option<String>,
    /// What to quote to Vonage's support.
    pub request_id: Option<String>,
    /// Parameters that the API refused.
    pub invalid_parameters: Vec<InvalidParameter>,
    /// The wait that the body asks for.
    pub(super) retry_after: Option<Duration>,
    source: Source,
}

/// A parameter that the API refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidParameter {
    /// Its name.
    pub name: String,
    /// Why it was refused.
    pub reason: String,
}

/// Who wrote the answer, as far as its form tells.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Source {
    /// JSON with the fields of Vonage's error objects.
    Api,
    /// Anything else, for example a proxy's page; the beginning of it, empty where there was none.
    Unknown { excerpt: String },
}

impl ApiError {
    /// Reads an error answer; every text of it that is kept went through the redactor.
    pub(super) fn read(request: &RequestName, answer: &Answer, redactor: &Redactor) -> Self {
        let mut error = Self {
            request: request.clone(),
            status: answer.status,
            kind: None,
            title: None,
            detail: None,
            code: None,
            request_id: answer.request_id().map(|id| redactor.clean(id)),
            invalid_parameters: Vec::new(),
            retry_after: None,
            source: Source::Api,
        };
        let body = match &answer.body {
            Ok(body) => body.as_ref(),
            Err(problem) => {
                let excerpt = format!("({problem})");
                error.source = Source::Unknown { excerpt };
                return error;
            }
        };
        let object = if answer.is_json() {
            serde_json::from_slice::<Map<String, Value>>(body).ok()
        } else {
            None
        };
        let recognised = object.is_some_and(|object| error.fill(&object, redactor));
        if !recognised {
            let excerpt = redactor.excerpt(body);
            error.source = Source::Unknown { excerpt };
        }
        error
    }

    /// Takes over the known fields; false when the object has none of those that make it an error of Vonage's.
    fn fill(&mut self, object: &Map<String, Value>, redactor: &Redactor) -> bool {
        let text = |names: &[&str]| {
            names
                .iter()
                .filter_map(|name| scalar(object.get(*name)?))
                .map(|text| redactor.clean(&text))
                .next()
        };
        self.kind = text(&["type"]);
        self.title = text(&["title", "error_title", "error-code-label"]);
        self.detail = text(&["detail", "error_text", "error-text"]);
        self.code = text(&["error_code", "error-code"]);
        if let Some(instance) = text(&["instance"]) {
            self.request_id = Some(instance);
        }
        self.retry_after = object
            .get("retry_after")
            .and_then(scalar)
            .and_then(|seconds| seconds.parse().ok())
            .map(Duration::from_secs);
        self.invalid_parameters = ["invalid_parameters", "errors"]
            .iter()
            .filter_map(|name| object.get(*name)?.as_array())
            .flatten()
            .filter_map(|entry| InvalidParameter::read(entry, redactor))
            .collect();
        self.kind.is_some()
            || self.title.is_some()
            || self.detail.is_some()
            || self.code.is_some()
            || !self.invalid_parameters.is_empty()
    }

    /// Whether the answer has the form of Vonage's own errors, so that its status can be taken at its word.
    pub fn is_from_api(&self) -> bool {
        self.source == Source::Api
    }

    /// The API itself says that there is no such object. A proxy's 404 is not that.
    pub fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.is_from_api()
    }

    /// The credentials were not accepted.
    pub fn is_unauthorized(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    /// The credentials do not allow this.
    pub fn is_forbidden(&self) -> bool {
        self.status == StatusCode::FORBIDDEN
    }

    /// Too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS
    }

    /// The server failed, so what was asked may have been done or not.
    pub fn is_server_error(&self) -> bool {
        self.status.is_server_error()
    }

    /// Whether this may be how a create is told that what `parameter` says exists: 409, a 400 that blames nothing
    /// else, or a 422 that says so. Vonage is known to use 400, with a body that is not known.
    pub(super) fn may_mean_duplicate(&self, parameter: &str) -> bool {
        match self.status {
            StatusCode::CONFLICT => true,
            StatusCode::BAD_REQUEST => self.invalid_parameters.is_empty() || self.blames(parameter),
            StatusCode::UNPROCESSABLE_ENTITY => self.suggests_name_taken(),
            _ => false,
        }
    }

    /// Whether the answer to a create suggests that somebody has the name already. A guess, for a hint only.
    pub(super) fn suggests_name_taken(&self) -> bool {
        const WORDS: [&str; 6] = [
            "already",
            "exists",
            "taken",
            "in use",
            "duplicate",
            "not unique",
        ];
        if self.status == StatusCode::CONFLICT {
            return true;
        }
        let may_be_about_it = matches!(
            self.status,
            StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY
        );
        if !may_be_about_it {
            return false;
        }
        let reasons = self
            .invalid_parameters
            .iter()
            .filter(|parameter| parameter.name == "name")
            .map(|parameter| &parameter.reason);
        self.title
            .iter()
            .chain(&self.detail)
            .chain(reasons)
            .map(|text| text.to_lowercase())
            .any(|text| WORDS.iter().any(|word| text.contains(word)))
    }

    fn blames(&self, name: &str) -> bool {
        self.invalid_parameters
            .iter()
            .any(|parameter| parameter.name == name)
    }
}

impl InvalidParameter {
    /// Reads `{"name": …, "reason": …}`, a bare text, or an object that says it otherwise.
    fn read(entry: &Value, redactor: &Redactor) -> Option<Self> {
        let (name, reason) = match entry {
            Value::Object(object) => {
                let first =
                    |names: &[&str]| names.iter().find_map(|name| scalar(object.get(*name)?));
                let name = first(&["name", "parameter", "field"]);
                let reason = first(&["reason", "message", "detail", "title"]);
                (name, reason)
            }
            other => (None, scalar(other)),
        };
        if name.is_none() && reason.is_none() {
            return None;
        }
        Some(Self {
            name: redactor.clean(&name.unwrap_or_default()),
            reason: redactor.clean(&reason.unwrap_or_default()),
        })
    }
}

/// A text or a number as text; codes come as either. Empty texts say nothing.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Api => self.write_words(f)?,
            Source::Unknown { excerpt } if excerpt.is_empty() => {
                f.write_str("the answer has no body")?;
            }
            Source::Unknown { excerpt } => write!(
                f,
                "the answer is not in the form of Vonage's errors, it begins: {excerpt}"
            )?,
        }
        if self.status.is_redirection() {
            f.write_str("; redirects are not followed, so check base_url")?;
        }
        match (&self.code, &self.request_id) {
            (None, None) => Ok(()),
            (Some(code), None) => write!(f, " (code {code})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (Some(code), Some(id)) => write!(f, " (code {code}, request {id})"),
        }
    }
}

impl ApiError {
    fn write_words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.invalid_parameters.iter().map(|parameter| {
            match (parameter.name.is_empty(), parameter.reason.is_empty()) {
                (false, false) => format!("{}: {}", parameter.name, parameter.reason),
                (false, true) => parameter.name.clone(),
                (true, _) => parameter.reason.clone(),
            }
        });
        let mut words: Vec<String> = self
            .title
            .iter()
            .chain(&self.detail)
            .cloned()
            .chain(parameters)
            .collect();
        if words.is_empty() {
            words.extend(self.kind.clone());
        }
        words.dedup();
        if words.is_empty() {
            return f.write_str("the API gives no reason");
        }
        // Titles may end in a full stop, which would stand oddly before the colon.
        let words: Vec<&str> = words
            .iter()
            .map(|text| text.trim_end_matches('.'))
            .collect();
        f.write_str(&words.join(": "))
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests;
