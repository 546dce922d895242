//! What can be told of a body that is none of this API's objects, for a fuzz target.

use super::domain::Domain;
use super::users::User;
use crate::vonage::http::pages;

/// What is wrong with a body as each object of this API; `text` is the same body.
///
/// # Panics
/// Where a domain that was read does not survive being written.
pub(in crate::vonage) fn problems(body: &[u8], text: &str) -> Vec<String> {
    let user = User {
        domain: "office".to_owned(),
        key: "alice".to_owned(),
    };
    let sent = Domain {
        name: "office".to_owned(),
        ..Domain::default()
    };
    let problems = [
        domain(body).err(),
        sent.merged(body).err().map(|problem| problem.to_string()),
        list(text).err(),
        user.in_body(body).err().map(|problem| problem.to_string()),
    ];
    problems.into_iter().flatten().collect()
}

/// A domain keeps every field on its way back to the API, those that nobody knows included.
fn domain(body: &[u8]) -> Result<(), String> {
    let domain = Domain::from_body(body, "office").map_err(|problem| problem.to_string())?;
    let json = domain.to_json().to_string();
    assert_eq!(Domain::from_body(json.as_bytes(), "office"), Ok(domain));
    Ok(())
}

fn list(body: &str) -> Result<(), String> {
    pages::parse(body)?.each_row(|row| {
        let read = User::from_row(row, "office").and(Domain::from_listed(row));
        read.map(drop).map_err(|problem| problem.to_string())
    })
}
