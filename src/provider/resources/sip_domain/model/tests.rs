//! When a domain and a state mean the same, and whose spelling is kept.

use proptest::prelude::*;

use super::*;
use crate::provider::changes::{changed_by_others, completed};

fn state() -> Value {
    let mut state = super::super::schema::schema().empty_config();
    for (attribute, value) in [
        ("id", Value::from("Acme-1")),
        ("name", "Acme-1".into()),
        (
            "application_id",
            "C49F3586-9c3c-458b-89fc-3c8beb58865f".into(),
        ),
        (
            "acl",
            Value::string_set(["190.190.190.190", "180.180.180.180/30"]),
        ),
        ("tls", "always".into()),
        ("srtp", "optional".into()),
        ("digest_auth", false.into()),
        ("domain_type", "app".into()),
        ("force_destroy", true.into()),
        ("regional_hosts", hosts::regional("Acme-1", "nexmo.com")),
    ] {
        state.set_attribute(attribute, value);
    }
    state
}

fn to_domain(object: &Value) -> Domain {
    DomainModel::from(object).to_api()
}

#[test]
fn what_is_sent_is_what_the_state_has() {
    let expected = Domain {
        name: "Acme-1".to_owned(),
        application_id: Some("C49F3586-9c3c-458b-89fc-3c8beb58865f".to_owned()),
        acl: vec![
            "180.180.180.180/30".to_owned(),
            "190.190.190.190".to_owned(),
        ],
        tls: Some("always".to_owned()),
        srtp: Some("optional".to_owned()),
        digest_auth: Some(false),
        domain_type: Some("app".to_owned()),
        ..Domain::default()
    };
    assert_eq!(to_domain(&state()), expected);
}

fn refresh(prior: &Value, found: &Domain) -> Value {
    let refreshed = DomainModel::from(prior).refreshed(found);
    refreshed.into_value(Field::Known("nexmo.com"))
}

/// Whether the second is the first, which has all attributes.
fn is_same(wanted: &Domain, found: &Domain) -> bool {
    let wanted = DomainModel::default().refreshed(wanted);
    wanted.is_same(found)
}

fn refreshed(change: impl FnOnce(&mut Domain)) -> Value {
    let mut found = to_domain(&state());
    change(&mut found);
    refresh(&state(), &found)
}

#[test]
fn what_means_the_same_keeps_the_spelling_of_the_state() {
    let same = refreshed(|found| {
        found.name = "acme-1".to_owned();
        found.application_id = Some("c49f3586-9c3c-458b-89fc-3c8beb58865f".to_owned());
        found.acl = vec![
            "190.190.190.190/32".to_owned(),
            "180.180.180.180/30".to_owned(),
        ];
        found.tls = Some("ALWAYS".to_owned());
    });
    assert_eq!(same, state());
}

#[test]
fn what_the_api_leaves_out_is_no_drift() {
    let sparse = refreshed(|found| {
        found.tls = None;
        found.srtp = None;
        found.digest_auth = None;
        found.domain_type = None;
    });
    assert_eq!(sparse, state());
}

#[test]
fn each_attribute_that_differs_shows_what_the_api_says() {
    let drifted = refreshed(|found| {
        found.acl.push("0.0.0.0/0".to_owned());
        found.tls = Some("never".to_owned());
        found.srtp = Some("always".to_owned());
        found.digest_auth = Some(true);
        found.application_id = None;
        found.domain_type = Some("trunk".to_owned());
    });
    let acl = Value::string_set(["0.0.0.0/0", "180.180.180.180/30", "190.190.190.190"]);
    assert_eq!(drifted.attribute("acl"), &acl);
    assert_eq!(drifted.attribute("tls").as_str(), Some("never"));
    assert_eq!(drifted.attribute("srtp").as_str(), Some("always"));
    assert_eq!(drifted.attribute("digest_auth").as_bool(), Some(true));
    assert_eq!(drifted.attribute("domain_type").as_str(), Some("trunk"));
    assert!(drifted.attribute("application_id").is_null());
    assert_eq!(
        drifted.attribute("force_destroy").as_bool(),
        Some(true),
        "the API knows nothing of it"
    );
}

