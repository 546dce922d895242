//! Tests of precedence and of every mistake.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret;
use tfplugin::diagnostics::Diagnostic;

use super::*;
use crate::vonage::settings::base_url;

const CREDENTIALS: [(&str, &str); 2] = [("api_key", "key"), ("api_secret", "hunter2")];

/// A block with these strings and numbers.
fn block(values: &[(&str, &str)]) -> Value {
    Value::object(values.iter().map(|(name, text)| {
        let is_number = matches!(*name, "max_retries" | "max_requests_per_second");
        let number = || Value::Number(Number::parse(text).unwrap());
        (*name, if is_number { number() } else { (*text).into() })
    }))
}

fn resolve(
    config: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Result<(Settings, String), Diagnostics> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let resolved = super::resolve(&block(config), &variables.collect::<BTreeMap<_, _>>())?.value;
    Ok((
        resolved.settings.unwrap(),
        resolved.sip_base_domain.unwrap(),
    ))
}

/// With credentials in the block, so that a test can look at one other thing.
fn resolve_other(
    config: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Result<(Settings, String), Diagnostics> {
    resolve(&[&CREDENTIALS, config].concat(), variables)
}

fn only_error(result: Result<(Settings, String), Diagnostics>) -> Diagnostic {
    let mut errors: Vec<_> = result.unwrap_err().into_iter().collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
}

#[track_caller]
fn assert_at(error: &Diagnostic, attribute: &str) {
    assert_eq!(error.path, AttributePath::root(attribute), "{error:?}");
}

/// A home folder with the Vonage CLI's file in it.
fn home_with(content: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".vonage")).unwrap();
    std::fs::write(home.path().join(".vonage/config.json"), content).unwrap();
    home
}

fn home_variable(home: &Path) -> (&'static str, &str) {
    ("HOME", home.to_str().unwrap())
}

fn pair(settings: &Settings) -> (&str, &str) {
    (&settings.api_key, settings.api_secret.expose_secret())
}

#[test]
fn credentials_alone_give_the_defaults() {
    let (settings, sip_base_domain) = resolve(&CREDENTIALS, &[]).unwrap();
    assert_eq!(settings.base_url.as_str(), "https://api.nexmo.com/");
    assert_eq!(sip_base_domain, "nexmo.com");
    assert!((settings.max_requests_per_second - 10.0).abs() < f64::EPSILON);
    assert_eq!(settings.max_retries, 5);
    assert_eq!(settings.request_timeout, Duration::from_secs(30));
    assert!(!base_url::is_on_this_machine(&settings.base_url));
}

#[test]
fn configuration_beats_environment_beats_file() {
    let home = home_with(r#"{"api-key":"file-key","api-secret":"file-secret"}"#);
    let home = home_variable(home.path());
    let both = [
        ("VONAGE_API_KEY", "env-key"),
        ("VONAGE_API_SECRET", "env-secret"),
        home,
    ];
    let (settings, _) = resolve(&CREDENTIALS, &both).unwrap();
    assert_eq!(pair(&settings), ("key", "hunter2"));
    let (settings, _) = resolve(&[], &both).unwrap();
    assert_eq!(pair(&settings), ("env-key", "env-secret"));
    let (settings, _) = resolve(&[], &[home]).unwrap();
    assert_eq!(pair(&settings), ("file-key", "file-secret"));
}

#[test]
fn every_setting_can_come_from_the_environment() {
    let (settings, sip_base_domain) = resolve(
        &CREDENTIALS,
        &[
            ("VONAGE_BASE_URL", "http://127.0.0.1:8080"),
            ("VONAGE_SIP_BASE_DOMAIN", "vonage.com"),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "2.5"),
            ("VONAGE_MAX_RETRIES", "0"),
            ("VONAGE_REQUEST_TIMEOUT", "1m30s"),
        ],
    )
    .unwrap();
    assert!(base_url::is_on_this_machine(&settings.base_url));
    assert_eq!(sip_base_domain, "vonage.com");
    assert!((settings.max_requests_per_second - 2.5).abs() < f64::EPSILON);
    assert_eq!(settings.max_retries, 0);
    assert_eq!(settings.request_timeout, Duration::from_secs(90));
}

