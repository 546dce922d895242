//! The target of the API's answers: whatever comes, no secret of ours comes to light in what is told of it.

use terraform_provider_vonage::told_of_answer;

/// The account's secret: letters only, so that no way to quote it changes it.
const API_SECRET: &str = "AccountSecret";
/// A user's secret, and spellings of it that an echo may have.
const USER_SECRET: &str = "Us3r \"S\"/%";
const SPELLINGS: [&str; 3] = [USER_SECRET, r#"Us3r \"S\"/%"#, "Us3r%20%22S%22%2F%25"];
/// Base64 of `key:` and the account's secret.
const BASIC: &str = "a2V5OkFjY291bnRTZWNyZXQ";
const STATUSES: [u16; 6] = [400, 401, 404, 429, 502, 307];
const CONTENT_TYPES: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "text/html",
    "",
];

/// Reads an answer whose first byte chooses the status and the second the content type.
///
/// # Panics
/// Where a secret shows in what is told, or a domain that was read does not survive being written.
pub fn api_body(bytes: &[u8]) {
    let (head, body) = bytes.split_at(bytes.len().min(2));
    let at = |index: usize| usize::from(head.get(index).copied().unwrap_or(0));
    let status = STATUSES.iter().cycle().nth(at(0)).copied();
    let content_type = CONTENT_TYPES.iter().cycle().nth(at(1)).copied();
    let head = (status.unwrap_or(400), content_type.unwrap_or_default());
    for told in told_of_answer(head, body, API_SECRET, USER_SECRET) {
        for secret in [API_SECRET, BASIC].iter().chain(&SPELLINGS) {
            assert!(!told.contains(secret), "{secret:?} is shown: {told}");
        }
    }
}
