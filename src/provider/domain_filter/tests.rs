//! What a filter lets through, and what is wrong with one.

use tfplugin::diagnostics::Severity;

use super::*;

const APPLICATION: &str = "c49f3586-9c3c-458b-89fc-3c8beb58865f";

fn config(given: &[(&str, Value)]) -> Value {
    let names = attributes().into_iter().map(|attribute| attribute.name);
    let mut config = Value::Object(names.map(|name| (name, Value::Null)).collect());
    for (name, value) in given {
        config.set_attribute(name, value.clone());
    }
    config
}

fn check(config: &Value) -> Diagnostics {
    DomainFilter::from(config).check()
}

fn finds(given: &[(&str, Value)], name: &str, application_id: Option<&str>) -> bool {
    let domain_type = if application_id.is_some() {
        "app"
    } else {
        "trunk"
    };
    let domain = Value::object([
        ("name", name.into()),
        ("application_id", application_id.into()),
        ("domain_type", domain_type.into()),
    ]);
    DomainFilter::from(&config(given)).matches(&DomainModel::from(&domain))
}

#[test]
fn a_filter_that_says_nothing_lets_everything_through() {
    assert!(finds(&[], "office", None));
    assert!(finds(
        &[("name_prefix", "".into())],
        "office",
        Some(APPLICATION)
    ));
}

#[test]
fn all_that_is_given_must_match() {
    let both = [
        ("name_prefix", Value::from("off")),
        ("domain_type", "app".into()),
    ];
    assert!(finds(&both, "office", Some(APPLICATION)));
    assert!(!finds(&both, "office", None));
    assert!(!finds(&both, "home-office", Some(APPLICATION)));
    let application = [("application_id", APPLICATION.into())];
    assert!(finds(&application, "office", Some(APPLICATION)));
    assert!(!finds(
        &application,
        "office",
        Some("11111111-2222-4333-8444-555555555555")
    ));
    assert!(!finds(&application, "trunk-1", None));
}

#[test]
fn upper_and_lower_case_are_one() {
    assert!(finds(&[("name_prefix", "OFF".into())], "office", None));
    assert!(finds(&[("name_prefix", "off".into())], "Office", None));
    let shouted = APPLICATION.to_ascii_uppercase();
    assert!(finds(
        &[("application_id", shouted.into())],
        "office",
        Some(APPLICATION)
    ));
}

#[test]
fn a_name_shorter_than_the_prefix_or_cut_within_a_letter_does_not_match() {
    assert!(!finds(
        &[("name_prefix", "office-1".into())],
        "office",
        None
    ));
    assert!(!finds(&[("name_prefix", "a".into())], "ä-office", None));
}

#[test]
fn each_wrong_value_is_an_error_at_its_attribute() {
    for (attribute, value) in [
        ("application_id", "yourapp"),
        ("application_id", ""),
        ("domain_type", "App"),
        ("domain_type", "application"),
        ("name_prefix", "office*"),
        ("name_prefix", "office.sip-us"),
        ("name_prefix", &"x".repeat(33)),
    ] {
        let found = check(&config(&[(attribute, value.into())]));
        let found: Vec<_> = found.iter().collect();
        assert_eq!(found.len(), 1, "{attribute} = {value:?}");
        assert_eq!(found[0].severity, Severity::Error);
        assert_eq!(found[0].path, AttributePath::root(attribute));
        assert!(found[0].detail.len() < 400, "{}", found[0].detail);
    }
}

#[test]
fn right_and_unknown_values_have_nothing_to_say_about() {
    let right = [
        ("application_id", APPLICATION.into()),
        ("domain_type", "trunk".into()),
        ("name_prefix", "x".repeat(32).into()),
    ];
    assert!(check(&config(&right)).is_empty());
    let unknown = right.map(|(name, _)| (name, Value::Unknown));
    assert!(check(&config(&unknown)).is_empty());
}
