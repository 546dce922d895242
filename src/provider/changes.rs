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
    let counts = |error: &Diagnostic| {
        let [(name, new), (_, prior)] = [new, prior].map(|object| at(object, &error.path));
        name.is_none_or(|name| new != prior || also.contains(&name))
    };
    let counts = |error: &Diagnostic| prior.is_null() || counts(error);
    let errors = problems.into_errors().filter(counts);
    if errors.is_empty() {
        return Ok(());
    }
    Err(errors)
}

/// The name of the attribute at the top to which a path leads, and the value there, as far as it leads through objects.
fn at<'v, 'p>(object: &'v Value, path: &'p AttributePath) -> (Option<&'p str>, &'v Value) {
    let mut names = path.steps().iter().map_while(|step| match step {
        Step::Attribute(name) => Some(name.as_str()),
        Step::Key(_) | Step::Index(_) => None,
    });
    let first = names.next();
    let value = first.map_or(object, |name| object.attribute(name));
    (
        first,
        names.fold(value, |value, name| value.attribute(name)),
    )
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
pub(super) fn completed(planned: Value, answered: Value) -> Value {
    match (planned, answered) {
        (Value::Object(planned), Value::Object(mut answered)) => {
            let attributes = planned.into_iter().map(|(name, value)| {
                let answered = answered.remove(&name).unwrap_or_default();
                (name, completed(value, answered))
            });
            Value::Object(attributes.collect())
        }
        (planned, _) if planned.is_wholly_known() => planned,
        (_, answered) => answered,
    }
}

/// An error at each attribute that the plan leaves as it was before, and that somebody has changed since. `now` is spelled as
/// `before` where both mean the same.
pub(super) fn changed_by_others(
    subject: &str,
    before: &Value,
    planned: &Value,
    now: &Value,
) -> Diagnostics {
    let mut changed = Vec::new();
    find_changed(
        &AttributePath::default(),
        [before, planned, now],
        &mut changed,
    );
    let mut diagnostics = Diagnostics::new();
    for (path, before, now) in changed {
        let detail = format!(
            "The plan leaves `{path}` as it is: {}. Now the API has {}. Nothing was sent, so that this change is not undone \
             unseen. Run `terraform plan` again, with a refresh, and check what it shows before you apply it.",
            excerpt(before),
            excerpt(now)
        );
        let summary = format!("{subject} was changed since the plan was made");
        diagnostics.error(path.top(), summary, detail);
    }
    diagnostics
}

/// A warning at each attribute that reads do not show as it was written, after a wait of so many seconds. `shown` is spelled as
/// `written` where both mean the same.
pub(super) fn not_shown(
    subject: &str,
    done: &str,
    seconds: u64,
    written: &Value,
    shown: &Value,
) -> Diagnostics {
    let mut differing = Vec::new();
    let path = AttributePath::default();
    find_changed(&path, [written, written, shown], &mut differing);
    let mut diagnostics = Diagnostics::new();
    for (path, written, shown) in differing {
        let detail = format!(
            "`{path}` was sent as {}, and after {seconds} s of waiting reads still show {}. The state has what was sent. If later \
             plans go on to show this as a change, the API does not take the value.",
            excerpt(written),
            excerpt(shown)
        );
        let summary = format!("{subject} was {done}, but is not visible to reads yet");
        diagnostics.warning(path.top(), summary, detail);
    }
    diagnostics
}

/// Attributes that a plan leaves alone, and that are not as they were; of objects those within.
fn find_changed<'v>(
    path: &AttributePath,
    [before, planned, now]: [&'v Value; 3],
    changed: &mut Vec<(AttributePath, &'v Value, &'v Value)>,
) {
    if let [Value::Object(_), Value::Object(_), Value::Object(names)] = [before, planned, now] {
        for name in names.keys() {
            let path = path.clone().attribute(name);
            find_changed(
                &path,
                [before, planned, now].map(|it| it.attribute(name)),
                changed,
            );
        }
    } else if planned == before && now != before {
        changed.push((path.clone(), before, now));
    }
}

/// A value for a sentence: the beginning of a text and the first elements of a list, for the API may hold anything.
fn excerpt(value: &Value) -> String {
    match value {
        Value::Bool(is_on) => is_on.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("{:?}", text.chars().take(60).collect::<String>()),
        Value::List(elements) | Value::Set(elements) => {
            let first: Vec<_> = elements.iter().take(SHOWN_ELEMENTS).map(excerpt).collect();
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
