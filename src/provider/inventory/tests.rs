//! What is written for an object that exists.

use tfplugin::field::Field;

use super::*;
use crate::provider::resources::sip_domain_user::UserModel;
use crate::vonage::psip::User;

fn domain(attributes: &[(&str, Value)]) -> Result<Existing, Diagnostics> {
    let mut state = DomainModel::default().into_value(Field::Null);
    for (name, value) in attributes {
        state.set_attribute(name, value.clone());
    }
    ResourceType::of(SipDomain(Arc::default()), &[]).existing(state)
}

/// What is not null.
fn given(found: &Existing) -> Vec<(&str, &Value)> {
    let entries = found.config.as_entries().unwrap().iter();
    let given = entries.filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.as_str(), value)).collect()
}

#[test]
fn defaults_are_left_out() {
    let acl = Value::string_set(["190.190.190.190", "180.180.180.180/30"]);
    let found = domain(&[
        ("id", "office".into()),
        ("name", "office".into()),
        ("acl", acl.clone()),
        ("tls", "always".into()),
        ("srtp", "optional".into()),
        ("digest_auth", true.into()),
        ("domain_type", "trunk".into()),
        ("force_destroy", false.into()),
    ]);
    let found = found.unwrap();
    let expected = [
        ("acl", &acl),
        ("digest_auth", &true.into()),
        ("domain_type", &"trunk".into()),
        ("name", &"office".into()),
        ("tls", &"always".into()),
    ];
    assert_eq!(given(&found), expected);
    assert_eq!(found.id, "office");
    assert!(found.problems.is_empty());
}

#[test]
fn what_validation_will_refuse_is_told() {
    let found = domain(&[
        ("id", "a.b".into()),
        ("name", "a.b".into()),
        ("acl", Value::string_set(["10.1.2.3/24"])),
        ("domain_type", "trunk".into()),
    ]);
    let found = found.unwrap();
    // Too short, a dot, and bits outside the prefix.
    assert_eq!(found.problems.iter().count(), 3, "{:?}", found.problems);
}

#[test]
fn a_user_without_a_secret_is_no_problem() {
    let [domain, key] = ["office", "alice"].map(ToOwned::to_owned);
    let user = UserModel::from(&User { domain, key });
    let users = ResourceType::of(SipDomainUser(Arc::default()), &[USER_DOMAIN]);
    let found = users.existing(user.into()).unwrap();
    let expected = [("domain", &"office".into()), ("key", &"alice".into())];
    assert_eq!(given(&found), expected);
    assert!(found.problems.is_empty());
}

#[test]
fn what_is_not_known_is_an_error() {
    for (name, value) in [
        ("name", Value::Unknown),
        ("acl", Value::set([Value::Unknown])),
    ] {
        let error = domain(&[("id", "office".into()), (name, value)]).unwrap_err();
        let detail = &error.iter().next().unwrap().detail;
        assert!(detail.contains("\"office\""), "{detail}");
    }
}
