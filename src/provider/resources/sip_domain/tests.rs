//! What a plan knows, keeps and warns of.

mod acl;

use futures_util::FutureExt as _;

use super::*;
use crate::provider::session::Configured;

fn object(name: Value, acl: &[&str]) -> Value {
    let mut object = schema::schema().empty_config();
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

/// A plan, which waits for nothing.
fn plan(session: Arc<Session>, prior: Value, config: Value) -> Outcome<Value> {
    let request = PlanRequest {
        draft: config.clone(),
        config,
        prior,
    };
    let resource = SipDomain(session);
    let context = Context::default();
    resource.plan(&context, request).now_or_never().unwrap()
}

fn planned(prior: Value, config: Value, base: Option<&str>) -> Diagnosed<Value> {
    let session = Session::default();
    session.configure(Configured {
        access: Access::Unknown(Vec::new()),
        sip_base_domain: base.map(ToOwned::to_owned),
        acl_policy: Arc::default(),
    });
    plan(Arc::new(session), prior, config).unwrap()
}

#[test]
fn hosts_follow_from_a_known_name() {
    let plan = planned(
        Value::Null,
        object("acme-1".into(), &["190.190.190.190"]),
        Some("vonage.com"),
    )
    .value;
    let hosts = plan.attribute("regional_hosts").as_entries().unwrap();
    assert_eq!(hosts["eu"].as_str(), Some("acme-1.sip-eu.vonage.com"));
    assert_eq!(plan.attribute("id").as_str(), Some("acme-1"));
    assert_eq!(plan.attribute("name").as_str(), Some("acme-1"));
}

#[test]
fn what_follows_from_something_unknown_is_unknown() {
    let unnamed = planned(
        Value::Null,
        object(Value::Unknown, &["190.190.190.190"]),
        Some("nexmo.com"),
    )
    .value;
    assert!(unnamed.attribute("id").is_unknown());
    assert!(unnamed.attribute("regional_hosts").is_unknown());
    let baseless = planned(
        Value::Null,
        object("acme-1".into(), &["190.190.190.190"]),
        None,
    )
    .value;
    assert!(baseless.attribute("regional_hosts").is_unknown());
    assert_eq!(baseless.attribute("id").as_str(), Some("acme-1"));
}

#[test]
fn another_spelling_of_the_same_is_no_change() {
    let prior = object("acme-1".into(), &["190.190.190.190/32"]);
    let mut config = object("Acme-1".into(), &["190.190.190.190"]);
    let id = "C49F3586-9C3C-458B-89FC-3C8BEB58865F";
    config.set_attribute("application_id", id.into());
    let plan = planned(prior.clone(), config, Some("nexmo.com"));
    for attribute in ["acl", "name", "application_id"] {
        assert_eq!(plan.value.attribute(attribute), prior.attribute(attribute));
    }
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
        plan.attribute("acl"),
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
    let errors = plan(Arc::default(), Value::Null, config).unwrap_err();
    assert!(errors.has_errors());
}

/// The paths of the errors that stop a change from one to the other.
fn stopped(prior: &Value, config: &Value) -> Vec<String> {
    let outcome = plan(Arc::default(), prior.clone(), config.clone());
    let errors = outcome.err().unwrap_or_default();
    errors.iter().map(|error| error.path.to_string()).collect()
}

#[test]
fn what_the_account_holds_and_nobody_wrote_stops_no_plan() {
    let mut prior = object("acme-1".into(), &["10.1.2.3/24", "10.1.2.0/24"]);
    prior.set_attribute("tls", "a word of the future".into());
    let mut config = prior.clone();
    config.set_attribute("force_destroy", true.into());
    assert_eq!(stopped(&prior, &config), [""; 0]);
    // A value that is changed counts, and so does all of a new domain.
    config.set_attribute("srtp", "sometimes".into());
    assert_eq!(stopped(&prior, &config), ["srtp"]);
    assert!(stopped(&Value::Null, &prior).contains(&"tls".to_owned()));
}

#[test]
fn an_application_counts_as_missing_where_it_is_taken_away() {
    let prior = object("acme-1".into(), &["190.190.190.190"]);
    let mut config = prior.clone();
    config.set_attribute("application_id", Value::Null);
    assert_eq!(stopped(&prior, &config), ["application_id"]);
    assert_eq!(stopped(&config, &config), [""; 0]);
}

#[test]
fn an_empty_acl_counts_once_users_can_no_longer_authenticate() {
    let mut prior = object("acme-1".into(), &[]);
    prior.set_attribute("digest_auth", true.into());
    let mut config = prior.clone();
    config.set_attribute("digest_auth", false.into());
    assert_eq!(stopped(&prior, &config), ["acl"]);
    assert_eq!(stopped(&config, &config), [""; 0]);
}

#[test]
fn users_that_are_shut_out_are_a_warning() {
    let mut prior = object("acme-1".into(), &["190.190.190.190"]);
    prior.set_attribute("digest_auth", true.into());
    let mut config = prior.clone();
    config.set_attribute("digest_auth", false.into());
    let plan = planned(prior.clone(), config, Some("nexmo.com"));
    let warning = plan.diagnostics.iter().next().unwrap();
    assert_eq!(warning.path.to_string(), "digest_auth");
    assert!(
        planned(prior.clone(), prior, Some("nexmo.com"))
            .diagnostics
            .is_empty()
    );
}

#[test]
fn a_destruction_warns_and_names_the_domain() {
    let (resource, context) = (SipDomain(Arc::default()), Context::default());
    let prior = object("acme-1".into(), &[]);
    let destroyed = resource.plan_destroy(&context, &prior).now_or_never();
    let warning = destroyed.unwrap().into_iter().next().unwrap();
    assert!(warning.detail.contains("\"acme-1\""), "{}", warning.detail);
}

#[test]
fn that_users_will_not_be_asked_is_known_to_the_rest_of_the_plan() {
    for digest_auth in [true, false] {
        let session = Arc::new(Session::default());
        let mut config = object("acme-1".into(), &["190.190.190.190"]);
        config.set_attribute("digest_auth", digest_auth.into());
        plan(Arc::clone(&session), Value::Null, config).unwrap();
        let shuts_users_out = session.planned_domains.shuts_users_out("acme-1");
        assert_eq!(shuts_users_out, !digest_auth);
    }
}