#[test]
fn without_credentials_all_three_ways_are_told_once() {
    let error = only_error(resolve(&[], &[]));
    assert_at(&error, "api_key");
    assert_eq!(error.summary, "Missing Vonage API credentials");
    for way in [
        "`api_key`",
        "`api_secret`",
        "VONAGE_API_KEY",
        "VONAGE_API_SECRET",
        "~/.vonage/config.json",
    ] {
        assert!(error.detail.contains(way), "{way}: {}", error.detail);
    }
}

#[test]
fn half_a_pair_names_the_missing_half() {
    let error = only_error(resolve(&[], &[("VONAGE_API_KEY", "key")]));
    assert_at(&error, "api_secret");
    assert!(error.detail.starts_with("An API key, but no API secret"));
}

#[test]
fn a_secret_of_another_key_is_not_used() {
    let home = home_with(r#"{"api-key":"other","api-secret":"file-secret"}"#);
    let home = home_variable(home.path());
    let error = only_error(resolve(&[], &[("VONAGE_API_KEY", "key"), home]));
    assert_at(&error, "api_secret");
    assert!(
        error.detail.contains("belongs to another API key"),
        "{}",
        error.detail
    );
    let (settings, _) = resolve(&[], &[("VONAGE_API_KEY", "other"), home]).unwrap();
    assert_eq!(pair(&settings), ("other", "file-secret"));
}

#[test]
fn a_bad_default_file_is_mentioned_only_when_credentials_are_missing() {
    let home = home_with("{oops");
    let home = home_variable(home.path());
    let error = only_error(resolve(&[], &[home]));
    assert_eq!(error.summary, "Missing Vonage API credentials");
    assert!(
        error.detail.contains("is not valid JSON"),
        "{}",
        error.detail
    );
    assert!(resolve(&CREDENTIALS, &[home]).is_ok());
}

#[test]
fn a_named_file_must_be_usable() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.json");
    let config = [("credentials_file", missing.to_str().unwrap())];
    let error = only_error(resolve(&config, &[]));
    assert_at(&error, "credentials_file");
    assert!(
        error.detail.contains("in the provider configuration")
            && error.detail.contains("none.json, which does not exist."),
        "{}",
        error.detail
    );
    let variable = ("VONAGE_CREDENTIALS_FILE", folder.path().to_str().unwrap());
    let error = only_error(resolve(&[], &[variable]));
    assert!(
        error.detail.contains("variable VONAGE_CREDENTIALS_FILE")
            && error.detail.contains("is not a regular file"),
        "{}",
        error.detail
    );
}

