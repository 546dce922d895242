//! What a plan knows, keeps and warns of.

use super::*;

fn object(name: Value, acl: &[&str]) -> Value {
    let mut object = super::super::schema::schema().empty_config();
    for (attribute, value) in [
        ("name", name),
        (
            "application_id",
            "c49f3586-9c3c-458b-89fc-3c8beb58865f".into(),
        ),
        ("acl", Value::string_set(acl.iter().copied())),
        ("domain_type", "app".into()),
    ] {
        object.set_attribute(attribute, value);
    }
    object
}

fn planned(prior: Value, config: Value, base: Option<&str>) -> Diagnosed<Plan> {
    let request = PlanRequest {
        draft: config.clone(),
        config,
        prior,
        private: Vec::new(),
        identity: None,
    };
    plan(request, base).unwrap()
}

#[test]
fn hosts_follow_from_a_known_name() {
    let plan = planned(
        Value::Null,
        object("acme-1".into(), &["190.190.190.190"]),
        Some("vonage.com"),
    )
    .value;
    let hosts = plan
        .planned
        .attribute("regional_hosts")
        .as_entries()
        .unwrap();
    assert_eq!(hosts["eu"].as_str(), Some("acme-1.sip-eu.vonage.com"));
    assert_eq!(plan.planned.attribute("id").as_str(), Some("acme-1"));
    assert_eq!(
        plan.identity.unwrap().attribute("name").as_str(),
        Some("acme-1")
    );
}

#[test]
fn what_follows_from_something_unknown_is_unknown() {
    let unnamed = planned(
        Value::Null,
        object(Value::UNKNOWN, &["190.190.190.190"]),
        Some("nexmo.com"),
    )
    .value;
    assert!(unnamed.planned.attribute("id").is_unknown());
    assert!(unnamed.planned.attribute("regional_hosts").is_unknown());
    let baseless = planned(
        Value::Null,
        object("acme-1".into(), &["190.190.190.190"]),
        None,
    )
    .value;
    assert!(baseless.planned.attribute("regional_hosts").is_unknown());
    assert_eq!(baseless.planned.attribute("id").as_str(), Some("acme-1"));
}

#[test]
fn another_spelling_of_the_same_is_no_change() {
    let prior = object("acme-1".into(), &["190.190.190.190/32"]);
    let plan = planned(
        prior.clone(),
        object("Acme-1".into(), &["190.190.190.190"]),
        Some("nexmo.com"),
    );
    assert_eq!(plan.value.planned.attribute("acl"), prior.attribute("acl"));
    assert_eq!(
        plan.value.planned.attribute("name"),
        prior.attribute("name")
    );
    assert!(plan.diagnostics.is_empty());
}

#[test]
fn a_tightened_acl_is_a_change_whatever_its_size() {
    let prior = object("acme-1".into(), &["0.0.0.0/0"]);
    let plan = planned(
        prior,
        object("acme-1".into(), &["190.190.190.190"]),
        Some("nexmo.com"),
    )
    .value;
    assert_eq!(
        plan.planned.attribute("acl"),
        &Value::string_set(["190.190.190.190"])
    );
}

#[test]
fn a_replacement_warns_that_uris_stop_working() {
    let prior = object("acme-1".into(), &["190.190.190.190"]);
    let renamed = planned(
        prior.clone(),
        object("acme-2".into(), &["190.190.190.190"]),
        Some("nexmo.com"),
    );
    let warning = renamed.diagnostics.iter().next().unwrap();
    assert_eq!(
        (warning.path.to_string().as_str(), warning.summary.as_str()),
        ("name", "SIP URIs will stop working")
    );
    let mut trunk = object("acme-1".into(), &["190.190.190.190"]);
    trunk.set_attribute("domain_type", "trunk".into());
    let retyped = planned(prior, trunk, Some("nexmo.com"));
    assert_eq!(
        retyped.diagnostics.iter().next().unwrap().path.to_string(),
        "domain_type"
    );
}

#[test]
fn an_error_in_the_configuration_stops_the_plan() {
    let config = object("acme-1".into(), &["10.1.2.3/24"]);
    let request = PlanRequest {
        draft: config.clone(),
        config,
        prior: Value::Null,
        private: Vec::new(),
        identity: None,
    };
    let errors = plan(request, Some("nexmo.com")).unwrap_err();
    assert!(errors.has_errors());
}

#[test]
fn a_destruction_warns_and_names_the_domain() {
    let warning = destroy(&object("acme-1".into(), &[]))
        .into_iter()
        .next()
        .unwrap();
    assert!(warning.detail.contains("\"acme-1\""), "{}", warning.detail);
}
