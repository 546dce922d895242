//! A length of time as text: `500ms`, `3s`, `1m`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::json::as_text;

/// A whole number of milliseconds, seconds or minutes; `0` needs no unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span(pub Duration);

/// A text that is no length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a duration such as 500ms, 3s or 1m")]
pub struct InvalidSpan(String);

impl FromStr for Span {
    type Err = InvalidSpan;

    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        let invalid = || InvalidSpan(text.to_owned());
        if text == "0" {
            return Ok(Self::default());
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let number: u32 = number.parse().map_err(|_| invalid())?;
        let unit = match unit {
            "ms" => Duration::from_millis(1),
            "s" => Duration::from_secs(1),
            "m" => Duration::from_mins(1),
            _ => return Err(invalid()),
        };
        Ok(Self(unit * number))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.subsec_millis() == 0 {
            write!(formatter, "{}s", self.0.as_secs())
        } else {
            write!(formatter, "{}ms", self.0.as_millis())
        }
    }
}

as_text!(Span);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_span_reads_back_as_the_same_span() {
        for text in ["0s", "3s", "1500ms", "120s"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        assert_eq!("2m".parse(), Ok(Span(Duration::from_mins(2))));
        assert_eq!("0".parse(), Ok(Span::default()));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "3", "s", "-3s", "3 s", "1.5s", "3h", "99999999999s"] {
            assert!(text.parse::<Span>().is_err(), "{text:?}");
        }
    }
}
