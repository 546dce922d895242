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
    assert_eq!(
        excerpt(&acl),
        r#"["180.180.180.180/30", "190.190.190.190"]"#
    );
    assert_eq!(excerpt(&false.into()), "false");
    assert_eq!(excerpt(&Value::Null), "no value");
    let many = (0..1000).map(|number| format!("{number}{}", "x".repeat(1000)));
    let many = excerpt(&Value::string_set(many));
    assert!(many.ends_with("] and 980 more"));
    assert!(many.len() < 2000);
    let text = excerpt(&"\u{1b}[31m".repeat(1000).into());
    assert!(text.starts_with(r#""\u{1b}"#));
    assert!(text.len() < 1000);
}

#[test]
fn what_reads_do_not_show_is_told_attribute_by_attribute() {
    let object = |region: Value, name: &str| {
        let voice = Value::object([("region", region), ("ttl", 48_i64.into())]);
        Value::object([("name", name.into()), ("voice", voice)])
    };
    let written = object(Value::Null, "new");
    let warnings = not_shown("It", "updated", 60, &written, &object("eu".into(), "new"));
    let [only] = &warnings.into_iter().collect::<Vec<_>>()[..] else {
        panic!("not one warning")
    };
    assert_eq!(only.path.to_string(), "voice");
    assert_eq!(
        only.summary,
        "It was updated, but is not visible to reads yet"
    );
    assert!(
        only.detail
            .contains("`voice.region` was sent as no value, and after 60 s"),
        "{}",
        only.detail
    );
    assert!(only.detail.contains("still show \"eu\""), "{}", only.detail);
    assert_eq!(
        not_shown("It", "updated", 60, &written, &object("eu".into(), "old"))
            .into_iter()
            .count(),
        2
    );
}
