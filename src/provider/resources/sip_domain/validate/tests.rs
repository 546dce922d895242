//! Every mistake of a configuration gets its own message, at its own path.

use tfplugin::diagnostics::Severity as Level;

use super::*;

fn validate(config: &Value) -> Diagnostics {
    DomainModel::from(config).check()
}

const APPLICATION: &str = "c49f3586-9c3c-458b-89fc-3c8beb58865f";

fn config() -> Value {
    let mut config = super::super::schema::schema().empty_config();
    config.set_attribute("name", "yourcompany".into());
    config.set_attribute("application_id", APPLICATION.into());
    config.set_attribute("acl", Value::string_set(["190.190.190.190"]));
    config
}

fn with(attribute: &str, value: impl Into<Value>) -> Value {
    let mut config = config();
    config.set_attribute(attribute, value.into());
    config
}

/// Severity, path and summary of each message.
fn messages(config: &Value) -> Vec<(Level, String, String)> {
    validate(config)
        .into_iter()
        .map(|found| (found.severity, found.path.to_string(), found.summary))
        .collect()
}

fn error(path: &str, summary: &str) -> Vec<(Level, String, String)> {
    vec![(Level::Error, path.to_owned(), summary.to_owned())]
}

#[test]
fn a_plain_configuration_has_nothing_to_say_about() {
    assert_eq!(messages(&config()), []);
}

#[test]
fn each_wrong_value_is_an_error_at_its_attribute() {
    for (attribute, value, summary) in [
        ("name", "four", "Invalid domain name"),
        ("name", &"x".repeat(33), "Invalid domain name"),
        ("name", "your.company", "Invalid domain name"),
        ("name", "yourcompäny", "Invalid domain name"),
        ("application_id", "yourapp", "Invalid application ID"),
        (
            "application_id",
            "c49f35869c3c458b89fc3c8beb58865f",
            "Invalid application ID",
        ),
        (
            "application_id",
            "{c49f3586-9c3c-458b-89fc-3c8beb58865f}",
            "Invalid application ID",
        ),
        ("tls", "sometimes", "Invalid tls"),
        ("srtp", "Always", "Invalid srtp"),
        ("domain_type", "application", "Invalid domain_type"),
    ] {
        assert_eq!(
            messages(&with(attribute, value)),
            error(attribute, summary),
            "{attribute} = {value}"
        );
    }
}

#[test]
fn the_lengths_of_names_are_counted_to_the_edge() {
    assert_eq!(messages(&with("name", "five5")), []);
    assert_eq!(messages(&with("name", "x".repeat(32))), []);
}

#[test]
fn upper_case_in_a_name_warns() {
    let expected = (
        Level::Warning,
        "name".to_owned(),
        "Upper case in a domain name".to_owned(),
    );
    assert_eq!(messages(&with("name", "YourCompany")), [expected]);
}

#[test]
fn a_dash_at_the_edge_of_a_name_warns() {
    let warning = |name: &str| messages(&with("name", name));
    let expected = (
        Level::Warning,
        "name".to_owned(),
        "Dash at the edge of a domain name".to_owned(),
    );
    for name in ["-company", "company-"] {
        assert_eq!(warning(name), std::slice::from_ref(&expected));
    }
    assert_eq!(warning("-Company").len(), 2);
    assert_eq!(warning("your-company"), []);
    assert_eq!(warning("-com")[0].0, Level::Error);
}

#[test]
fn media_keys_in_plain_signalling_warn() {
    let mut config = with("srtp", "always");
    for (tls, is_told) in [("never", true), ("optional", false), ("always", false)] {
        config.set_attribute("tls", tls.into());
        let told = messages(&config).iter().any(|it| it.1 == "srtp");
        assert_eq!(told, is_told, "{tls}");
    }
    assert_eq!(messages(&with("tls", "never")), []);
}

#[test]
fn an_application_is_needed_by_an_app_alone() {
    assert_eq!(
        messages(&with("application_id", Value::Null)),
        error("application_id", "Missing application")
    );
    let mut trunk = with("application_id", Value::Null);
    trunk.set_attribute("domain_type", "trunk".into());
    assert_eq!(messages(&trunk), []);
    trunk.set_attribute("domain_type", Value::Unknown);
    assert_eq!(messages(&trunk), []);
}

#[test]
fn an_enum_in_another_case_is_told_its_spelling() {
    let found = validate(&with("tls", "ALWAYS")).into_iter().next().unwrap();
    assert_eq!(
        found.detail,
        "\"ALWAYS\" is not one of \"always\", \"never\", \"optional\". Did you mean \"always\"?"
    );
}

#[test]
fn every_entry_of_the_acl_is_checked_at_once_and_at_its_own_path() {
    let acl = Value::string_set(["10.1.2.3/24", "010.0.0.1", "nonsense"]);
    let mut paths: Vec<_> = messages(&with("acl", acl))
        .into_iter()
        .map(|(_, path, _)| path)
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "acl[\"010.0.0.1\"]",
            "acl[\"10.1.2.3/24\"]",
            "acl[\"nonsense\"]"
        ]
    );
}

#[test]
fn an_empty_acl_needs_digest_authentication() {
    let empty = || with("acl", Value::Set(Vec::new()));
    assert_eq!(messages(&empty()), error("acl", "Empty ACL"));
    let mut digest = empty();
    digest.set_attribute("digest_auth", true.into());
    assert_eq!(messages(&digest), []);
    digest.set_attribute("digest_auth", Value::Unknown);
    assert_eq!(messages(&digest), []);
}

#[test]
fn a_null_entry_is_an_error_and_no_crash() {
    assert_eq!(
        messages(&with(
            "acl",
            Value::set([Value::Null, "190.190.190.190".into()])
        )),
        error("acl", "Invalid ACL entry")
    );
}

#[test]
fn unknown_values_are_left_for_later() {
    let mut config = config();
    for attribute in [
        "name",
        "application_id",
        "acl",
        "tls",
        "srtp",
        "domain_type",
        "digest_auth",
        "timeouts",
    ] {
        config.set_attribute(attribute, Value::Unknown);
    }
    assert_eq!(messages(&config), []);
    assert_eq!(
        messages(&with("acl", Value::set([Value::Unknown, Value::Unknown]))),
        []
    );
}

#[test]
fn timeouts_are_durations_longer_than_nothing() {
    let timeouts = |create: &str| {
        let timeouts = [
            ("create", create.into()),
            ("read", Value::Null),
            ("update", Value::Null),
            ("delete", Value::Null),
        ];
        messages(&with("timeouts", Value::object(timeouts)))
    };
    assert_eq!(timeouts("2m"), []);
    for wrong in ["", "2", "two minutes", "-1s", "0s", "2 m"] {
        assert_eq!(
            timeouts(wrong),
            error("timeouts.create", "Invalid timeout"),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_very_long_value_makes_a_short_message() {
    for attribute in ["name", "application_id", "tls"] {
        let found = validate(&with(attribute, "x".repeat(100_000)))
            .into_iter()
            .next()
            .unwrap();
        assert!(found.detail.len() < 500, "{attribute}");
    }
}
