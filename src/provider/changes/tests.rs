//! Which mistakes count, and what is said of a change by somebody else.

use super::*;

fn counted(prior: &Value) -> Vec<String> {
    let new = Value::object([("acl", "kept".into()), ("tls", "sometimes".into())]);
    let problems = [
        Diagnostics::error_at(AttributePath::root("acl").key("10.1.2.3/24"), "Wrong", ""),
        Diagnostics::error_at(AttributePath::root("tls"), "Wrong", ""),
        Diagnostics::warning_at(AttributePath::root("tls"), "Odd", ""),
        Diagnostics::error_at(AttributePath::default(), "Wrong", ""),
    ];
    let errors = must_be_valid(problems.into_iter().collect(), &new, prior, &[]);
    let errors = errors.unwrap_err();
    errors.iter().map(|error| error.path.to_string()).collect()
}

#[test]
fn what_the_prior_state_has_is_nobodys_mistake() {
    let prior = Value::object([("acl", "kept".into()), ("tls", "never".into())]);
    assert_eq!(counted(&prior), ["tls", ""]);
}

#[test]
fn everything_counts_in_a_new_object() {
    assert_eq!(counted(&Value::Null), ["acl[\"10.1.2.3/24\"]", "tls", ""]);
}

#[test]
fn values_are_shown_in_a_sentence_of_bounded_length() {
    let acl = Value::string_set(["190.190.190.190", "180.180.180.180/30"]);
    assert_eq!(shown(&acl), r#"["180.180.180.180/30", "190.190.190.190"]"#);
    assert_eq!(shown(&false.into()), "false");
    assert_eq!(shown(&Value::Null), "no value");
    let many = (0..1000).map(|number| format!("{number}{}", "x".repeat(1000)));
    let many = shown(&Value::string_set(many));
    assert!(many.ends_with("] and 980 more"));
    assert!(many.len() < 2000);
    let text = shown(&"\u{1b}[31m".repeat(1000).into());
    assert!(text.starts_with(r#""\u{1b}"#));
    assert!(text.len() < 1000);
}
