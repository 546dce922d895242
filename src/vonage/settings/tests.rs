//! Tests of precedence and of every mistake.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::*;

type Variables = BTreeMap<String, String>;

fn environment(variables: &[(&str, &str)]) -> Variables {
    variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A configuration with credentials, so that a test can look at one other thing.
fn with_credentials() -> Explicit {
    Explicit {
        api_key: Some("key".into()),
        api_secret: Some(SecretString::from("hunter2")),
        ..Explicit::default()
    }
}

fn resolve(explicit: Explicit, variables: &[(&str, &str)]) -> Result<Settings, Vec<SettingError>> {
    Settings::resolve(explicit, &environment(variables))
}

fn only_error(result: Result<Settings, Vec<SettingError>>) -> SettingError {
    let mut errors = result.unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.remove(0)
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
    let settings = resolve(with_credentials(), &[]).unwrap();
    assert_eq!(settings.base_url.as_str(), "https://api.nexmo.com/");
    assert_eq!(settings.sip_base_domain, "nexmo.com");
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
    let settings = resolve(with_credentials(), &both).unwrap();
    assert_eq!(pair(&settings), ("key", "hunter2"));
    let settings = resolve(Explicit::default(), &both).unwrap();
    assert_eq!(pair(&settings), ("env-key", "env-secret"));
    let settings = resolve(Explicit::default(), &[home]).unwrap();
    assert_eq!(pair(&settings), ("file-key", "file-secret"));
}

#[test]
fn every_setting_can_come_from_the_environment() {
    let settings = resolve(
        with_credentials(),
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
    assert_eq!(settings.sip_base_domain, "vonage.com");
    assert!((settings.max_requests_per_second - 2.5).abs() < f64::EPSILON);
    assert_eq!(settings.max_retries, 0);
    assert_eq!(settings.request_timeout, Duration::from_secs(90));
}

#[test]
fn without_credentials_all_three_ways_are_told_once() {
    let error = only_error(resolve(Explicit::default(), &[]));
    assert_eq!(error.setting, Setting::ApiKey);
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
    let error = only_error(resolve(Explicit::default(), &[("VONAGE_API_KEY", "key")]));
    assert_eq!(error.setting, Setting::ApiSecret);
    assert!(error.detail.starts_with("An API key, but no API secret"));
}

#[test]
fn a_secret_of_another_key_is_not_used() {
    let home = home_with(r#"{"api-key":"other","api-secret":"file-secret"}"#);
    let home = home_variable(home.path());
    let error = only_error(resolve(
        Explicit::default(),
        &[("VONAGE_API_KEY", "key"), home],
    ));
    assert_eq!(error.setting, Setting::ApiSecret);
    assert!(
        error.detail.contains("belongs to another API key"),
        "{}",
        error.detail
    );
    let settings = resolve(Explicit::default(), &[("VONAGE_API_KEY", "other"), home]).unwrap();
    assert_eq!(pair(&settings), ("other", "file-secret"));
}

#[test]
fn a_bad_default_file_is_mentioned_only_when_credentials_are_missing() {
    let home = home_with("{oops");
    let home = home_variable(home.path());
    let error = only_error(resolve(Explicit::default(), &[home]));
    assert_eq!(error.summary, "Missing Vonage API credentials");
    assert!(
        error.detail.contains("is not valid JSON"),
        "{}",
        error.detail
    );
    assert!(resolve(with_credentials(), &[home]).is_ok());
}

#[test]
fn a_named_file_must_be_usable() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.json");
    let explicit = Explicit {
        credentials_file: Some(missing.to_str().unwrap().to_owned()),
        ..Explicit::default()
    };
    let error = only_error(resolve(explicit, &[]));
    assert_eq!(error.setting, Setting::CredentialsFile);
    assert_eq!(error.origin, Origin::Configuration);
    assert!(
        error.detail.contains("none.json, which does not exist."),
        "{}",
        error.detail
    );
    let variable = ("VONAGE_CREDENTIALS_FILE", folder.path().to_str().unwrap());
    let error = only_error(resolve(Explicit::default(), &[variable]));
    assert_eq!(error.origin, Origin::Environment("VONAGE_CREDENTIALS_FILE"));
    assert!(
        error.detail.contains("is not a regular file"),
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
    let explicit = Explicit {
        credentials_file: Some("~/mine.json".into()),
        ..Explicit::default()
    };
    let settings = resolve(explicit, &[home_variable(home.path())]).unwrap();
    assert_eq!(pair(&settings), ("mine", "y"));
}

#[test]
fn credentials_that_would_break_the_header_are_refused_unseen() {
    for (key, secret, setting) in [
        ("key\n", "hunter2", Setting::ApiKey),
        ("", "hunter2", Setting::ApiKey),
        ("user:key", "hunter2", Setting::ApiKey),
        ("key", " hunter2", Setting::ApiSecret),
        ("key", "hun\u{7}ter2", Setting::ApiSecret),
        ("key", "", Setting::ApiSecret),
    ] {
        let explicit = Explicit {
            api_key: Some(key.into()),
            api_secret: Some(SecretString::from(secret)),
            ..Explicit::default()
        };
        let error = only_error(resolve(explicit, &[]));
        assert_eq!(error.setting, setting, "{key:?} {secret:?}");
        assert!(!error.to_string().contains("hun"), "{error}");
    }
}

#[test]
fn a_credential_from_a_file_names_the_file() {
    let home = home_with(r#"{"api-key":"key","api-secret":"hunter2 "}"#);
    let error = only_error(resolve(Explicit::default(), &[home_variable(home.path())]));
    assert_eq!(error.setting, Setting::ApiSecret);
    assert!(matches!(error.origin, Origin::File(_)));
    assert!(
        error.detail.contains(".vonage/config.json"),
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
        "http://127.0.0.1:1",
        "http://127.9.8.7",
        "http://[::1]:8080/",
        "http://LOCALHOST:3000",
    ] {
        let explicit = Explicit {
            base_url: Some(url.into()),
            ..with_credentials()
        };
        assert!(resolve(explicit, &[]).is_ok(), "{url}");
    }
}

#[test]
fn other_base_urls_are_refused_without_showing_passwords() {
    for (url, expected) in [
        ("api.nexmo.com", "is not a URL"),
        ("https://bücher.example", "is not a URL"),
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
        let error = only_error(resolve(with_credentials(), &[("VONAGE_BASE_URL", url)]));
        assert_eq!(error.setting, Setting::BaseUrl);
        assert_eq!(error.origin, Origin::Environment("VONAGE_BASE_URL"));
        assert!(error.detail.contains(expected), "{url}: {}", error.detail);
        assert!(!error.detail.contains("hunter2"), "{url}: {}", error.detail);
    }
}

#[test]
fn sip_base_domains_are_dns_names() {
    let resolved = |domain: &str| {
        let explicit = Explicit {
            sip_base_domain: Some(domain.into()),
            ..with_credentials()
        };
        resolve(explicit, &[])
    };
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
        assert_eq!(
            only_error(resolved(bad)).setting,
            Setting::SipBaseDomain,
            "{bad}"
        );
    }
}

#[test]
fn numbers_out_of_range_are_refused() {
    for rate in [0.0, -1.0, 0.001, 10_000.5, f64::NAN, f64::INFINITY] {
        let explicit = Explicit {
            max_requests_per_second: Some(rate),
            ..with_credentials()
        };
        assert_eq!(
            only_error(resolve(explicit, &[])).setting,
            Setting::MaxRequestsPerSecond
        );
    }
    for retries in [-1, 101, i64::MAX] {
        let explicit = Explicit {
            max_retries: Some(retries),
            ..with_credentials()
        };
        assert_eq!(
            only_error(resolve(explicit, &[])).setting,
            Setting::MaxRetries
        );
    }
    for timeout in [Duration::ZERO, Duration::from_secs(3601)] {
        let explicit = Explicit {
            request_timeout: Some(timeout),
            ..with_credentials()
        };
        assert_eq!(
            only_error(resolve(explicit, &[])).setting,
            Setting::RequestTimeout
        );
    }
}

#[test]
fn all_problems_come_at_once_each_with_its_place() {
    let explicit = Explicit {
        base_url: Some("http://api.nexmo.com".into()),
        ..Explicit::default()
    };
    let errors = resolve(
        explicit,
        &[
            ("VONAGE_API_KEY", "key "),
            ("VONAGE_SIP_BASE_DOMAIN", "nope!"),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "many"),
            ("VONAGE_MAX_RETRIES", "1.5"),
            ("VONAGE_REQUEST_TIMEOUT", "30"),
        ],
    )
    .unwrap_err();
    let found: Vec<_> = errors
        .iter()
        .map(|error| (error.setting.attribute(), error.origin.to_string()))
        .collect();
    let variable = |name: &str| format!("the environment variable {name}");
    assert_eq!(
        found,
        [
            ("api_secret", "the default".to_owned()),
            ("api_key", variable("VONAGE_API_KEY")),
            ("base_url", "the provider configuration".to_owned()),
            ("sip_base_domain", variable("VONAGE_SIP_BASE_DOMAIN")),
            (
                "max_requests_per_second",
                variable("VONAGE_MAX_REQUESTS_PER_SECOND")
            ),
            ("max_retries", variable("VONAGE_MAX_RETRIES")),
            ("request_timeout", variable("VONAGE_REQUEST_TIMEOUT")),
        ]
    );
    assert!(
        errors[6]
            .detail
            .contains("is \"30\", which is not a duration"),
        "{}",
        errors[6].detail
    );
}

#[test]
fn debug_hides_the_secret() {
    let settings = resolve(with_credentials(), &[]).unwrap();
    let explicit = with_credentials();
    assert!(!format!("{settings:?}{explicit:?}").contains("hunter2"));
}

#[test]
fn what_holds_a_secret_does_not_print_it() {
    let explicit = with_credentials();
    let settings = resolve(explicit.clone(), &[]).unwrap();
    let home = home_with(r#"{"api-key": "key", "api-secret": "hunter2"}"#);
    let file = crate::vonage::credentials_file::read(&home.path().join(".vonage/config.json"));
    for printed in [
        format!("{explicit:?}"),
        format!("{settings:?}"),
        format!("{:?}", file.unwrap()),
        format!("{:?}", settings.api_secret),
    ] {
        assert!(printed.contains("REDACTED"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
