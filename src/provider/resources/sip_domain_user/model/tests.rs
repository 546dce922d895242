//! When a change concerns the secret, and which attribute gives it.

use secrecy::ExposeSecret;

use super::*;

fn object(secret: Value, version: Value) -> Value {
    let mut object = super::super::schema::schema().empty_config();
    object.set_attribute("domain", "office".into());
    object.set_attribute("key", "alice".into());
    object.set_attribute("secret", secret);
    object.set_attribute("secret_wo_version", version);
    object
}

fn secret_changes(prior: &Value, planned: &Value) -> bool {
    UserModel::from(planned).changes_secret(&UserModel::from(prior))
}

#[test]
fn the_secret_comes_from_whichever_attribute_has_one() {
    let of = |config: &Value| {
        let secret = UserModel::from(config).secret();
        secret.map(|it| it.expose_secret().to_owned())
    };
    let mut config = object("from secret".into(), Value::Null);
    assert_eq!(of(&config).as_deref(), Some("from secret"));
    config.set_attribute("secret", Value::Null);
    config.set_attribute("secret_wo", "from secret_wo".into());
    assert_eq!(of(&config).as_deref(), Some("from secret_wo"));
    config.set_attribute("secret_wo", Value::Unknown);
    assert_eq!(of(&config), None);
}

#[test]
fn only_a_new_secret_or_version_is_sent() {
    let (one, two) = (Value::from("one"), Value::from("two"));
    let plain = || object(one.clone(), Value::Null);
    let versioned = |version: i64| object(Value::Null, version.into());
    let imported = || object(Value::Null, Value::Null);
    for (prior, planned, sends) in [
        (plain(), plain(), false),
        (plain(), object(two, Value::Null), true),
        (plain(), versioned(1), true),
        (plain(), imported(), true),
        (versioned(1), versioned(1), false),
        (versioned(1), versioned(2), true),
        (versioned(2), versioned(1), true),
        (versioned(1), imported(), true),
        (versioned(1), plain(), true),
        (imported(), imported(), false),
        (imported(), versioned(1), true),
        (imported(), plain(), true),
    ] {
        assert_eq!(
            secret_changes(&prior, &planned),
            sends,
            "{prior:?} to {planned:?}"
        );
    }
}

#[test]
fn what_concerns_terraform_alone_is_not_sent() {
    let prior = object("one".into(), Value::Null);
    let mut planned = prior.clone();
    planned.set_attribute("timeouts", Value::object([("create", "2m".into())]));
    assert!(!secret_changes(&prior, &planned));
}
