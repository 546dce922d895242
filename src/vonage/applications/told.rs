//! What can be told of a body that is none of this API's objects, for a fuzz target.

use super::Application;
use crate::vonage::http::object::{InvalidObject, object};
use crate::vonage::http::pages;

/// What is wrong with a body as each object of this API; `text` is the same body.
///
/// # Panics
/// Where an application that was read does not survive being written, or a private key does.
pub(in crate::vonage) fn problems(body: &[u8], text: &str) -> Vec<String> {
    let sent = Application::default();
    let problems = [
        application(body).err().map(|problem| problem.to_string()),
        sent.merged(body).err().map(|problem| problem.to_string()),
        list(text).err(),
    ];
    problems.into_iter().flatten().collect()
}

/// An application keeps every field on its way back to the API, those that nobody knows included, but for what answers have
/// alone.
fn application(body: &[u8]) -> Result<(), InvalidObject> {
    let read = Application::from_object(object(body)?)?;
    let mut written = read.to_json();
    assert_eq!(written.pointer("/keys/private_key"), None);
    if let Some(fields) = written.as_object_mut() {
        fields.insert("id".to_owned(), read.id.clone().into());
        assert_eq!(Application::from_object(fields.clone()), Ok(read));
    }
    Ok(())
}

fn list(body: &str) -> Result<(), String> {
    pages::parse(body)?.each_row(|row| {
        let read = Application::from_listed(row);
        read.map(drop).map_err(|problem| problem.to_string())
    })
}
