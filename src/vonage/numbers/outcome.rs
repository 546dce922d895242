//! What an answer of the Numbers API says of its request: a status of 200 may carry a failure.

use serde_json::value::RawValue;

use crate::vonage::http::json::fields;

/// The code of success.
const SUCCESS: &str = "200";

/// Why a request was refused with a status of 200: the code, and the API's own words.
pub(super) fn refusal(body: &str) -> Option<(String, String)> {
    let [code, label] = fields(body, ["error-code", "error-code-label"]).ok()?;
    let code = plain(code?);
    (code != SUCCESS).then(|| (code, label.map(plain).unwrap_or_default()))
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
        for (body, label) in [
            (
                r#"{"error-code":"420","error-code-label":"method failed"}"#,
                "method failed",
            ),
            (
                r#"{"error-code":420,"error-code-label":"method failed"}"#,
                "method failed",
            ),
            (r#"{"error-code":420}"#, ""),
        ] {
            assert_eq!(
                refusal(body),
                Some(("420".to_owned(), label.to_owned())),
                "{body}"
            );
        }
    }
}
