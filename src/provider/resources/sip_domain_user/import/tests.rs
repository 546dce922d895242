//! Which texts name a user, and which do not.

use proptest::prelude::*;
use tfplugin::value::Value;

use super::*;

fn imported(target: &ImportTarget) -> Result<Value, Diagnostics> {
    named(target).map(Value::from)
}

fn by_id(id: &str) -> Result<Value, Diagnostics> {
    imported(&ImportTarget::Id(id.to_owned()))
}

#[test]
fn domain_and_key_make_a_state_without_a_secret() {
    let identity = Value::object([("domain", "office".into()), ("key", "alice".into())]);
    let targets = [
        ImportTarget::Id("office/alice".to_owned()),
        ImportTarget::Identity(identity),
    ];
    for target in targets {
        let state = imported(&target).unwrap();
        let text = |name: &str| state.attribute(name).as_str().map(str::to_owned);
        assert_eq!(text("id").as_deref(), Some("office/alice"));
        assert_eq!(text("domain").as_deref(), Some("office"));
        assert_eq!(text("key").as_deref(), Some("alice"));
        assert!(state.attribute("secret").is_null());
    }
}

#[test]
fn every_other_text_is_told_the_form() {
    for id in [
        "",
        "office",
        "/",
        "office/",
        "/alice",
        "office/alice/",
        "/office/alice",
        "office//alice",
        "a/b/c",
        "four/alice",
        "office/Alice",
        "office/al ice",
        "office%2Falice",
        "office/al%69ce",
        "office/alice\n",
        "office\n/alice",
        &"x".repeat(10_000),
        &format!("office/{}", "x".repeat(10_000)),
    ] {
        let error = by_id(id).unwrap_err().into_iter().next().unwrap();
        assert_eq!(error.summary, "Invalid import ID", "{id:?}");
        assert!(error.detail.contains("\"<domain>/<key>\""), "{id:?}");
        assert!(error.detail.len() < 600, "{id:?}");
    }
}

#[test]
fn an_identity_with_a_part_missing_is_refused() {
    for (domain, key) in [
        (Value::Null, "alice".into()),
        ("office".into(), Value::Null),
        ("office".into(), "".into()),
    ] {
        let identity = Value::object([("domain", domain), ("key", key)]);
        let error = imported(&ImportTarget::Identity(identity)).unwrap_err();
        assert!(error.has_errors());
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(id in ".{0,100}") {
        if let Ok(state) = by_id(&id) {
            prop_assert_eq!(state.attribute("id").as_str(), Some(id.as_str()));
        }
    }

    #[test]
    fn each_user_is_found_by_its_id(domain in "[a-zA-Z0-9-]{5,32}", key in "[a-z0-9-]{1,64}") {
        let state = by_id(&format!("{domain}/{key}")).unwrap();
        prop_assert_eq!(state.attribute("domain").as_str(), Some(domain.as_str()));
        prop_assert_eq!(state.attribute("key").as_str(), Some(key.as_str()));
    }
}