#[test]
fn an_import_has_the_defaults_of_a_plan() {
    let mut imported = super::super::schema::schema().empty_config();
    imported.set_attribute("name", "acme-1".into());
    let found = Domain {
        name: "acme-1".to_owned(),
        ..Domain::default()
    };
    let state = refresh(&imported, &found);
    assert_eq!(state.attribute("tls").as_str(), Some("optional"));
    assert_eq!(state.attribute("domain_type").as_str(), Some("app"));
    assert_eq!(state.attribute("digest_auth").as_bool(), Some(false));
    assert_eq!(state.attribute("force_destroy").as_bool(), Some(false));
    assert_eq!(state.attribute("acl"), &Value::Set(Vec::new()));
    assert!(state.is_wholly_known());
}

#[test]
fn a_domain_is_the_one_wanted_only_if_all_that_we_manage_is() {
    let wanted = to_domain(&state());
    let mut found = wanted.clone();
    found.acl = vec![
        "180.180.180.180/30".to_owned(),
        "190.190.190.190/32".to_owned(),
    ];
    assert!(is_same(&wanted, &found));
    found.acl.pop();
    assert!(!is_same(&wanted, &found));
    let without_application = Domain {
        application_id: None,
        ..wanted.clone()
    };
    assert!(!is_same(&without_application, &wanted));
    assert!(!is_same(&wanted, &without_application));
    assert!(!is_same(
        &wanted,
        &Domain {
            digest_auth: Some(true),
            ..wanted.clone()
        }
    ));
    assert!(is_same(
        &wanted,
        &Domain {
            digest_auth: None,
            tls: None,
            ..wanted.clone()
        }
    ));
}

#[test]
fn a_domain_without_an_application_says_so_either_way() {
    let trunk = Domain {
        application_id: None,
        ..to_domain(&state())
    };
    assert!(is_same(
        &trunk,
        &Domain {
            application_id: Some(String::new()),
            ..trunk.clone()
        }
    ));
    let state = refreshed(|found| found.application_id = Some(String::new()));
    assert!(state.attribute("application_id").is_null());
}

#[test]
fn what_a_plan_leaves_alone_is_found_when_others_change_it() {
    let mut planned = state();
    planned.set_attribute("tls", "never".into());
    let changed = |change: &dyn Fn(&mut Domain)| {
        let now = refreshed(change);
        let errors = changed_by_others("It", &state(), &planned, &now);
        let paths = errors.iter().map(|error| error.path.to_string());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(changed(&|found| found.acl.truncate(1)), ["acl"]);
    assert_eq!(
        changed(&|found| found.digest_auth = Some(true)),
        ["digest_auth"]
    );
    assert_eq!(
        changed(&|found| {
            found.srtp = Some("never".to_owned());
            found.application_id = None;
        }),
        ["application_id", "srtp"]
    );
    // Planned, spelled differently, or left out.
    assert_eq!(
        changed(&|found| found.tls = Some("optional".to_owned())),
        [""; 0]
    );
    assert_eq!(changed(&|found| found.acl.reverse()), [""; 0]);
    assert_eq!(changed(&|found| found.srtp = None), [""; 0]);
}

#[test]
fn what_the_plan_left_open_comes_from_the_answer() {
    let mut planned = state();
    for attribute in ["id", "regional_hosts", "tls"] {
        planned.set_attribute(attribute, Value::Unknown);
    }
    let answered = Domain {
        tls: Some("always".to_owned()),
        srtp: Some("never".to_owned()),
        ..to_domain(&state())
    };
    assert_eq!(
        completed(planned.clone(), refresh(&planned, &answered)),
        state()
    );
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_no_difference(entries in proptest::collection::btree_set((any::<[u8; 4]>(), any::<bool>()), 0..8)) {
        let spell = |(address, as_prefix): &([u8; 4], bool)| {
            let address = std::net::Ipv4Addr::from(*address);
            if *as_prefix { format!("{address}/32") } else { address.to_string() }
        };
        let mut state = state();
        state.set_attribute("acl", Value::string_set(entries.iter().map(spell)));
        let mut found = to_domain(&state);
        for entry in &mut found.acl {
            *entry = match entry.strip_suffix("/32") {
                Some(address) => address.to_owned(),
                None => format!("{entry}/32"),
            };
        }
        found.acl.reverse();
        prop_assert_eq!(refresh(&state, &found), state);
    }
}
