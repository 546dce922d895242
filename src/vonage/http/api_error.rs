//! Reads error answers of every shape that Vonage's services are known to give, and those of others in between.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde_json::value::RawValue;

use super::answer::Answer;
use super::json::{each_element, fields};
use super::request::RequestName;
use super::secrets::Secrets;

/// How many refused parameters of an answer are told.
const MOST_PARAMETERS: usize = 20;

/// An answer with a status other than 2xx. `Display` gives the answer's own words, without the status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ApiError {
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
    pub(crate) retry_after: Option<Duration>,
    author: Author,
}

/// A parameter that the API refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct InvalidParameter {
    /// Its name.
    pub name: String,
    /// Why it was refused.
    pub reason: String,
}

/// Who wrote the answer, as far as its form tells.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Author {
    /// JSON with the fields of Vonage's error objects.
    Api,
    /// Anything else, for example a proxy's page, of which only this much is told.
    Unknown { form: String },
}

impl ApiError {
    /// Reads an error answer. Nothing of it is kept but the known fields, as far as they can be shown.
    pub(crate) fn read(request: &RequestName, answer: &Answer, secrets: &Secrets) -> Self {
        let mut error = Self {
            request: request.clone(),
            status: answer.status,
            kind: None,
            title: None,
            detail: None,
            code: None,
            request_id: answer.request_id().map(|id| secrets.shown(id)),
            invalid_parameters: Vec::new(),
            retry_after: None,
            author: Author::Api,
        };
        let recognised = answer.is_json() && error.fill(answer.text(), secrets);
        if !recognised {
            let form = answer.form(secrets);
            error.author = Author::Unknown { form };
        }
        error
    }

    /// Takes over the known fields; false when there are none of those that make it an error of Vonage's.
    fn fill(&mut self, body: &str, secrets: &Secrets) -> bool {
        let Ok([kind, instance, retry_after]) = fields(body, ["type", "instance", "retry_after"])
        else {
            return false;
        };
        self.kind = shown(kind, secrets);
        self.title = first(body, ["title", "error_title", "error-code-label"], secrets);
        self.detail = first(body, ["detail", "error_text", "error-text"], secrets);
        self.code = first(body, ["error_code", "error-code", "code"], secrets);
        if let Some(instance) = shown(instance, secrets) {
            self.request_id = Some(instance);
        }
        self.retry_after = scalar(retry_after)
            .and_then(|seconds| seconds.parse().ok())
            .map(Duration::from_secs);
        let lists = fields(body, ["invalid_parameters", "errors"]).unwrap_or_default();
        for list in lists.into_iter().flatten() {
            // What is no array, and what goes beyond the bound, is left out.
            let _ = each_element(list.get(), |entry| {
                self.invalid_parameters
                    .extend(InvalidParameter::read(entry, secrets));
                let is_full = self.invalid_parameters.len() >= MOST_PARAMETERS;
                if is_full { Err(()) } else { Ok(()) }
            });
        }
        self.kind.is_some()
            || self.title.is_some()
            || self.detail.is_some()
            || self.code.is_some()
            || !self.invalid_parameters.is_empty()
    }

    /// Whether the answer has the form of Vonage's own errors, so that its status can be taken at its word.
    pub(crate) fn is_from_api(&self) -> bool {
        self.author == Author::Api
    }

    /// The API itself says that there is no such object. A proxy's 404 is not that.
    pub(crate) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.is_from_api()
    }

    /// Too many requests.
    pub(crate) fn is_rate_limited(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS
    }
}

impl InvalidParameter {
    /// Reads `{"name": …, "reason": …}`, a bare text, or an object that says it otherwise.
    fn read(entry: &RawValue, secrets: &Secrets) -> Option<Self> {
        let object = entry.get();
        let name = first(object, ["name", "parameter", "field"], secrets);
        let reasons = ["reason", "message", "detail", "title"];
        let reason = shown(Some(entry), secrets).or_else(|| first(object, reasons, secrets));
        if name.is_none() && reason.is_none() {
            return None;
        }
        Some(Self {
            name: name.unwrap_or_default(),
            reason: reason.unwrap_or_default(),
        })
    }
}

/// The first of these fields that says something.
fn first<const N: usize>(object: &str, names: [&str; N], secrets: &Secrets) -> Option<String> {
    let values = fields(object, names).ok()?;
    values.into_iter().find_map(|value| shown(value, secrets))
}

fn shown(value: Option<&RawValue>, secrets: &Secrets) -> Option<String> {
    scalar(value).map(|text| secrets.shown(&text))
}

/// A text or a number as text; codes come as either. Empty texts say nothing.
fn scalar(value: Option<&RawValue>) -> Option<String> {
    let json = value?.get();
    if json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Some(json.to_owned());
    }
    let text: String = serde_json::from_str(json).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.author {
            Author::Api => self.write_words(f)?,
            Author::Unknown { form } => {
                write!(
                    f,
                    "the answer is not in the form of Vonage's errors ({form})"
                )?;
            }
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
