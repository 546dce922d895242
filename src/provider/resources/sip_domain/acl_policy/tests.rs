//! What is an error, what only warns, and how it is told.

use tfplugin::field::Field;

use super::*;
use crate::acl::{Acl, Element, Entry};
use crate::provider::acl_policy::Limits;

fn domain(acl: &[&str], tls: &str) -> DomainModel {
    DomainModel {
        acl: Field::Known(acl.iter().collect()),
        tls: Field::Known(tls.into()),
        ..DomainModel::named("office")
    }
}

fn nothing() -> DomainModel {
    DomainModel::default()
}

fn limits() -> Limits {
    Limits {
        max_addresses: Some(256),
        allowed: Some([Entry::parse("9.9.8.0/24").unwrap()].into_iter().collect()),
        require_tls: true,
        ..Limits::default()
    }
}

fn by_block() -> AclPolicy {
    AclPolicy {
        block: limits(),
        environment: Limits::default(),
    }
}

/// Severity, path and detail of each message.
fn told(
    policy: &AclPolicy,
    prior: &DomainModel,
    planned: &DomainModel,
) -> Vec<(Severity, String, String)> {
    let judged = judge(policy, prior, planned).into_iter();
    judged
        .map(|it| (it.severity, it.path.to_string(), it.detail))
        .collect()
}

#[test]
fn every_violation_is_told_at_once_with_limit_source_and_by_how_much() {
    let planned = domain(&["9.9.8.0/23", "8.8.8.8", "9.9.8.7"], "optional");
    let expected = [
        (
            "acl",
            "The entries together admit 513 IPv4 addresses, 257 more than the 256 of `max_addresses` of `acl_policy` in the \
             provider block. List only the addresses that your calls come from.",
        ),
        (
            "acl[\"9.9.8.0/23\"]",
            "Of the 512 addresses of \"9.9.8.0/23\", 256 are not in `allowed` of `acl_policy` in the provider block. Remove the \
             entry, or write only what of it is allowed.",
        ),
        (
            "acl[\"8.8.8.8\"]",
            "\"8.8.8.8\" is not in `allowed` of `acl_policy` in the provider block. Remove the entry, or write only what of it \
             is allowed.",
        ),
        (
            "tls",
            "`tls` must be \"always\" by `require_tls` of `acl_policy` in the provider block, so that no call is signalled \
             unencrypted.",
        ),
    ];
    let expected =
        expected.map(|(path, detail)| (Severity::Error, path.to_owned(), detail.to_owned()));
    assert_eq!(told(&by_block(), &nothing(), &planned), expected);
}

#[test]
fn a_limit_of_the_environment_names_its_variable() {
    let policy = AclPolicy {
        block: limits(),
        environment: Limits {
            max_addresses: Some(1),
            ..limits()
        },
    };
    let told = told(&policy, &nothing(), &domain(&["7.7.7.0/24"], "never"));
    for (told, words) in told.iter().zip([
        "255 more than the 1 of the environment variable VONAGE_ACL_MAX_ADDRESSES.",
        "None of the 256 addresses of \"7.7.7.0/24\" is in `allowed` of `acl_policy` in the provider block and the environment \
         variable VONAGE_ACL_ALLOWED.",
        "by `require_tls` of `acl_policy` in the provider block and the environment variable VONAGE_ACL_REQUIRE_TLS,",
    ]) {
        assert!(told.2.contains(words), "{}", told.2);
    }
    assert_eq!(told.len(), 3);
}

#[test]
fn what_stands_unchanged_only_warns_and_says_so() {
    let prior = domain(&["8.8.8.8", "9.9.8.7/32"], "optional");
    let same = domain(&["9.9.8.7", "8.8.8.8"], "Optional");
    let unchanged = told(&by_block(), &prior, &same);
    assert_eq!(unchanged.len(), 2);
    for (severity, _, detail) in unchanged {
        assert_eq!(severity, Severity::Warning);
        assert!(detail.contains("It stands as it was"), "{detail}");
    }
    let tls_changed = told(
        &by_block(),
        &prior,
        &domain(&["8.8.8.8", "9.9.8.7"], "never"),
    );
    let severities: Vec<_> = tls_changed.iter().map(|it| it.0).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Error]);
    let acl_changed = told(&by_block(), &prior, &domain(&["8.8.8.8"], "optional"));
    let severities: Vec<_> = acl_changed.iter().map(|it| it.0).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
}

#[test]
fn known_entries_are_judged_beside_unknown_ones() {
    let entries = vec![
        Element::Unknown,
        Element::read("8.8.8.8"),
        Element::Null,
        Element::read("x"),
    ];
    let mut planned = domain(&[], "always");
    planned.acl = Field::Known(Acl::new(entries));
    let prior = domain(&["8.8.8.8"], "always");
    let told_at: Vec<_> = told(&by_block(), &prior, &planned)
        .into_iter()
        .map(|it| (it.0, it.1))
        .collect();
    assert_eq!(told_at, [(Severity::Error, "acl[\"8.8.8.8\"]".to_owned())]);
    planned.acl = Field::Unknown;
    planned.tls = Field::Unknown;
    assert_eq!(told(&by_block(), &nothing(), &planned), []);
}

#[test]
fn enforcement_by_warning_stops_nothing() {
    let mut policy = by_block();
    policy.block.enforcement = Some(Enforcement::Warning);
    let told = told(&policy, &nothing(), &domain(&["0.0.0.0/0"], "never"));
    assert_eq!(told.len(), 3);
    assert!(
        told.iter()
            .all(|it| it.0 == Severity::Warning && !it.2.contains("stands"))
    );
}

#[test]
fn of_many_violations_the_errors_are_shown_first() {
    let texts: Vec<String> = (0..100).map(|last| format!("8.8.8.{last}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut policy = by_block();
    policy.block.enforcement = Some(Enforcement::Warning);
    policy.environment.allowed = Some([Entry::parse("8.8.8.0/26").unwrap()].into_iter().collect());
    let told = told(&policy, &nothing(), &domain(&texts, "always"));
    assert_eq!(told.len(), 21);
    assert!(told[..20].iter().all(|it| it.0 == Severity::Error));
    assert!(told[20].2.starts_with("80 more entries"), "{}", told[20].2);
}
