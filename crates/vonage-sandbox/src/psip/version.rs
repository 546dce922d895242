//! Versions of a domain, for the switch that guards writes by them.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::StatusCode;
use http::header::IF_MATCH;

use super::problem::{self, Problem};
use crate::call::Call;
use crate::json::Object;
use crate::request::header;
use crate::switches::Etag;

/// The version of a domain: another one for each content.
pub(super) fn of(domain: &Object) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::Value::from(domain.clone())
        .to_string()
        .hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// Whether a write may go ahead, by the version that it names, or none.
pub(super) fn check(domain: &Object, call: &Call) -> Result<(), Problem> {
    match (
        call.switches.etag,
        header(call.request.headers(), &IF_MATCH),
    ) {
        (Etag::Required, None) => Err(problem::precondition(
            StatusCode::PRECONDITION_REQUIRED,
            "The header If-Match is missing",
        )),
        (Etag::None, _) | (_, None | Some("*")) => Ok(()),
        (_, Some(named)) if named == of(domain) => Ok(()),
        _ => Err(problem::precondition(
            StatusCode::PRECONDITION_FAILED,
            "The domain has changed since",
        )),
    }
}