#[test]
fn a_named_file_is_read_from_the_home_folder_and_beats_the_default_one() {
    let home = home_with(r#"{"api-key":"default","api-secret":"x"}"#);
    std::fs::write(
        home.path().join("mine.json"),
        r#"{"apiKey":"mine","apiSecret":"y"}"#,
    )
    .unwrap();
    let config = [("credentials_file", "~/mine.json")];
    let (settings, _) = resolve(&config, &[home_variable(home.path())]).unwrap();
    assert_eq!(pair(&settings), ("mine", "y"));
}

#[test]
fn credentials_that_would_break_the_header_are_refused_unseen() {
    for (key, secret, attribute) in [
        ("key\n", "hunter2", "api_key"),
        ("", "hunter2", "api_key"),
        ("user:key", "hunter2", "api_key"),
        ("key", " hunter2", "api_secret"),
        ("key", "hun\u{7}ter2", "api_secret"),
        ("key", "", "api_secret"),
    ] {
        let error = only_error(resolve(&[("api_key", key), ("api_secret", secret)], &[]));
        assert_at(&error, attribute);
        assert!(!format!("{error:?}").contains("hun"), "{error:?}");
    }
}

#[test]
fn a_credential_from_a_file_names_the_file() {
    let home = home_with(r#"{"api-key":"key","api-secret":"hunter2 "}"#);
    let in_home = home.path().join(".vonage").join("config.json");
    let in_home = in_home.display().to_string();
    let error = only_error(resolve(&[], &[home_variable(home.path())]));
    assert_at(&error, "api_secret");
    assert!(
        error.detail.contains("in the file") && error.detail.contains(&in_home),
        "{}",
        error.detail
    );
}

#[test]
fn base_urls_are_https_or_on_this_machine() {
    for url in [
        "https://api.nexmo.com",
        "https://api.nexmo.com/",
        "https://example.org:8443",
        "https://bücher.example",
        "http://127.0.0.1:1",
        "http://127.9.8.7",
        "http://[::1]:8080/",
        "http://LOCALHOST:3000",
    ] {
        assert!(resolve_other(&[("base_url", url)], &[]).is_ok(), "{url}");
    }
}

#[test]
fn other_base_urls_are_refused_without_showing_passwords() {
    for (url, expected) in [
        ("api.nexmo.com", "is not a URL"),
        ("ftp://api.nexmo.com", "has the scheme `ftp`"),
        ("http://api.nexmo.com", "uses plain `http` to api.nexmo.com"),
        ("http://10.0.0.1", "uses plain `http` to 10.0.0.1"),
        ("http://localhost.example.org", "uses plain `http`"),
        ("http://[::ffff:127.0.0.1]", "uses plain `http`"),
        ("https://api.nexmo.com/v1", "has a path"),
        ("https://api.nexmo.com?x=hunter2", "has a query"),
        ("https://api.nexmo.com#hunter2", "has a fragment"),
        (
            "https://user:hunter2@api.nexmo.com",
            "holds a user name or a password",
        ),
        (
            "https://hunter2@api.nexmo.com",
            "holds a user name or a password",
        ),
        (
            "http://user:hunter2@example.org/x?y",
            "uses plain `http` to example.org",
        ),
        ("https://user:hunter2@", "is not a URL"),
    ] {
        let error = only_error(resolve(&CREDENTIALS, &[("VONAGE_BASE_URL", url)]));
        assert_at(&error, "base_url");
        assert!(
            error
                .detail
                .contains("the environment variable VONAGE_BASE_URL")
        );
        assert!(error.detail.contains(expected), "{url}: {}", error.detail);
        assert!(!error.detail.contains("hunter2"), "{url}: {}", error.detail);
    }
}

#[test]
fn sip_base_domains_are_dns_names() {
    let resolved = |domain: &str| resolve_other(&[("sip_base_domain", domain)], &[]);
    for good in [
        "nexmo.com",
        "VONAGE.com",
        "sip-test.example.org",
        "localhost",
    ] {
        assert!(resolved(good).is_ok(), "{good}");
    }
    let long = "a.".repeat(130) + "com";
    for bad in [
        "",
        ".nexmo.com",
        "nexmo.com.",
        "nexmo..com",
        "-a.com",
        "a-.com",
        "a_b.com",
        "https://x.com",
        "10.0.0.1",
        &long,
    ] {
        assert_at(&only_error(resolved(bad)), "sip_base_domain");
    }
}

#[test]
fn a_base_domain_that_is_not_vonages_warns_once() {
    let environment =
        |domain: &str| BTreeMap::from([("VONAGE_SIP_BASE_DOMAIN".to_owned(), domain.to_owned())]);
    let configured = |config: &[(&str, &str)], domain| {
        let config = block(&[&CREDENTIALS, config].concat());
        let resolved = super::resolve(&config, &environment(domain)).unwrap();
        resolved.diagnostics.into_iter().collect::<Vec<_>>()
    };
    let config = [("sip_base_domain", "sip.example.org")];
    let warning = validate(&block(&config)).into_iter().next().unwrap();
    assert_at(&warning, "sip_base_domain");
    assert!(warning.detail.contains("`sip_base_domain`"), "{warning:?}");
    assert_eq!(configured(&config, "sip.example.net"), []);
    let warning = &configured(&[], "sip.example.net")[0];
    assert!(
        warning.detail.contains("VONAGE_SIP_BASE_DOMAIN"),
        "{warning:?}"
    );
    for vonages in ["nexmo.com", "Vonage.com"] {
        assert_eq!(configured(&[], vonages), []);
        assert!(validate(&block(&[("sip_base_domain", vonages)])).is_empty());
    }
    let wrong = validate(&block(&[("sip_base_domain", "a_b.com")]));
    assert_eq!(wrong.iter().count(), 1);
}

#[test]
fn numbers_out_of_range_are_refused() {
    for (attribute, variable, values) in [
        (
            "max_requests_per_second",
            "VONAGE_MAX_REQUESTS_PER_SECOND",
            vec!["0", "-1", "0.001", "10000.5", "1e400"],
        ),
        (
            "max_retries",
            "VONAGE_MAX_RETRIES",
            vec!["-1", "101", "1.5", "9223372036854775807"],
        ),
        (
            "request_timeout",
            "VONAGE_REQUEST_TIMEOUT",
            vec!["0s", "3601s", "soon"],
        ),
    ] {
        for value in values {
            let error = only_error(resolve_other(&[(attribute, value)], &[]));
            assert_at(&error, attribute);
            let error = only_error(resolve_other(&[], &[(variable, value)]));
            assert_at(&error, attribute);
        }
    }
    for value in ["NaN", "inf"] {
        let variable = ("VONAGE_MAX_REQUESTS_PER_SECOND", value);
        let error = only_error(resolve_other(&[], &[variable]));
        assert_at(&error, "max_requests_per_second");
    }
}

#[test]
fn validation_looks_at_the_block_alone() {
    assert!(validate(&block(&[("credentials_file", "/nonexistent")])).is_empty());
    let mistakes = [("base_url", "x"), ("max_retries", "-1"), ("api_key", "")];
    assert_eq!(validate(&block(&mistakes)).iter().count(), 3);
}

#[test]
fn what_is_not_known_yet_is_named_and_looked_up_nowhere_else() {
    let variable = ("VONAGE_SIP_BASE_DOMAIN".to_owned(), "vonage.com".to_owned());
    let environment = BTreeMap::from([variable]);
    for (unknown, base_domain) in [
        ("sip_base_domain", None),
        ("max_retries", Some("vonage.com")),
    ] {
        let mut config = block(&[]);
        config.set_attribute(unknown, Value::Unknown);
        let resolved = super::resolve(&config, &environment).unwrap().value;
        assert_eq!(resolved.settings.unwrap_err(), [unknown]);
        assert_eq!(resolved.sip_base_domain.as_deref(), base_domain);
    }
}

#[test]
fn all_problems_come_at_once_each_with_its_place() {
    let errors = resolve(
        &[("base_url", "http://api.nexmo.com")],
        &[
            ("VONAGE_API_KEY", "key "),
            ("VONAGE_SIP_BASE_DOMAIN", "nope!"),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "many"),
            ("VONAGE_MAX_RETRIES", "1.5"),
            ("VONAGE_REQUEST_TIMEOUT", "30"),
        ],
    )
    .unwrap_err();
    let errors: Vec<_> = errors.into_iter().collect();
    let expected = [
        ("api_secret", "An API key, but no API secret was found."),
        ("api_key", "variable VONAGE_API_KEY"),
        ("base_url", "the provider configuration"),
        ("sip_base_domain", "variable VONAGE_SIP_BASE_DOMAIN"),
        (
            "max_requests_per_second",
            "variable VONAGE_MAX_REQUESTS_PER_SECOND",
        ),
        ("max_retries", "variable VONAGE_MAX_RETRIES"),
        ("request_timeout", "variable VONAGE_REQUEST_TIMEOUT"),
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    for (error, (attribute, place)) in errors.iter().zip(expected) {
        assert_at(error, attribute);
        assert!(error.detail.contains(place), "{error:?}");
    }
    assert!(
        errors[6]
            .detail
            .contains("is \"30\", which is not a duration"),
        "{}",
        errors[6].detail
    );
}

#[test]
fn what_holds_a_secret_does_not_print_it() {
    let (settings, _) = resolve(&CREDENTIALS, &[]).unwrap();
    for printed in [
        format!("{settings:?}"),
        format!("{:?}", settings.api_secret),
    ] {
        assert!(printed.contains("REDACTED"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
