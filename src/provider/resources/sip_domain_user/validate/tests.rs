//! Every mistake of a configuration gets its own message, at its own path, without the secret.

use tfplugin::diagnostics::Severity;

use super::*;

fn validate(config: &Value) -> Diagnostics {
    UserModel::from(config).check()
}

const SECRET: &str = "Wonderland-12";

fn config() -> Value {
    let mut config = super::super::schema::schema().empty_config();
    config.set_attribute("domain", "yourcompany".into());
    config.set_attribute("key", "alice".into());
    config.set_attribute("secret", SECRET.into());
    config
}

fn with<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    let mut config = config();
    for (name, value) in attributes {
        config.set_attribute(name, value);
    }
    config
}

/// Path and summary of each error.
fn complaints(config: &Value) -> Vec<(String, String)> {
    validate(config)
        .into_errors()
        .into_iter()
        .map(|found| (found.path.to_string(), found.summary))
        .collect()
}

fn complaint(path: &str, summary: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), summary.to_owned())]
}

fn detail(config: &Value) -> String {
    validate(config).into_iter().next().unwrap().detail
}

#[test]
fn either_way_to_give_the_secret_is_right() {
    assert_eq!(complaints(&config()), []);
    let write_only = [
        ("secret", Value::Null),
        ("secret_wo", SECRET.into()),
        ("secret_wo_version", 1.into()),
    ];
    assert_eq!(complaints(&with(write_only)), []);
    let unversioned = [("secret", Value::Null), ("secret_wo", SECRET.into())];
    assert_eq!(complaints(&with(unversioned)), []);
}

#[test]
fn no_secret_may_be_a_user_that_exists() {
    let config = with([("secret", Value::Null)]);
    assert_eq!(complaints(&config), []);
}

#[test]
fn two_secrets_are_an_error_at_the_second() {
    let both = with([("secret_wo", SECRET.into())]);
    assert_eq!(complaints(&both), complaint("secret_wo", "Two secrets"));
}

#[test]
fn a_version_needs_a_write_only_secret() {
    let versioned = with([("secret_wo_version", 1.into())]);
    let expected = complaint("secret_wo_version", "Version without a write-only secret");
    assert_eq!(complaints(&versioned), expected);
}

#[test]
fn an_empty_secret_is_a_wrong_one_and_not_an_absent_one() {
    let empty = with([("secret", "".into())]);
    assert_eq!(complaints(&empty), complaint("secret", "Invalid secret"));
    let both = with([("secret", "".into()), ("secret_wo", SECRET.into())]);
    let summaries: Vec<_> = complaints(&both).into_iter().map(|(_, it)| it).collect();
    assert_eq!(summaries, ["Two secrets", "Invalid secret"]);
}

#[test]
fn a_wrong_secret_is_told_its_length_and_what_it_lacks_and_is_not_shown() {
    for (secret, problems) in [
        (
            "Short-12345",
            "it has 11 characters, and needs 12 to 64".to_owned(),
        ),
        (
            "1",
            "it has 1 character, and needs 12 to 64; it lacks a lower-case letter (a-z); it lacks an upper-case letter \
             (A-Z)"
                .to_owned(),
        ),
        (
            &format!("Aa1{}", "é".repeat(62)),
            "it has 65 characters, and needs 12 to 64".to_owned(),
        ),
        ("Wonderland-x", "it lacks a digit (0-9)".to_owned()),
        ("WONDERLAND12", "it lacks a lower-case letter (a-z)".to_owned()),
        ("wonderland12", "it lacks an upper-case letter (A-Z)".to_owned()),
        (
            "!\"$%&/()=?",
            "it has 10 characters, and needs 12 to 64; it lacks a digit (0-9); it lacks a lower-case letter (a-z); it \
             lacks an upper-case letter (A-Z)"
                .to_owned(),
        ),
    ] {
        for attribute in ["secret", "secret_wo"] {
            let mut config = with([("secret", Value::Null)]);
            config.set_attribute(attribute, secret.into());
            assert_eq!(complaints(&config), complaint(attribute, "Invalid secret"));
            let expected = format!(
                "The value of `{attribute}`, which is not shown here, cannot be a user's secret: {problems}."
            );
            assert_eq!(detail(&config), expected);
        }
    }
}

