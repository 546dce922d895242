//! The fields of a query or a form: each known, and there once.

use std::collections::BTreeMap;

use super::problem::failed;
use crate::problem::Problem;

pub(super) type Fields = BTreeMap<String, String>;

/// What the real API makes of a field that is not known or comes twice is unknown, so no client may rely on it.
pub(super) fn read(pairs: Vec<(String, String)>, known: &[&str]) -> Result<Fields, Problem> {
    let mut fields = Fields::new();
    for (name, value) in pairs {
        if !known.contains(&name.as_str()) {
            let reason = format!("{name:?} is not known here; known are {}", known.join(", "));
            return Err(failed(&reason));
        }
        if fields.insert(name.clone(), value).is_some() {
            return Err(failed(&format!("{name} is there twice")));
        }
    }
    Ok(fields)
}

/// Whether a text is a country code, in the case that answers have.
pub(super) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Whether a text is a number of E.164 without the plus sign.
pub(super) fn is_msisdn(text: &str) -> bool {
    (1..=15).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}
