//! From one version of an object to the next: which mistakes count, whose spelling is kept, what a plan left open, and what
//! somebody else changed.

use tfplugin::diagnostics::{Diagnostic, Diagnostics};
use tfplugin::field::Field;
use tfplugin::path::{AttributePath, Step};
use tfplugin::value::Value;

/// Elements of a list that a message shows at most.
const SHOWN_ELEMENTS: usize = 20;

/// Ends a plan or a write whose configuration has errors at attributes that differ from the prior state, or are among `also`:
/// `ignore_changes` puts values of the state into it, which nobody wrote, and which we may refuse. Where nothing is there yet,
/// every error counts. The warnings have been said before.
pub(super) fn must_be_valid(
    problems: Diagnostics,
    new: &Value,
    prior: &Value,
    also: &[&str],
) -> Result<(), Diagnostics> {
    let counts = |error: &Diagnostic| match error.path.steps().first() {
        Some(Step::Attribute(name)) if !prior.is_null() => {
            new.attribute(name) != prior.attribute(name) || also.contains(&name.as_str())
        }
        _ => true,
    };
    let errors = problems.into_errors().filter(counts);
    if errors.is_empty() {
        return Ok(());
    }
    Err(errors)
}

/// The first, where both mean the same; the second otherwise.
pub(super) fn kept<T: Clone + PartialEq>(prior: &Field<T>, other: Field<T>) -> Field<T> {
    if *prior == other {
        prior.clone()
    } else {
        other
    }
}

/// What the API says, in the spelling of the prior value where both mean the same. Where it says nothing, it does not
/// contradict the prior value, or else has its default.
pub(super) fn refreshed<T: Clone + PartialEq>(
    prior: &Field<T>,
    found: Option<T>,
    default: T,
) -> Field<T> {
    match found {
        Some(found) => kept(prior, Field::Known(found)),
        None if prior.is_null() => Field::Known(default),
        None => prior.clone(),
    }
}

/// The state after a write: the plan, and what was unknown in it from the API's answer.
pub(super) fn completed(mut planned: Value, answered: Value) -> Value {
    if let Value::Object(attributes) = answered {
        for (name, value) in attributes {
            if !planned.attribute(&name).is_wholly_known() {
                planned.set_attribute(&name, value);
            }
        }
    }
    planned
}

/// An error at each attribute that the plan leaves as it was before, and that somebody has changed since. `now` is spelled as
/// `before` where both mean the same.
pub(super) fn changed_by_others(
    subject: &str,
    before: &Value,
    planned: &Value,
    now: &Value,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (name, now) in now.as_entries().into_iter().flatten() {
        let before = before.attribute(name);
        if planned.attribute(name) != before || now == before {
            continue;
        }
        diagnostics.error(
            AttributePath::root(name),
            format!("{subject} was changed since the plan was made"),
            format!(
                "The plan leaves `{name}` as it is: {}. Now the API has {}. Nothing was sent, so that this change is not \
                 undone unseen. Run `terraform plan` again, with a refresh, and check what it shows before you apply it.",
                shown(before),
                shown(now)
            ),
        );
    }
    diagnostics
}

/// A value for a sentence: the beginning of a text and the first elements of a list, for the API may hold anything.
fn shown(value: &Value) -> String {
    match value {
        Value::Bool(is_on) => is_on.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("{:?}", text.chars().take(60).collect::<String>()),
        Value::List(elements) | Value::Set(elements) => {
            let first: Vec<_> = elements.iter().take(SHOWN_ELEMENTS).map(shown).collect();
            let more = match elements.len() - first.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("[{}]{more}", first.join(", "))
        }
        Value::Null => "no value".to_owned(),
        other => format!("another {}", other.kind()),
    }
}

#[cfg(test)]
mod tests;
