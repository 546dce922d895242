//! What a plan knows, what it keeps, and what it warns of.

use super::*;

fn object(domain: Value, key: Value) -> Value {
    let mut object = super::super::schema::schema().empty_config();
    object.set_attribute("domain", domain);
    object.set_attribute("key", key);
    object.set_attribute("secret", "Wonderland-12".into());
    object
}

fn alice() -> Value {
    object("office".into(), "alice".into())
}

fn planned(prior: Value, config: Value) -> Diagnosed<Plan> {
    plan(PlanRequest {
        draft: config.clone(),
        config,
        prior,
        private: Vec::new(),
        identity: None,
    })
    .unwrap()
}

#[test]
fn id_and_identity_are_known_as_soon_as_both_parts_are() {
    let plan = planned(Value::Null, alice());
    assert_eq!(
        plan.value.planned.attribute("id").as_str(),
        Some("office/alice")
    );
    let identity = [("domain", "office".into()), ("key", "alice".into())];
    assert_eq!(plan.value.identity, Some(Value::object(identity)));
    assert!(plan.diagnostics.is_empty());
    for config in [
        object(Value::UNKNOWN, "alice".into()),
        object("office".into(), Value::UNKNOWN),
    ] {
        let plan = planned(Value::Null, config).value;
        assert!(plan.planned.attribute("id").is_unknown());
    }
}

#[test]
fn a_domain_in_another_case_is_the_same_domain() {
    let plan = planned(alice(), object("Office".into(), "alice".into()));
    assert_eq!(
        plan.value.planned.attribute("domain").as_str(),
        Some("office")
    );
    assert!(plan.diagnostics.is_empty());
}

#[test]
fn a_replacement_warns_at_what_is_changed() {
    for (config, path) in [
        (object("branch".into(), "alice".into()), "domain"),
        (object("office".into(), "bob".into()), "key"),
        (object(Value::UNKNOWN, "alice".into()), "domain"),
    ] {
        let plan = planned(alice(), config);
        let warning = plan.diagnostics.iter().next().unwrap();
        assert_eq!(
            (warning.path.to_string().as_str(), warning.summary.as_str()),
            (path, "SIP user will stop working")
        );
        assert!(warning.detail.contains("\"alice\""), "{}", warning.detail);
    }
}

#[test]
fn a_new_secret_warns_of_nothing() {
    let mut config = alice();
    config.set_attribute("secret", "Wonderland-34".into());
    assert!(planned(alice(), config).diagnostics.is_empty());
}

#[test]
fn an_error_in_the_configuration_stops_the_plan() {
    let mut config = alice();
    config.set_attribute("secret", "short".into());
    let request = PlanRequest {
        draft: config.clone(),
        config,
        prior: Value::Null,
        private: Vec::new(),
        identity: None,
    };
    assert!(plan(request).unwrap_err().has_errors());
}

#[test]
fn a_destruction_says_who_can_no_longer_authenticate() {
    let warning = destroy(&alice()).into_iter().next().unwrap();
    for words in ["\"alice\"", "\"office\"", "no longer authenticate"] {
        assert!(warning.detail.contains(words), "{}", warning.detail);
    }
}
