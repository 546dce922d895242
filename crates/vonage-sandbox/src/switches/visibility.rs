//! The switch for how long reads keep showing the state from before a write (Vonage's own test waits 10 s).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::json::as_text;
use crate::span::{InvalidSpan, Span};

/// Time until reads show a write, for each kind of write. Its text is `3s`, or
/// `create=3s,update=1s,delete=500ms,users=2s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisibilityDelay {
    /// After a POST.
    pub create: Duration,
    /// After a PUT.
    pub update: Duration,
    /// After a DELETE.
    pub delete: Duration,
    /// After any write to a user, where it differs from the others.
    pub users: Option<Duration>,
}

/// The kinds of writes that may take their own time to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    /// A POST.
    Create,
    /// A PUT.
    Update,
    /// A DELETE.
    Delete,
}

/// A text that is no delay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDelay {
    /// Not a whole number with a unit.
    #[error(transparent)]
    Duration(#[from] InvalidSpan),
    /// A kind other than the four.
    #[error("{0:?} is not one of create, update, delete and users")]
    Kind(String),
}

impl VisibilityDelay {
    /// The same delay for every kind of write.
    pub fn all(delay: Duration) -> Self {
        Self {
            create: delay,
            update: delay,
            delete: delay,
            users: None,
        }
    }

    /// The delay of a write to a user, or to a domain.
    pub(crate) fn of(&self, kind: WriteKind, is_user: bool) -> Duration {
        match (kind, self.users.filter(|_| is_user)) {
            (_, Some(delay)) => delay,
            (WriteKind::Create, _) => self.create,
            (WriteKind::Update, _) => self.update,
            (WriteKind::Delete, _) => self.delete,
        }
    }
}

impl FromStr for VisibilityDelay {
    type Err = InvalidDelay;

    fn from_str(text: &str) -> Result<Self, InvalidDelay> {
        if !text.contains('=') {
            return Ok(Self::all(text.parse::<Span>()?.0));
        }
        let mut delay = Self::default();
        for part in text.split(',') {
            let (kind, value) = part
                .split_once('=')
                .ok_or_else(|| InvalidDelay::Kind(part.to_owned()))?;
            *match kind {
                "create" => &mut delay.create,
                "update" => &mut delay.update,
                "delete" => &mut delay.delete,
                "users" => delay.users.get_or_insert_default(),
                _ => return Err(InvalidDelay::Kind(kind.to_owned())),
            } = value.parse::<Span>()?.0;
        }
        Ok(delay)
    }
}

impl fmt::Display for VisibilityDelay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::all(self.create) {
            return Span(self.create).fmt(formatter);
        }
        write!(
            formatter,
            "create={},update={},delete={}",
            Span(self.create),
            Span(self.update),
            Span(self.delete)
        )?;
        match self.users {
            Some(users) => write!(formatter, ",users={}", Span(users)),
            None => Ok(()),
        }
    }
}

as_text!(VisibilityDelay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_holds_for_every_kind() {
        assert_eq!(
            "3s".parse(),
            Ok(VisibilityDelay::all(Duration::from_secs(3)))
        );
        assert_eq!("0".parse(), Ok(VisibilityDelay::default()));
        assert_eq!(
            "2m".parse(),
            Ok(VisibilityDelay::all(Duration::from_mins(2)))
        );
    }

    #[test]
    fn kinds_that_are_not_named_have_no_delay() {
        let delay: VisibilityDelay = "delete=500ms,create=3s".parse().unwrap();
        assert_eq!(delay.create, Duration::from_secs(3));
        assert_eq!(delay.update, Duration::ZERO);
        assert_eq!(delay.delete, Duration::from_millis(500));
    }

    #[test]
    fn the_text_of_a_delay_reads_back_as_the_same_delay() {
        for text in [
            "0s",
            "3s",
            "1500ms",
            "create=3s,update=0s,delete=250ms",
            "create=0s,update=0s,delete=0s,users=3s",
        ] {
            assert_eq!(text.parse::<VisibilityDelay>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_delay_is_refused() {
        for text in [
            "",
            "3",
            "s",
            "-3s",
            "3 s",
            "1.5s",
            "3h",
            "create",
            "create=",
            "rename=3s",
            "3s,create=1s",
        ] {
            assert!(text.parse::<VisibilityDelay>().is_err(), "{text:?}");
        }
    }
}
