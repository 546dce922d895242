//! A user of a domain, as far as anything but the API may know it.

use serde_json::value::RawValue;

use crate::vonage::http::json::fields;

const KEY: &str = "key";

/// A user. The secret is not part of it: it may come back in an answer, and then it is dropped unread.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct User {
    /// The domain's name.
    pub domain: String,
    /// What the user authenticates as; the last part of its path.
    pub key: String,
}

/// Why JSON is not a user. Values are not shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum InvalidUser {
    /// The body is empty.
    #[error("it is empty")]
    Empty,
    /// The body is no JSON object.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// The key is missing where nothing else says it.
    #[error("it has no `key`")]
    Keyless,
    /// It is about another user than was asked for.
    #[error("it has the key of another user")]
    OtherKey,
    /// The key has another JSON type.
    #[error("its `key` is not a string")]
    WrongType,
}

impl User {
    /// Reads a row of the list of this domain's users.
    pub(in crate::vonage::psip) fn from_row(
        row: &RawValue,
        domain: &str,
    ) -> Result<Self, InvalidUser> {
        let key = key_of(row.get())?.ok_or(InvalidUser::Keyless)?;
        let domain = domain.to_owned();
        Ok(Self { domain, key })
    }

    /// Reads a body that should hold this very user. Without a key in it, it is taken to do so: which fields the API
    /// shows is not known.
    pub(in crate::vonage::psip) fn in_body(&self, body: &[u8]) -> Result<Self, InvalidUser> {
        if body.trim_ascii().is_empty() {
            return Err(InvalidUser::Empty);
        }
        let object = std::str::from_utf8(body).map_err(|_| InvalidUser::NotAnObject)?;
        match key_of(object)? {
            Some(key) if key != self.key => Err(InvalidUser::OtherKey),
            _ => Ok(self.clone()),
        }
    }

    /// Names this user among those of all domains.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.domain, self.key)
    }
}

fn key_of(object: &str) -> Result<Option<String>, InvalidUser> {
    let [key] = fields(object, [KEY]).map_err(|_| InvalidUser::NotAnObject)?;
    let key = key.map(|key| serde_json::from_str(key.get())).transpose();
    Ok(key.map_err(|_| InvalidUser::WrongType)?.flatten())
}
