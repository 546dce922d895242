//! A SIP domain as the API speaks of it.

use std::fmt;

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::vonage::http::json::fields;

const NAME: &str = "name";
const APPLICATION_ID: &str = "application_id";
const ACL: &str = "acl";
const TLS: &str = "tls";
const SRTP: &str = "srtp";
const DIGEST_AUTH: &str = "digest_auth";
const DOMAIN_TYPE: &str = "domain_type";
const KNOWN: [&str; 7] = [
    NAME,
    APPLICATION_ID,
    ACL,
    TLS,
    SRTP,
    DIGEST_AUTH,
    DOMAIN_TYPE,
];

/// The values of `tls` and `srtp`.
const ENCRYPTION: [&str; 3] = ["always", "never", "optional"];

/// The values of `domain_type`.
const TYPES: [&str; 2] = ["app", "trunk"];

/// A domain. Values that the API may come to know later are kept as they are; `None` is what it did not say.
///
/// `Debug` shows of the unmanaged fields only their names: what they hold may be confidential.
#[expect(
    clippy::struct_field_names,
    reason = "`domain_type` is the API's own name"
)]
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Domain {
    /// The key of every path, and the first label of the SIP host names.
    pub name: String,
    /// The application that calls are routed to; trunks have none.
    pub application_id: Option<String>,
    /// Addresses and prefixes that may call, in the API's spelling and order.
    pub acl: Vec<String>,
    /// `always`, `never` or `optional`.
    pub tls: Option<String>,
    /// `always`, `never` or `optional`.
    pub srtp: Option<String>,
    /// Whether users may authenticate by digest.
    pub digest_auth: Option<bool>,
    /// `app` or `trunk`.
    pub domain_type: Option<String>,
    /// Fields that this client does not know, such as `trunk_name`; an update sends them back unchanged.
    pub unmanaged: Map<String, Value>,
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Domain")
            .field(NAME, &self.name)
            .field(APPLICATION_ID, &self.application_id)
            .field(ACL, &self.acl)
            .field(TLS, &self.tls)
            .field(SRTP, &self.srtp)
            .field(DIGEST_AUTH, &self.digest_auth)
            .field(DOMAIN_TYPE, &self.domain_type)
            .field("unmanaged", &self.unmanaged.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Why JSON is not a domain. Values are not shown.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum InvalidDomain {
    /// The body is empty.
    #[error("it is empty")]
    Empty,
    /// The body is no JSON object.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// None of a domain's fields is there.
    #[error("it has none of a domain's fields")]
    Foreign,
    /// The name is missing where nothing else says it.
    #[error("it has no `name`")]
    Nameless,
    /// It is about another domain than was asked for.
    #[error("it names another domain")]
    OtherName,
    /// The list of who may call is missing, which must not pass for an empty one.
    #[error("it has no `acl`")]
    NoAcl,
    /// A field has another JSON type.
    #[error("its `{field}` is not {expected}")]
    WrongType {
        /// The field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

impl Domain {
    /// The managed fields as JSON, over fields that go along unchanged. What is `None` is left out.
    pub(super) fn to_json(&self, unmanaged: &Map<String, Value>) -> Map<String, Value> {
        let mut object = unmanaged.clone();
        object.insert(NAME.to_owned(), json!(self.name));
        object.insert(ACL.to_owned(), json!(self.acl));
        let optional = [
            (
                APPLICATION_ID,
                self.application_id.as_ref().map(|v| json!(v)),
            ),
            (TLS, self.tls.as_ref().map(|v| json!(v))),
            (SRTP, self.srtp.as_ref().map(|v| json!(v))),
            (DIGEST_AUTH, self.digest_auth.map(|v| json!(v))),
            (DOMAIN_TYPE, self.domain_type.as_ref().map(|v| json!(v))),
        ];
        for (field, value) in optional {
            match value {
                Some(value) => object.insert(field.to_owned(), value),
                None => object.remove(field),
            };
        }
        object
    }

    /// Reads a body that should hold all of the domain `asked` for. The list of who may call may be missing only where
    /// digest authentication lets users in without it.
    pub(super) fn from_body(body: &[u8], asked: &str) -> Result<Self, InvalidDomain> {
        let object = object(body)?;
        let has_acl = has_acl(&object);
        let domain = Self::from_object(object, Some(asked))?;
        if has_acl || domain.digest_auth == Some(true) {
            Ok(domain)
        } else {
            Err(InvalidDomain::NoAcl)
        }
    }

    /// Reads the row of a list that should hold all of the domain `asked` for. A list may leave out of every row what a
    /// read tells, so the list of who may call must be there in any case.
    pub(super) fn from_row(row: &[u8], asked: &str) -> Result<Self, InvalidDomain> {
        let object = object(row)?;
        if !has_acl(&object) {
            return Err(InvalidDomain::NoAcl);
        }
        Self::from_object(object, Some(asked))
    }

    /// Reads a row of the list of all domains, and of it only the managed fields: nothing is sent back of what is listed.
    pub(super) fn from_listed(row: &RawValue) -> Result<Self, InvalidDomain> {
        let values = fields(row.get(), KNOWN).map_err(|_| InvalidDomain::NotAnObject)?;
        let found = KNOWN.into_iter().zip(values);
        let object = found.filter_map(|(field, value)| Some((field.to_owned(), plain(value?))));
        let mut domain = Self::from_object(object.collect(), None)?;
        // An emptied map keeps its memory, and a list has many.
        domain.unmanaged = Map::new();
        domain.acl.shrink_to_fit();
        Ok(domain)
    }

    /// What a write's answer says, and where it says nothing, what was sent.
    pub(super) fn merged(&self, body: &[u8]) -> Result<Self, InvalidDomain> {
        let answer = object(body)?;
        // Checked on its own first: merged, every object would have a domain's fields.
        Self::from_object(answer.clone(), Some(&self.name))?;
        let mut merged = self.to_json(&self.unmanaged);
        merged.extend(answer.into_iter().filter(|(_, value)| !value.is_null()));
        Self::from_object(merged, Some(&self.name))
    }

    /// Reads one JSON object. Without a name in it, it is taken to be the domain that was `asked` for.
    pub(super) fn from_object(
        mut object: Map<String, Value>,
        asked: Option<&str>,
    ) -> Result<Self, InvalidDomain> {
        if !KNOWN.iter().any(|field| object.contains_key(*field)) {
            return Err(InvalidDomain::Foreign);
        }
        let name = match (text(&mut object, NAME)?, asked) {
            // The name is a DNS label, so the API may write it in another case.
            (Some(name), Some(asked)) if !name.eq_ignore_ascii_case(asked) => {
                return Err(InvalidDomain::OtherName);
            }
            (Some(name), _) => name,
            (None, Some(asked)) => asked.to_owned(),
            (None, None) => return Err(InvalidDomain::Nameless),
        };
        Ok(Self {
            name,
            application_id: text(&mut object, APPLICATION_ID)?,
            acl: texts(&mut object, ACL)?,
            tls: choice(&mut object, TLS, &ENCRYPTION)?,
            srtp: choice(&mut object, SRTP, &ENCRYPTION)?,
            digest_auth: boolean(&mut object, DIGEST_AUTH)?,
            domain_type: choice(&mut object, DOMAIN_TYPE, &TYPES)?,
            unmanaged: object,
        })
    }
}

/// A scalar or a list of strings, which are all that a managed field can be. Anything else, however much it holds, is an
/// empty object, which no field can be either.
fn plain(value: &RawValue) -> Value {
    let json = value.get();
    let read = if json.starts_with('[') {
        serde_json::from_str::<Vec<String>>(json).map(Value::from)
    } else if json.starts_with('{') {
        return Value::Object(Map::new());
    } else {
        serde_json::from_str(json)
    };
    read.unwrap_or_else(|_| Value::Object(Map::new()))
}

fn has_acl(object: &Map<String, Value>) -> bool {
    object.get(ACL).is_some_and(|acl| !acl.is_null())
}

fn object(body: &[u8]) -> Result<Map<String, Value>, InvalidDomain> {
    if body.trim_ascii().is_empty() {
        return Err(InvalidDomain::Empty);
    }
    serde_json::from_slice(body).map_err(|_| InvalidDomain::NotAnObject)
}

fn text(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<String>, InvalidDomain> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(InvalidDomain::WrongType {
            field,
            expected: "a string",
        }),
    }
}

/// A text that is one of `known`, whatever its case: whether the API keeps the case is not known, and
/// another case must not look like another type, which would replace the domain. Other texts stay as they are.
fn choice(
    object: &mut Map<String, Value>,
    field: &'static str,
    known: &[&str],
) -> Result<Option<String>, InvalidDomain> {
    let found = text(object, field)?;
    Ok(found.map(|found| {
        let known = known
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&found));
        known.map_or(found, |known| (*known).to_owned())
    }))
}

fn texts(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Vec<String>, InvalidDomain> {
    let wrong = InvalidDomain::WrongType {
        field,
        expected: "a list of strings",
    };
    let entries = match object.remove(field) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err(wrong),
    };
    entries
        .into_iter()
        .map(|entry| match entry {
            Value::String(text) => Ok(text),
            _ => Err(wrong.clone()),
        })
        .collect()
}

/// Vonage's own test writes this field as the strings `True` and `False`, so it may be read back so.
fn boolean(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<bool>, InvalidDomain> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(value)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(InvalidDomain::WrongType {
            field,
            expected: "true or false",
        }),
    }
}

#[cfg(test)]
mod tests;