#[test]
fn what_comes_along_from_a_file_is_refused_and_the_secret_is_not_shown() {
    let around = "it begins or ends with white space";
    let within = "it holds a line break or another control character";
    let mark = "it holds a byte order mark (U+FEFF)";
    for (secret, problems) in [
        ("Wonderland-12\n", &[around][..]),
        ("\tWonderland-12", &[around]),
        ("\u{a0}Wonderland-12", &[around]),
        ("Wonderland-12\u{2029}", &[around]),
        ("Wonder\r\nland-12", &[within]),
        ("Wonder\0land-12", &[within]),
        ("Wonder\u{2028}land-12", &[within]),
        ("\u{feff}Wonderland-12", &[mark]),
        ("\u{feff}Wonder\u{7f}land-12\r\n", &[around, within, mark]),
    ] {
        for attribute in ["secret", "secret_wo"] {
            let mut config = with([("secret", Value::Null)]);
            config.set_attribute(attribute, secret.into());
            assert_eq!(complaints(&config), complaint(attribute, "Invalid secret"));
            let text = detail(&config);
            for problem in [around, within, mark] {
                let is_told = text.contains(problem);
                assert_eq!(is_told, problems.contains(&problem), "{secret:?}: {text}");
            }
            assert!(!text.contains("Wonder") && !text.contains("land"), "{text}");
        }
    }
    // Between other characters a space is one of them.
    assert_eq!(complaints(&with([("secret", "Wonder land 12".into())])), []);
}

#[test]
fn the_lengths_of_secrets_and_keys_are_counted_to_the_edge() {
    for secret in ["Aa1456789012", &format!("Aa1{}", "é".repeat(61))] {
        assert_eq!(complaints(&with([("secret", secret.into())])), []);
    }
    for key in ["a", "-", "0", &"x".repeat(64)] {
        assert_eq!(complaints(&with([("key", key.into())])), []);
    }
}

#[test]
fn a_wrong_key_is_told_the_first_wrong_letter_and_the_right_ones() {
    for (key, words) in [
        ("", "has 0 characters; a user's key has 1 to 64"),
        (
            &"x".repeat(65),
            "has 65 characters; a user's key has 1 to 64",
        ),
        (
            "al.ice_1",
            "contains '.'; a user's key is made of the lower-case letters a-z, digits and dashes",
        ),
        ("älice", "contains 'ä'"),
        ("al/ice", "contains '/'"),
        (
            "Alice",
            "contains 'A'; a user's key is made of the lower-case letters a-z, digits and dashes. Did you mean \"alice\"?",
        ),
    ] {
        let config = with([("key", key.into())]);
        assert_eq!(
            complaints(&config),
            complaint("key", "Invalid user key"),
            "{key}"
        );
        assert!(detail(&config).contains(words), "{}", detail(&config));
    }
    assert!(detail(&with([("key", "x".repeat(100_000).into())])).len() < 300);
}

#[test]
fn a_domain_has_the_rules_of_a_domains_name() {
    let wrong = with([("domain", "your.company".into())]);
    assert_eq!(
        complaints(&wrong),
        complaint("domain", "Invalid domain name")
    );
    let upper = validate(&with([("domain", "YourCompany".into())]));
    let found: Vec<_> = upper
        .iter()
        .map(|it| (it.severity, it.path.to_string()))
        .collect();
    assert_eq!(found, [(Severity::Warning, "domain".to_owned())]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let config = with([
        ("domain", "four".into()),
        ("key", "Alice".into()),
        ("secret", "short".into()),
        ("secret_wo_version", 1.into()),
        (
            "timeouts",
            Value::object([("create", "soon".into()), ("read", Value::Null)]),
        ),
    ]);
    let paths: Vec<_> = complaints(&config)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        paths,
        [
            "domain",
            "key",
            "secret_wo_version",
            "secret",
            "timeouts.create"
        ]
    );
}

#[test]
fn unknown_values_are_left_for_later() {
    let mut config = config();
    for attribute in [
        "domain",
        "key",
        "secret",
        "secret_wo",
        "secret_wo_version",
        "timeouts",
    ] {
        config.set_attribute(attribute, Value::Unknown);
    }
    assert_eq!(complaints(&config), []);
    // The one that is not known may turn out to be null.
    for (secret, secret_wo) in [
        (Value::Unknown, Value::Null),
        (Value::Null, Value::Unknown),
        (SECRET.into(), Value::Unknown),
        (Value::Unknown, SECRET.into()),
    ] {
        assert_eq!(
            complaints(&with([("secret", secret), ("secret_wo", secret_wo)])),
            []
        );
    }
}
