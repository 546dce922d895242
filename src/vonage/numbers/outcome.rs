//! What an answer of the Numbers API says of its request: a status of 200 may carry a failure.

use serde_json::value::RawValue;

use crate::vonage::http::json::fields;

/// The code of success.
const SUCCESS: &str = "200";

/// The code by which a request was refused with a status of 200.
pub(super) fn refusal(body: &str) -> Option<String> {
    let [code] = fields(body, ["error-code"]).ok()?;
    let code = plain(code?);
    (code != SUCCESS).then_some(code)
}

/// A text or a number.
fn plain(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_code_than_200_is_a_refusal() {
        for body in [
            "",
            "{}",
            "<html>",
            r#"{"error-code":"200","error-code-label":"success"}"#,
            r#"{"error-code":200}"#,
            r#"{"count":0}"#,
        ] {
            assert_eq!(refusal(body), None, "{body}");
        }
        for body in [
            r#"{"error-code":"420","error-code-label":"method failed"}"#,
            r#"{"error-code":420,"error-code-label":"method failed"}"#,
            r#"{"error-code":420}"#,
        ] {
            assert_eq!(refusal(body).as_deref(), Some("420"), "{body}");
        }
    }
}
