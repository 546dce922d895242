//! The rules of a domain, one by one and without HTTP.

use serde_json::{Value, json};

use super::accept;
use crate::json::Object;
use crate::psip::problem;
use crate::switches::{Policy, Switches};
use crate::tests::harness::{APPLICATION, detail};

fn domain(changes: Value) -> Object {
    let mut domain = json!({"name": "mydomain", "application_id": APPLICATION, "acl": ["8.8.8.8"]});
    let Value::Object(changes) = changes else {
        panic!("changes are an object")
    };
    domain.as_object_mut().unwrap().extend(changes);
    domain.as_object().unwrap().clone()
}

fn refusal(changes: &Value) -> String {
    let refused = accept(domain(changes.clone()), &Switches::default());
    detail(&refused.expect_err(&changes.to_string()))
}

#[test]
fn defaults_are_filled_in_and_unknown_fields_kept() {
    let stored = accept(
        domain(json!({"trunk_name": "kept", "tls": null})),
        &Switches::default(),
    )
    .unwrap();
    assert_eq!(
        Value::from(stored),
        json!({
            "name": "mydomain", "application_id": APPLICATION, "acl": ["8.8.8.8"], "trunk_name": "kept",
            "tls": "optional", "srtp": "optional", "digest_auth": false, "domain_type": "app",
        })
    );
}

#[test]
fn a_lacking_field_is_named_in_the_published_words() {
    for lacking in [
        json!({"name": null}),
        json!({"acl": null}),
        json!({"application_id": null}),
        json!({"acl": []}),
    ] {
        assert_eq!(
            accept(domain(lacking.clone()), &Switches::default()),
            Err(problem::lacks_fields()),
            "{lacking}"
        );
    }
}

#[test]
fn a_trunk_needs_no_application() {
    let trunk = domain(json!({"domain_type": "trunk", "application_id": null}));
    assert!(
        !accept(trunk, &Switches::default())
            .unwrap()
            .contains_key("application_id")
    );
}

#[test]
fn an_empty_acl_needs_digest_auth() {
    for digest in [json!(true), json!("True")] {
        let stored = accept(
            domain(json!({"acl": [], "digest_auth": digest})),
            &Switches::default(),
        )
        .unwrap();
        assert_eq!(stored["digest_auth"], json!(true));
    }
}

#[test]
fn digest_auth_is_also_taken_as_vonage_s_own_test_writes_it() {
    for (sent, stored) in [("True", true), ("False", false)] {
        let domain = accept(domain(json!({"digest_auth": sent})), &Switches::default()).unwrap();
        assert_eq!(domain["digest_auth"], json!(stored));
    }
}

#[test]
fn names_are_5_to_32_letters_digits_and_dashes() {
    for name in ["short", "Upper-1", "-edge-", &"a".repeat(32)] {
        assert!(
            accept(domain(json!({"name": name})), &Switches::default()).is_ok(),
            "{name}"
        );
    }
    for name in [
        "four",
        "a.domain",
        "under_score",
        "späße",
        "with space",
        &"a".repeat(33),
    ] {
        assert!(
            refusal(&json!({"name": name})).starts_with("name must be 5 to 32"),
            "{name}"
        );
    }
}

#[test]
fn wrong_values_are_refused_with_the_name_of_their_field() {
    for (changes, field) in [
        (json!({"name": 12345}), "name"),
        (json!({"application_id": "not-a-uuid"}), "application_id"),
        (
            json!({"application_id": APPLICATION.replace('a', "g")}),
            "application_id",
        ),
        (json!({"application_id": 5}), "application_id"),
        (json!({"tls": "Always"}), "tls"),
        (json!({"srtp": true}), "srtp"),
        (json!({"domain_type": "pbx"}), "domain_type"),
        (json!({"digest_auth": "yes"}), "digest_auth"),
        (json!({"digest_auth": 1}), "digest_auth"),
        (json!({"acl": "8.8.8.8"}), "acl"),
        (json!({"acl": ["8.8.8.8", "host"]}), "acl[1]"),
        (json!({"acl": [8]}), "acl[0]"),
        (json!({"acl": ["8.8.8.8", "8.8.4.4/33"]}), "acl[1]"),
    ] {
        assert!(refusal(&changes).starts_with(field), "{changes}");
    }
}

#[test]
fn ipv6_and_the_number_of_entries_obey_their_switches() {
    let six = || domain(json!({"acl": ["2001:db8::/32", "8.8.8.8"]}));
    let with = |switches| accept(six(), &switches);
    assert!(with(Switches::default()).is_ok());
    assert!(
        with(Switches {
            acl_max: Some(2),
            ..Switches::default()
        })
        .is_ok()
    );
    assert!(
        with(Switches {
            acl_max: Some(1),
            ..Switches::default()
        })
        .is_err()
    );
    assert!(
        with(Switches {
            acl_ipv6: Policy::Reject,
            ..Switches::default()
        })
        .is_err()
    );
}
