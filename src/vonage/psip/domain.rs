//! A domain as the API spells it.

use serde_json::{Map, Value};

/// A Programmable SIP domain. `None` is a field that the API left out, or that is not to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    /// The name, the key in every path.
    pub name: String,
    /// The application that takes the calls.
    pub application_id: Option<String>,
    /// Addresses and prefixes that may call.
    pub acl: Vec<String>,
    /// `always`, `never` or `optional`.
    pub tls: Option<String>,
    /// `always`, `never` or `optional`.
    pub srtp: Option<String>,
    /// Whether users may authenticate by digest.
    pub digest_auth: Option<bool>,
    /// `app` or `trunk`.
    pub domain_type: Option<String>,
    /// Fields that we do not manage, such as `trunk_name`; sent back as they came.
    pub unmanaged: Map<String, Value>,
}

impl Domain {
    /// Reads a domain that somebody else wrote: fields may be missing, and unknown ones are kept.
    ///
    /// The name and the ACL must be there: without the one it is no domain, and to take a missing ACL for an empty one
    /// would call drift what is none.
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Self::from_fields(fields),
            Ok(_) => Err("it is JSON, but no object".to_owned()),
            Err(_) => Err("it is not JSON".to_owned()),
        }
    }

    pub(super) fn from_fields(mut fields: Map<String, Value>) -> Result<Self, String> {
        Ok(Self {
            name: text(&mut fields, "name")?.ok_or("it has no `name`")?,
            acl: acl(&mut fields)?,
            application_id: text(&mut fields, "application_id")?,
            tls: text(&mut fields, "tls")?,
            srtp: text(&mut fields, "srtp")?,
            digest_auth: truth(&mut fields, "digest_auth")?,
            domain_type: text(&mut fields, "domain_type")?,
            unmanaged: fields,
        })
    }

    /// The object to send. Every managed field is in it, but for those that are `None`.
    pub(super) fn to_json(&self) -> Value {
        let mut fields = self.unmanaged.clone();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        set("name", Some(self.name.clone().into()));
        set(
            "application_id",
            self.application_id.clone().map(Value::from),
        );
        set("acl", Some(self.acl.clone().into()));
        set("tls", self.tls.clone().map(Value::from));
        set("srtp", self.srtp.clone().map(Value::from));
        set("digest_auth", self.digest_auth.map(Value::from));
        set("domain_type", self.domain_type.clone().map(Value::from));
        Value::Object(fields)
    }
}

fn text(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("its `{name}` is no text")),
    }
}

/// Vonage's own gateway test writes booleans as the texts `True` and `False`; reading them back so is plausible.
fn truth(fields: &mut Map<String, Value>, name: &str) -> Result<Option<bool>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(truth)) => Ok(Some(truth)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(format!("its `{name}` is neither true nor false")),
    }
}

/// `null` is how some serialisers write an empty list.
fn acl(fields: &mut Map<String, Value>) -> Result<Vec<String>, String> {
    let entries = match fields.remove("acl") {
        None => return Err("it has no `acl`".to_owned()),
        Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err("its `acl` is no list".to_owned()),
    };
    let texts = entries.into_iter().map(|entry| match entry {
        Value::String(text) => Ok(text),
        _ => Err("an entry of its `acl` is no text".to_owned()),
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Domain, String> {
        Domain::read(json.as_bytes())
    }

    #[test]
    fn the_published_example_is_read_and_written_whole() {
        let json = r#"{"name":"mydomain","application_id":"c49f3586-9c3c-458b-89fc-3c8beb58865f","tls":"always",
            "digest_auth":false,"srtp":"always","acl":["195.1.2.3/29"],"domain_type":"app"}"#;
        let domain = read(json).unwrap();
        assert_eq!(domain.digest_auth, Some(false));
        assert_eq!(
            domain.to_json(),
            serde_json::from_str::<Value>(json).unwrap()
        );
    }

    #[test]
    fn unknown_fields_go_back_as_they_came() {
        let json = r#"{"name":"mydomain","acl":[],"trunk_name":"T","limits":{"calls":12345678901234567890}}"#;
        assert_eq!(
            read(json).unwrap().to_json(),
            serde_json::from_str::<Value>(json).unwrap()
        );
    }

    #[test]
    fn odd_spellings_of_known_values_are_understood() {
        let domain =
            read(r#"{"name":"mydomain","acl":null,"digest_auth":"True","tls":null}"#).unwrap();
        assert_eq!(domain.acl, Vec::<String>::new());
        assert_eq!(domain.digest_auth, Some(true));
        assert_eq!(domain.tls, None);
    }

    #[test]
    fn what_is_no_domain_is_told_from_one() {
        for (json, problem) in [
            ("", "it is not JSON"),
            ("<html>", "it is not JSON"),
            ("[]", "it is JSON, but no object"),
            (r#"{"acl":[]}"#, "it has no `name`"),
            (r#"{"name":7,"acl":[]}"#, "its `name` is no text"),
            (r#"{"name":"mydomain"}"#, "it has no `acl`"),
            (
                r#"{"name":"mydomain","acl":"10.0.0.1"}"#,
                "its `acl` is no list",
            ),
            (
                r#"{"name":"mydomain","acl":[1]}"#,
                "an entry of its `acl` is no text",
            ),
            (
                r#"{"name":"mydomain","acl":[],"digest_auth":1}"#,
                "its `digest_auth` is neither true nor false",
            ),
        ] {
            assert_eq!(read(json), Err(problem.to_owned()), "{json}");
        }
    }
}
