//! What a plan knows, what it keeps, and what it warns of.

use futures_util::FutureExt as _;

use super::*;

fn object(domain: Value, key: Value) -> Value {
    let mut object = schema::schema().empty_config();
    object.set_attribute("domain", domain);
    object.set_attribute("key", key);
    object.set_attribute("secret", "Wonderland-12".into());
    object
}

fn alice() -> Value {
    object("office".into(), "alice".into())
}

fn outcome(prior: Value, config: Value) -> Outcome<Value> {
    outcome_in(&Arc::default(), prior, config)
}

fn outcome_in(session: &Arc<Session>, prior: Value, config: Value) -> Outcome<Value> {
    let mut draft = config.clone();
    draft.set_attribute("secret_wo", Value::Null);
    let request = PlanRequest {
        draft,
        config,
        prior,
    };
    let resource = SipDomainUser(Arc::clone(session));
    let context = Context::default();
    resource.plan(&context, request).now_or_never().unwrap()
}

fn planned(prior: Value, config: Value) -> Diagnosed<Value> {
    outcome(prior, config).unwrap()
}

/// A user as an import leaves it.
fn imported() -> Value {
    let mut alice = alice();
    alice.set_attribute("secret", Value::Null);
    alice
}

/// Path and summary of each message.
fn messages(outcome: Outcome<Value>) -> Vec<(String, String)> {
    let diagnostics = outcome.map_or_else(|errors| errors, |plan| plan.diagnostics);
    diagnostics
        .into_iter()
        .map(|it| (it.path.to_string(), it.summary))
        .collect()
}

#[test]
fn id_and_identity_are_known_as_soon_as_both_parts_are() {
    let plan = planned(Value::Null, alice());
    assert_eq!(plan.value.attribute("id").as_str(), Some("office/alice"));
    for (name, value) in [("domain", "office"), ("key", "alice")] {
        assert_eq!(plan.value.attribute(name).as_str(), Some(value));
    }
    assert!(plan.diagnostics.is_empty());
    for config in [
        object(Value::Unknown, "alice".into()),
        object("office".into(), Value::Unknown),
    ] {
        let plan = planned(Value::Null, config).value;
        assert!(plan.attribute("id").is_unknown());
    }
}

#[test]
fn a_domain_in_another_case_is_the_same_domain() {
    let plan = planned(alice(), object("Office".into(), "alice".into()));
    assert_eq!(plan.value.attribute("domain").as_str(), Some("office"));
    assert!(plan.diagnostics.is_empty());
}

#[test]
fn a_replacement_warns_at_what_is_changed() {
    for (config, path) in [
        (object("branch".into(), "alice".into()), "domain"),
        (object("office".into(), "bob".into()), "key"),
        (object(Value::Unknown, "alice".into()), "domain"),
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
    assert!(outcome(Value::Null, config).unwrap_err().has_errors());
}

#[test]
fn a_user_needs_a_secret_to_be_created_and_none_to_be_kept() {
    let missing = [("secret".to_owned(), "Missing secret".to_owned())];
    assert_eq!(messages(outcome(Value::Null, imported())), missing);
    let text = &outcome(Value::Null, imported()).unwrap_err();
    let text = &text.iter().next().unwrap().detail;
    for words in [
        "`secret_wo`",
        "`secret`",
        "Terraform 1.11",
        "state",
        "import",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for prior in [imported(), alice()] {
        assert_eq!(messages(outcome(prior, imported())), []);
    }
    for unknown in ["secret", "secret_wo"] {
        let mut config = imported();
        config.set_attribute(unknown, Value::Unknown);
        assert_eq!(messages(outcome(Value::Null, config)), []);
    }
}

#[test]
fn what_ignore_changes_puts_into_the_configuration_stops_no_plan() {
    // `ignore_changes = all`, where the version is in the state and the write-only value cannot be.
    let mut versioned = imported();
    versioned.set_attribute("secret_wo_version", 1.into());
    assert_eq!(messages(outcome(versioned.clone(), versioned.clone())), []);
    // `ignore_changes = [secret]`, on the way to `secret_wo`.
    let mut both = alice();
    both.set_attribute("secret_wo", "Wonderland-34".into());
    assert_eq!(messages(outcome(alice(), both)), []);
    let mut wrong = imported();
    wrong.set_attribute("secret_wo_version", 2.into());
    let expected = "Version without a write-only secret".to_owned();
    let expected = [("secret_wo_version".to_owned(), expected)];
    assert_eq!(messages(outcome(versioned, wrong)), expected);
}

#[test]
fn a_user_of_a_domain_that_asks_for_no_secret_is_told() {
    let session = Arc::new(Session::default());
    let messages = |domain: &str, shuts_users_out| {
        session.planned_domains.plan(domain, shuts_users_out);
        messages(outcome_in(&session, Value::Null, alice()))
    };
    assert_eq!(messages("branch", true), []);
    let expected = [(
        "domain".to_owned(),
        "SIP user cannot authenticate".to_owned(),
    )];
    assert_eq!(messages("Office", true), expected);
    assert_eq!(messages("office", false), []);
}

#[test]
fn the_first_secret_of_an_imported_user_warns() {
    let warning = "The secret of a SIP user will be overwritten".to_owned();
    let expected = [("secret".to_owned(), warning.clone())];
    assert_eq!(messages(outcome(imported(), alice())), expected);
    let mut versioned = imported();
    versioned.set_attribute("secret_wo", "Wonderland-34".into());
    // Without a version nothing is sent.
    assert_eq!(messages(outcome(imported(), versioned.clone())), []);
    versioned.set_attribute("secret_wo_version", 1.into());
    let expected = [("secret_wo_version".to_owned(), warning)];
    assert_eq!(messages(outcome(imported(), versioned)), expected);
}

#[test]
fn a_destruction_says_who_can_no_longer_authenticate() {
    let (resource, context) = (SipDomainUser(Arc::default()), Context::default());
    let alice = alice();
    let warnings = resource.plan_destroy(&context, &alice).now_or_never();
    let warning = warnings.unwrap().into_iter().next().unwrap();
    for words in ["\"alice\"", "\"office\"", "no longer authenticate"] {
        assert!(warning.detail.contains(words), "{}", warning.detail);
    }
}
