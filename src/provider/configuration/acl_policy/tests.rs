//! Every mistake in a policy, and what becomes of the rest.

use std::collections::BTreeMap;

use tfplugin::number::Number;

use super::*;

fn block(attributes: &[(&str, Value)]) -> Value {
    let attributes = attributes
        .iter()
        .map(|(name, value)| (*name, value.clone()));
    Value::object([(BLOCK, Value::object(attributes))])
}

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

fn from_block(attributes: &[(&str, Value)]) -> Diagnosed<AclPolicy> {
    read(&block(attributes), &BTreeMap::new())
}

fn from_environment(variables: &[(&str, &str)]) -> Diagnosed<AclPolicy> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let environment: BTreeMap<_, _> = variables.collect();
    read(&Value::object([(BLOCK, Value::Null)]), &environment)
}

/// The path and the detail of the only problem.
fn only_problem(read: Diagnosed<AclPolicy>) -> (String, String) {
    let mut problems: Vec<_> = read.diagnostics.into_iter().collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = problems.remove(0);
    (problem.path.to_string(), problem.detail)
}

fn union(texts: &[&str]) -> Union {
    let entries = texts.iter().map(|text| Entry::parse(text).unwrap());
    entries.collect()
}

#[test]
fn both_sources_are_read_beside_each_other() {
    let list = Value::string_set(["190.190.190.0/24", "2a00::/16", "190.190.190.7/32"]);
    let config = block(&[
        ("allowed", list),
        ("max_addresses", number("4294967295")),
        ("require_tls", true.into()),
        ("enforcement", "warning".into()),
    ]);
    let variables = [
        (
            "VONAGE_ACL_ALLOWED",
            " 190.190.190.0/25 , 190.190.190.0/25,\n2a00::1,",
        ),
        ("VONAGE_ACL_MAX_ADDRESSES", "1"),
        ("VONAGE_ACL_REQUIRE_TLS", "false"),
        ("VONAGE_ACL_ENFORCEMENT", "error"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let Diagnosed { value, diagnostics } = read(&config, &BTreeMap::from(variables));
    assert_eq!(diagnostics, Diagnostics::new());
    let AclPolicy { block, environment } = value;
    assert_eq!(
        block.allowed,
        Some(union(&["190.190.190.0/24", "2a00::/16"]))
    );
    assert_eq!(block.max_addresses, Some(4_294_967_295));
    assert!(block.require_tls && !environment.require_tls);
    assert_eq!(block.enforcement, Some(Enforcement::Warning));
    assert_eq!(
        environment.allowed,
        Some(union(&["190.190.190.0/25", "2a00::1"]))
    );
    assert_eq!(environment.max_addresses, Some(1));
    assert_eq!(environment.enforcement, Some(Enforcement::Error));
}

#[test]
fn nothing_said_is_no_limit_and_an_empty_variable_is_unset() {
    for read in [
        from_block(&[]),
        from_environment(&[("VONAGE_ACL_ALLOWED", ""), ("VONAGE_ACL_ENFORCEMENT", "")]),
    ] {
        assert_eq!(read.diagnostics, Diagnostics::new());
        for limits in [read.value.block, read.value.environment] {
            assert_eq!((limits.allowed, limits.max_addresses), (None, None));
            assert_eq!((limits.require_tls, limits.enforcement), (false, None));
        }
    }
    let empty = from_block(&[("allowed", Value::Set(Vec::new()))]);
    assert_eq!(empty.value.block.allowed, Some(Union::default()));
}

#[test]
fn a_number_of_addresses_is_whole_and_limits_something() {
    for text in ["0", "-1", "1.5", "4294967296", "1e30"] {
        let (path, detail) = only_problem(from_block(&[("max_addresses", number(text))]));
        assert_eq!(path, "acl_policy.max_addresses");
        assert!(
            detail.contains("not a whole number from 1 to 4294967295"),
            "{detail}"
        );
        assert!(
            detail.contains("`max_addresses` of `acl_policy`"),
            "{detail}"
        );
    }
    for text in ["0", "-1", "256.0", "4294967296", "many", " 256", "1e2"] {
        let (path, detail) = only_problem(from_environment(&[("VONAGE_ACL_MAX_ADDRESSES", text)]));
        assert_eq!(path, "acl_policy.max_addresses");
        assert!(
            detail.contains("variable VONAGE_ACL_MAX_ADDRESSES is"),
            "{detail}"
        );
    }
}

#[test]
fn each_text_that_is_no_prefix_is_told_at_its_place() {
    let list = Value::string_set(["190.190.190.7/24", "sip.example.com", "9.9.9.9"]);
    let problems: Vec<_> = from_block(&[("allowed", list)])
        .diagnostics
        .into_iter()
        .collect();
    assert_eq!(problems.len(), 2);
    assert_eq!(
        problems[0].path.to_string(),
        "acl_policy.allowed[\"190.190.190.7/24\"]"
    );
    assert!(
        problems[0].detail.contains("write \"190.190.190.0/24\""),
        "{problems:?}"
    );
    let (_, detail) = only_problem(from_environment(&[("VONAGE_ACL_ALLOWED", "010.0.0.1,")]));
    assert!(
        detail.starts_with("In the environment variable VONAGE_ACL_ALLOWED, \"010.0.0.1\""),
        "{detail}"
    );
    let (_, detail) = only_problem(from_block(&[("allowed", Value::set([Value::Null]))]));
    assert!(detail.contains("null element"), "{detail}");
}

#[test]
fn a_variable_without_any_prefix_is_no_floor() {
    for text in [",", "  ", " , ,"] {
        let (_, detail) = only_problem(from_environment(&[("VONAGE_ACL_ALLOWED", text)]));
        assert!(detail.contains("has no prefix in it"), "{detail}");
    }
}

#[test]
fn other_words_are_refused() {
    let (path, detail) = only_problem(from_block(&[("enforcement", "Error".into())]));
    assert_eq!(path, "acl_policy.enforcement");
    assert!(
        detail.contains("is \"Error\", which is not `error` or `warning`"),
        "{detail}"
    );
    for (name, text) in [
        ("VONAGE_ACL_ENFORCEMENT", "off"),
        ("VONAGE_ACL_REQUIRE_TLS", "yes"),
    ] {
        let (_, detail) = only_problem(from_environment(&[(name, text)]));
        assert!(detail.contains(name), "{detail}");
    }
}

/// An environment whose values are not Unicode.
struct NotUnicode;

impl Environment for NotUnicode {
    fn get(&self, _name: &str) -> Option<String> {
        None
    }

    fn is_not_unicode(&self, _name: &str) -> bool {
        true
    }
}

#[test]
fn a_floor_that_is_not_unicode_is_told_and_not_dropped() {
    let read = read(&Value::object([]), &NotUnicode);
    assert_eq!(read.diagnostics.iter().count(), 4);
}

#[test]
fn what_is_unknown_limits_nothing_yet() {
    let list = Value::set([Value::Unknown, "9.9.9.9".into()]);
    let Diagnosed { value, diagnostics } = from_block(&[
        ("allowed", list),
        ("max_addresses", Value::Unknown),
        ("require_tls", Value::Unknown),
        ("enforcement", Value::Unknown),
    ]);
    assert_eq!(diagnostics, Diagnostics::new());
    assert_eq!(
        (value.block.allowed, value.block.max_addresses),
        (None, None)
    );
    assert!(!value.block.require_tls);
    assert_eq!(value.block.enforcement, Some(Enforcement::Warning));
}

#[test]
fn two_lists_without_a_common_address_are_an_error_that_names_both() {
    let config = block(&[("allowed", Value::string_set(["9.9.9.0/24"]))]);
    let variable = ("VONAGE_ACL_ALLOWED".to_owned(), "8.8.8.8".to_owned());
    let (path, detail) = only_problem(read(&config, &BTreeMap::from([variable])));
    assert_eq!(path, "acl_policy.allowed");
    assert!(
        detail.contains("provider block and the environment variable VONAGE_ACL_ALLOWED"),
        "{detail}"
    );
}
