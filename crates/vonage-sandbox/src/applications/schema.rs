//! Checks objects against what is known of their members: none that is unknown, each of its type and within its range.

use serde_json::Value;

use super::problem::{Invalid, unknown_member};
use super::urls;
use crate::json::Object;
use crate::problem::Problem;
use crate::switches::{PutSurplus, Switches};

/// What a member of an object is.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) rule: Rule,
    /// What it is where it is left out.
    pub(super) default: Option<Leaf>,
    /// Whether answers have it, but no document knows it in a PUT.
    is_undocumented: bool,
}

pub(super) enum Rule {
    Object(&'static [Member]),
    Text,
    Flag,
    /// A whole number from the first to the second.
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    /// A URL.
    Address,
    /// A URL, or an empty text, which is none.
    AddressOrEmpty,
}

pub(super) enum Leaf {
    Flag(bool),
    Whole(i64),
    Text(&'static str),
}

impl Leaf {
    fn value(&self) -> Value {
        match *self {
            Self::Flag(flag) => flag.into(),
            Self::Whole(number) => number.into(),
            Self::Text(text) => text.into(),
        }
    }
}

impl Member {
    pub(super) const fn new(name: &'static str, rule: Rule) -> Self {
        Self {
            name,
            rule,
            default: None,
            is_undocumented: false,
        }
    }

    /// The same with a default.
    pub(super) const fn or(self, default: Leaf) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }

    pub(super) const fn undocumented(self) -> Self {
        Self {
            is_undocumented: true,
            ..self
        }
    }
}

/// A check of one request's body.
pub(super) struct Check<'a> {
    pub(super) switches: &'a Switches,
    pub(super) is_update: bool,
    /// What breaks a rule, in the order of the members.
    pub(super) invalid: Vec<Invalid>,
}

impl Check<'_> {
    /// Checks an object at `place`, and takes away what does not count. A member that nobody knows ends the check, as
    /// reading it ends for the real API; `old` has those that answers have shown.
    pub(super) fn object(
        &mut self,
        object: &mut Object,
        members: &[Member],
        old: Option<&Object>,
        place: &str,
    ) -> Result<(), Problem> {
        // A null says no more than a member that is not there.
        object.retain(|name, value| !value.is_null() || find(members, name).is_none());
        for name in object.keys().cloned().collect::<Vec<_>>() {
            let before = old.and_then(|old| old.get(&name));
            let surplus = &self.switches.applications;
            let policy = match find(members, &name) {
                Some(member) if member.is_undocumented && self.is_update => {
                    surplus.application_put_undocumented
                }
                Some(_) => PutSurplus::Accept,
                None if self.is_update && before.is_some() && before == object.get(&name) => {
                    surplus.application_put_unknown
                }
                None => PutSurplus::Reject,
            };
            match policy {
                PutSurplus::Accept => {}
                PutSurplus::Drop => {
                    object.remove(&name);
                }
                PutSurplus::Reject => {
                    return Err(unknown_member(&name, members.iter().map(|it| it.name)));
                }
            }
        }
        for member in members {
            let Some(value) = object.get_mut(member.name) else {
                continue;
            };
            let place = match place {
                "" => member.name.to_owned(),
                place => format!("{place}.{}", member.name),
            };
            let old = old.and_then(|old| old.get(member.name)?.as_object());
            self.value(value, &member.rule, old, place)?;
        }
        Ok(())
    }

    fn value(
        &mut self,
        value: &mut Value,
        rule: &Rule,
        old: Option<&Object>,
        place: String,
    ) -> Result<(), Problem> {
        let reason = match (rule, &mut *value) {
            (Rule::Object(members), Value::Object(object)) => {
                return self.object(object, members, old, &place);
            }
            (Rule::Object(_), _) => "must be an object".to_owned(),
            (Rule::Text, Value::String(_)) | (Rule::Flag, Value::Bool(_)) => return Ok(()),
            (Rule::Text, _) => "must be a string".to_owned(),
            (Rule::Flag, _) => "must be a boolean".to_owned(),
            (Rule::Whole(least, most), value) => {
                if value
                    .as_i64()
                    .is_some_and(|it| (*least..=*most).contains(&it))
                {
                    return Ok(());
                }
                format!("must be between {least} and {most}")
            }
            (Rule::OneOf(values), value) => {
                if values.iter().any(|it| *value == **it) {
                    return Ok(());
                }
                format!("must be one of: {}", values.join(", "))
            }
            (Rule::AddressOrEmpty, Value::String(text)) if text.is_empty() => return Ok(()),
            (Rule::Address | Rule::AddressOrEmpty, value) => {
                let rules = self.switches.applications.application_urls;
                match urls::check(value.as_str().unwrap_or_default(), rules) {
                    Ok(()) => return Ok(()),
                    Err(reason) => reason.to_owned(),
                }
            }
        };
        self.invalid.push(Invalid {
            name: place,
            reason,
        });
        Ok(())
    }
}

/// Fills in what is left out: as it was in `kept`, or the default.
pub(super) fn fill(object: &mut Object, members: &[Member], kept: Option<&Object>) {
    for Member {
        name,
        rule,
        default,
        ..
    } in members
    {
        let before = kept.and_then(|kept| kept.get(*name));
        match (object.get_mut(*name), rule) {
            (Some(Value::Object(inner)), Rule::Object(members)) => {
                fill(inner, members, before.and_then(Value::as_object));
            }
            (Some(_), _) => {}
            (None, _) => {
                let default = || default.as_ref().map(Leaf::value);
                let value = before.cloned().or_else(default);
                object.extend(value.map(|value| ((*name).to_owned(), value)));
            }
        }
    }
}

fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.name == name)
}
