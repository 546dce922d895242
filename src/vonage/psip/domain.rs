//! A SIP domain as the API speaks of it.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::vonage::http::json::fields;
use crate::vonage::http::object::{
    InvalidObject, Unmanaged, boolean, choice, object, set, text, texts,
};

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

/// What this object is called in messages.
pub(super) const A_DOMAIN: &str = "a domain";

/// A domain. Values that the API may come to know later are kept as they are; `None` is what it did not say.
#[expect(
    clippy::struct_field_names,
    reason = "`domain_type` is the API's own name"
)]
#[derive(Clone, Debug, Default, PartialEq)]
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
    pub unmanaged: Unmanaged,
}

impl Domain {
    /// All fields as JSON. What is `None` is left out.
    pub(super) fn to_json(&self) -> Value {
        self.to_object().into()
    }

    fn to_object(&self) -> Map<String, Value> {
        let mut object = self.unmanaged.0.clone();
        set(&mut object, NAME, self.name.as_str());
        set(&mut object, ACL, self.acl.clone());
        set(&mut object, APPLICATION_ID, self.application_id.as_deref());
        set(&mut object, TLS, self.tls.as_deref());
        set(&mut object, SRTP, self.srtp.as_deref());
        set(&mut object, DIGEST_AUTH, self.digest_auth);
        set(&mut object, DOMAIN_TYPE, self.domain_type.as_deref());
        object
    }

    /// Reads a body that should hold all of the domain `asked` for. The list of who may call may be missing only where
    /// digest authentication lets users in without it.
    pub(super) fn from_body(body: &[u8], asked: &str) -> Result<Self, InvalidObject> {
        let object = object(body)?;
        let has_acl = has_acl(&object);
        let domain = Self::from_object(object, Some(asked))?;
        if has_acl || domain.digest_auth == Some(true) {
            Ok(domain)
        } else {
            Err(InvalidObject::Missing(ACL))
        }
    }

    /// Reads the row of a list that should hold all of the domain `asked` for. A list may leave out of every row what a
    /// read tells, so the list of who may call must be there in any case.
    pub(super) fn from_row(row: &[u8], asked: &str) -> Result<Self, InvalidObject> {
        let object = object(row)?;
        if !has_acl(&object) {
            return Err(InvalidObject::Missing(ACL));
        }
        Self::from_object(object, Some(asked))
    }

    /// Reads a row of the list of all domains, and of it only the managed fields: nothing is sent back of what is listed.
    pub(super) fn from_listed(row: &RawValue) -> Result<Self, InvalidObject> {
        let values = fields(row.get(), KNOWN).map_err(|_| InvalidObject::NotAnObject)?;
        let found = KNOWN.into_iter().zip(values);
        let object = found.filter_map(|(field, value)| Some((field.to_owned(), plain(value?))));
        let mut domain = Self::from_object(object.collect(), None)?;
        // An emptied map keeps its memory, and a list has many.
        domain.unmanaged = Unmanaged::default();
        domain.acl.shrink_to_fit();
        Ok(domain)
    }

    /// What a write's answer says, and where it says nothing, what was sent.
    pub(super) fn merged(&self, body: &[u8]) -> Result<Self, InvalidObject> {
        let answer = object(body)?;
        // Checked on its own first: merged, every object would have a domain's fields.
        Self::from_object(answer.clone(), Some(&self.name))?;
        let mut merged = self.to_object();
        merged.extend(answer.into_iter().filter(|(_, value)| !value.is_null()));
        Self::from_object(merged, Some(&self.name))
    }

    /// Reads one JSON object. Without a name in it, it is taken to be the domain that was `asked` for.
    pub(super) fn from_object(
        mut object: Map<String, Value>,
        asked: Option<&str>,
    ) -> Result<Self, InvalidObject> {
        if !KNOWN.iter().any(|field| object.contains_key(*field)) {
            return Err(InvalidObject::Foreign(A_DOMAIN));
        }
        let name = match (text(&mut object, NAME)?, asked) {
            // The name is a DNS label, so the API may write it in another case.
            (Some(name), Some(asked)) if !name.eq_ignore_ascii_case(asked) => {
                return Err(InvalidObject::Other("domain"));
            }
            (Some(name), _) => name,
            (None, Some(asked)) => asked.to_owned(),
            (None, None) => return Err(InvalidObject::Missing(NAME)),
        };
        Ok(Self {
            name,
            application_id: text(&mut object, APPLICATION_ID)?,
            acl: texts(&mut object, ACL)?.unwrap_or_default(),
            tls: choice(&mut object, TLS, &ENCRYPTION)?,
            srtp: choice(&mut object, SRTP, &ENCRYPTION)?,
            digest_auth: boolean(&mut object, DIGEST_AUTH)?,
            domain_type: choice(&mut object, DOMAIN_TYPE, &TYPES)?,
            unmanaged: Unmanaged(object),
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

#[cfg(test)]
mod tests;
