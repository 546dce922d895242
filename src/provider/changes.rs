//! Which mistakes of a configuration count: those at values that the prior state does not have.
//!
//! `ignore_changes` puts the prior state's values into the configuration that a plan and an apply see. Nobody wrote those,
//! and an account may hold what we would refuse.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::Step;
use tfplugin::value::Value;

/// The errors at attributes that are changed. Where nothing is there yet, everything is.
pub(super) fn errors_in_changes(
    problems: Diagnostics,
    prior: &Value,
    is_changed: impl Fn(&str) -> bool,
) -> Diagnostics {
    if prior.is_null() {
        return problems.into_errors();
    }
    let mut errors = Diagnostics::new();
    for error in problems.into_errors() {
        let counts = match error.path.steps().first() {
            Some(Step::Attribute(name)) => is_changed(name),
            _ => true,
        };
        if counts {
            errors.push(error.severity, error.path, error.summary, error.detail);
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use tfplugin::path::AttributePath;

    use super::*;

    fn kept(prior: &Value) -> Vec<String> {
        let mut problems = Diagnostics::new();
        problems.error(AttributePath::root("acl").key("10.1.2.3/24"), "Wrong", "");
        problems.error(AttributePath::root("tls"), "Wrong", "");
        problems.warning(AttributePath::root("tls"), "Odd", "");
        problems.error(AttributePath::default(), "Wrong", "");
        errors_in_changes(problems, prior, |name| name == "tls")
            .iter()
            .map(|error| error.path.to_string())
            .collect()
    }

    #[test]
    fn what_the_prior_state_has_is_nobodys_mistake() {
        assert_eq!(kept(&Value::object([("tls", "never".into())])), ["tls", ""]);
    }

    #[test]
    fn everything_counts_in_a_new_object() {
        assert_eq!(kept(&Value::Null), ["acl[\"10.1.2.3/24\"]", "tls", ""]);
    }
}
