//! How stored objects appear in responses: every switch that is about the form of a response has its effect here.

use serde_json::{Value, json};

use super::acl_echo;
use crate::json::{Object, fields};
use crate::switches::{
    DigestAuthEcho, EnumCase, ExtraFields, ListRows, Omitted, Switches, Unset, UserFields,
    UserSecret,
};

/// The enumerated fields of a domain, with the defaults that need not be shown.
const DEFAULTS: [(&str, &str); 3] = [
    ("tls", "optional"),
    ("srtp", "optional"),
    ("domain_type", "app"),
];

/// A domain as a read shows it; `number` counts the responses given.
pub(crate) fn domain(stored: &Object, switches: &Switches, number: usize) -> Object {
    let mut shown = stored.clone();
    if let Some(Value::Array(acl)) = shown.get_mut("acl") {
        *acl = acl_echo::echo(switches.acl_echo, acl, number);
    }
    omit(&mut shown, switches.omitted);
    for (field, _) in DEFAULTS {
        if let Some(Value::String(text)) = shown.get_mut(field) {
            *text = in_case(text, switches.enum_case);
        }
    }
    if let Some(Value::Bool(flag)) = shown.get("digest_auth") {
        let flag = flag_as(*flag, switches.digest_auth_echo);
        shown.insert("digest_auth".into(), flag);
    }
    for field in ["application_id", "trunk_name"] {
        let shown_as = match switches.unset {
            Unset::Absent => continue,
            Unset::Null => Value::Null,
            Unset::EmptyText => "".into(),
        };
        shown.entry(field).or_insert(shown_as);
    }
    if switches.extra_fields == ExtraFields::Some {
        shown.extend(fields(json!({
            "id": "5c1f7a3e-0000-4000-8000-000000000001", "created_at": "2024-02-29T12:00:00Z",
            "_links": { "self": { "href": "/v1/psip" } }, "tags": [],
        })));
    }
    shown
}

pub(crate) fn row(stored: &Object, switches: &Switches, number: usize) -> Value {
    let mut row = domain(stored, switches, number);
    match switches.list_rows {
        ListRows::Complete => {}
        ListRows::Names => row.retain(|field, _| field == "name"),
        ListRows::WithoutAcl => {
            row.remove("acl");
        }
    }
    // A row needs a name in any case: nothing else says which domain it is.
    if let Some(name) = stored.get("name") {
        row.insert("name".into(), name.clone());
    }
    row.into()
}

/// A user as a read or a row of the list shows it.
pub(crate) fn user(stored: &Object, switches: &Switches) -> Value {
    let mut shown = stored.clone();
    let secret = shown.remove("secret");
    let secret = match switches.user_secret {
        UserSecret::Hidden => None,
        UserSecret::Echoed => secret,
        UserSecret::Masked => Some("********".into()),
        UserSecret::Null => Some(Value::Null),
    };
    shown.extend(secret.map(|secret| ("secret".to_owned(), secret)));
    match switches.user_fields {
        UserFields::Domain => {}
        UserFields::None => {
            shown.remove("domain");
        }
        UserFields::More => {
            shown.extend(fields(json!({
                "id": "7d1c3a52-0000-4000-8000-000000000001", "created_at": "2024-02-29T12:00:00Z", "updated_at": null,
            })));
        }
    }
    shown.into()
}

fn omit(shown: &mut Object, switch: Omitted) {
    match switch {
        Omitted::Nothing => {}
        Omitted::Name => {
            shown.remove("name");
        }
        Omitted::Optional => {
            for field in ["tls", "srtp", "digest_auth", "domain_type"] {
                shown.remove(field);
            }
        }
        Omitted::Defaults => {
            for (field, default) in DEFAULTS {
                if shown.get(field).is_some_and(|value| value == default) {
                    shown.remove(field);
                }
            }
            if shown.get("digest_auth") == Some(&Value::Bool(false)) {
                shown.remove("digest_auth");
            }
        }
    }
}

fn in_case(text: &str, case: EnumCase) -> String {
    match case {
        EnumCase::Lower => text.to_owned(),
        EnumCase::Upper => text.to_uppercase(),
        EnumCase::Capitalized => {
            let mut rest = text.chars();
            let first = rest.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(rest).collect()
        }
    }
}

fn flag_as(flag: bool, echo: DigestAuthEcho) -> Value {
    match (echo, flag) {
        (DigestAuthEcho::Boolean, flag) => flag.into(),
        (DigestAuthEcho::Word, true) => "True".into(),
        (DigestAuthEcho::Word, false) => "False".into(),
        (DigestAuthEcho::LowerWord, flag) => flag.to_string().into(),
    }
}
