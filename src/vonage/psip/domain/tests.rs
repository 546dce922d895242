//! Tests of reading and writing domains.

use serde_json::json;

use super::*;

fn read(body: &str) -> Result<Domain, InvalidObject> {
    Domain::from_body(body.as_bytes(), "office")
}

#[test]
fn the_published_example_is_read() {
    let domain = read(
        r#"{"name":"office","application_id":"c49f3586-9c3c-458b-89fc-3c8beb58865f","tls":"always",
            "digest_auth":false,"srtp":"never","acl":["180.180.180.180/30","190.190.190.190"],"domain_type":"app"}"#,
    )
    .unwrap();
    assert_eq!(
        domain,
        Domain {
            name: "office".into(),
            application_id: Some("c49f3586-9c3c-458b-89fc-3c8beb58865f".into()),
            acl: vec!["180.180.180.180/30".into(), "190.190.190.190".into()],
            tls: Some("always".into()),
            srtp: Some("never".into()),
            digest_auth: Some(false),
            domain_type: Some("app".into()),
            unmanaged: Unmanaged::default(),
        }
    );
}

#[test]
fn what_is_missing_or_null_is_none() {
    let domain = read(r#"{"name":"office","acl":[],"tls":null,"digest_auth":null}"#).unwrap();
    let named = Domain {
        name: "office".into(),
        ..Domain::default()
    };
    assert_eq!(domain, named);
    assert_eq!(read(r#"{"acl":[]}"#).unwrap(), named);
}

#[test]
fn who_may_call_is_missing_only_where_users_have_secrets() {
    for body in [
        r#"{"name":"office"}"#,
        r#"{"name":"office","acl":null}"#,
        r#"{"name":"office","digest_auth":false}"#,
    ] {
        assert_eq!(read(body), Err(InvalidObject::Missing(ACL)), "{body}");
    }
    let domain = read(r#"{"name":"office","digest_auth":true}"#).unwrap();
    assert_eq!(domain.acl, Vec::<String>::new());
}

#[test]
fn known_values_are_known_in_any_case_and_others_stay() {
    let domain =
        read(r#"{"acl":[],"tls":"ALWAYS","srtp":"Sometimes","domain_type":"App"}"#).unwrap();
    assert_eq!(domain.tls.as_deref(), Some("always"));
    assert_eq!(domain.srtp.as_deref(), Some("Sometimes"));
    assert_eq!(domain.domain_type.as_deref(), Some("app"));
}

#[test]
fn digest_auth_may_be_a_word() {
    for (word, expected) in [("True", true), ("False", false), ("true", true)] {
        let domain = read(&format!(r#"{{"acl":[],"digest_auth":"{word}"}}"#)).unwrap();
        assert_eq!(domain.digest_auth, Some(expected));
    }
}

#[test]
fn unknown_fields_and_values_are_kept() {
    let domain = read(
        r#"{"name":"Office","acl":[],"tls":"sometimes","trunk_name":"t","limit":12345678901234567890123}"#,
    )
    .unwrap();
    assert_eq!(domain.name, "Office");
    assert_eq!(domain.tls.as_deref(), Some("sometimes"));
    let kept = Value::Object(domain.unmanaged.0).to_string();
    assert_eq!(
        kept,
        r#"{"limit":12345678901234567890123,"trunk_name":"t"}"#
    );
}

#[test]
fn every_other_shape_has_its_own_answer() {
    use InvalidObject as I;
    let wrong = |field, expected| I::WrongType { field, expected };
    for (body, expected) in [
        ("", I::Empty),
        (" \n", I::Empty),
        ("<html>", I::NotAnObject),
        ("[]", I::NotAnObject),
        ("{}", I::Foreign(A_DOMAIN)),
        (r#"{"error-code":"401"}"#, I::Foreign(A_DOMAIN)),
        (r#"{"name":"other"}"#, I::Other("domain")),
        (r#"{"name":7}"#, wrong("name", "a string")),
        (r#"{"acl":"1.2.3.4"}"#, wrong("acl", "a list of strings")),
        (r#"{"acl":[1]}"#, wrong("acl", "a list of strings")),
        (
            r#"{"digest_auth":"maybe"}"#,
            wrong("digest_auth", "true or false"),
        ),
    ] {
        assert_eq!(read(body), Err(expected), "{body}");
    }
    assert_eq!(
        Domain::from_object(Map::from_iter([("acl".to_owned(), json!([]))]), None),
        Err(I::Missing(NAME))
    );
}

#[test]
fn writing_leaves_out_what_is_unset_and_sends_the_rest_back() {
    let domain = Domain {
        name: "office".into(),
        digest_auth: Some(true),
        unmanaged: Unmanaged(Map::from_iter([
            ("trunk_name".to_owned(), json!("t")),
            ("application_id".to_owned(), json!("old")),
        ])),
        ..Domain::default()
    };
    assert_eq!(
        domain.to_json(),
        json!({"name": "office", "acl": [], "digest_auth": true, "trunk_name": "t"})
    );
}

#[test]
fn an_answer_is_laid_over_what_was_sent() {
    let sent = Domain {
        name: "office".into(),
        acl: vec!["1.2.3.4".into()],
        tls: Some("always".into()),
        ..Domain::default()
    };
    let merged = sent
        .merged(br#"{"name":"office","tls":"optional","acl":null,"srtp":"never","extra":1}"#)
        .unwrap();
    assert_eq!(merged.acl, sent.acl);
    assert_eq!(merged.tls.as_deref(), Some("optional"));
    assert_eq!(merged.srtp.as_deref(), Some("never"));
    assert_eq!(merged.unmanaged.0.len(), 1);
    assert_eq!(
        sent.merged(br#"{"title":"x"}"#),
        Err(InvalidObject::Foreign(A_DOMAIN))
    );
}

#[test]
fn debug_shows_no_unmanaged_values() {
    let domain = read(r#"{"name":"office","acl":[],"token":"hunter2"}"#).unwrap();
    let shown = format!("{domain:?}");
    assert!(
        shown.contains("token") && !shown.contains("hunter2"),
        "{shown}"
    );
}
