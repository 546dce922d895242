//! What an answer of the Numbers API says of its request: a status of 200 may carry a failure.

use serde_json::value::RawValue;

use crate::vonage::http::json::fields;

/// The code of success.
const SUCCESS: &str = "200";

/// What an answer says of its request.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Success,
    /// By this code.
    Refused(String),
    /// Nothing, as a list does that was not refused.
    Untold,
}

pub(super) fn outcome(body: &str) -> Outcome {
    let Ok([Some(code)]) = fields(body, ["error-code"]) else {
        return Outcome::Untold;
    };
    match plain(code) {
        code if code == SUCCESS => Outcome::Success,
        code => Outcome::Refused(code),
    }
}

/// A text or a number.
fn plain(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_of_200_is_a_success() {
        for body in [
            r#"{"error-code":"200","error-code-label":"success"}"#,
            r#"{"error-code":200}"#,
        ] {
            assert_eq!(outcome(body), Outcome::Success, "{body}");
        }
        for body in [
            r#"{"error-code":"420","error-code-label":"method failed"}"#,
            r#"{"error-code":420,"error-code-label":"method failed"}"#,
            r#"{"error-code":420}"#,
        ] {
            let refused = Outcome::Refused("420".to_owned());
            assert_eq!(outcome(body), refused, "{body}");
        }
        for body in ["", "{}", "<html>", "[]", r#"{"count":0}"#] {
            assert_eq!(outcome(body), Outcome::Untold, "{body}");
        }
    }
}
