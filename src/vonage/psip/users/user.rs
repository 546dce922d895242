//! A user of a domain, as far as anything but the API may know it.

use serde_json::value::RawValue;

use crate::vonage::http::json::fields;
use crate::vonage::http::object::InvalidObject;

const KEY: &str = "key";

/// A user. The secret is not part of it: it may come back in an answer, and then it is dropped unread.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct User {
    /// The domain's name.
    pub domain: String,
    /// What the user authenticates as; the last part of its path.
    pub key: String,
}

impl User {
    /// Reads a row of the list of this domain's users.
    pub(in crate::vonage::psip) fn from_row(
        row: &RawValue,
        domain: &str,
    ) -> Result<Self, InvalidObject> {
        let key = key_of(row.get())?.ok_or(InvalidObject::Missing(KEY))?;
        let domain = domain.to_owned();
        Ok(Self { domain, key })
    }

    /// Reads a body that should hold this very user. Without a key in it, it is taken to do so: which fields the API
    /// shows is not known.
    pub(in crate::vonage::psip) fn in_body(&self, body: &[u8]) -> Result<Self, InvalidObject> {
        if body.trim_ascii().is_empty() {
            return Err(InvalidObject::Empty);
        }
        let object = std::str::from_utf8(body).map_err(|_| InvalidObject::NotAnObject)?;
        match key_of(object)? {
            Some(key) if key != self.key => Err(InvalidObject::Other("user")),
            _ => Ok(self.clone()),
        }
    }

    /// Names this user among those of all domains.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.domain, self.key)
    }
}

fn key_of(object: &str) -> Result<Option<String>, InvalidObject> {
    let [key] = fields(object, [KEY]).map_err(|_| InvalidObject::NotAnObject)?;
    let key = key.map(|key| serde_json::from_str(key.get())).transpose();
    Ok(key
        .map_err(|_| InvalidObject::WrongType {
            field: KEY,
            expected: "a string",
        })?
        .flatten())
}
