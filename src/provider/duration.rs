//! Durations as Terraform's world writes them: `30s`, `1m30s`, `1.5h` (the syntax of Go's `time.ParseDuration`).

use std::time::Duration;

/// A text that is no duration. `Display` says what a duration looks like, and never repeats the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum InvalidDuration {
    #[error("a duration is expected, such as \"30s\", \"1m30s\" or \"1.5h\"")]
    Empty,
    #[error("the number has no unit; write \"30s\" for 30 seconds")]
    MissingUnit,
    #[error(
        "a number with a unit (ns, us, ms, s, m, h) is expected, such as \"30s\", \"1m30s\" or \"1.5h\""
    )]
    Syntax,
    #[error("the unit is unknown; the units are ns, us, ms, s, m and h")]
    UnknownUnit,
    #[error("a duration cannot be negative here")]
    Negative,
    /// More than about 292 years, the largest duration that Go has.
    #[error("the duration is too long")]
    TooLong,
}

/// Go keeps durations in a signed 64-bit count of nanoseconds.
const LONGEST_NANOSECONDS: u128 = i64::MAX as u128;

/// Reads a duration such as `30s`, `1m30s`, `500ms` or `1.5h`; `0` alone needs no unit.
pub(super) fn parse_duration(text: &str) -> Result<Duration, InvalidDuration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    match rest {
        "" => return Err(InvalidDuration::Empty),
        "0" => return Ok(Duration::ZERO),
        _ if rest.starts_with('-') => return Err(InvalidDuration::Negative),
        _ => {}
    }
    let mut total: u128 = 0;
    while !rest.is_empty() {
        let (nanoseconds, after) = component(rest)?;
        total += nanoseconds;
        if total > LONGEST_NANOSECONDS {
            return Err(InvalidDuration::TooLong);
        }
        rest = after;
    }
    u64::try_from(total)
        .map(Duration::from_nanos)
        .map_err(|_| InvalidDuration::TooLong)
}

/// Takes one number with its unit off the front: its nanoseconds, and what follows.
fn component(text: &str) -> Result<(u128, &str), InvalidDuration> {
    let (whole, rest) = split_digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(after_point) => split_digits(after_point),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(InvalidDuration::Syntax);
    }
    let unit_end = rest
        .find(|c: char| c == '.' || c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(unit_end);
    let unit = unit_nanoseconds(unit)?;
    let whole: u64 = match whole {
        "" => 0,
        digits => digits.parse().map_err(|_| InvalidDuration::TooLong)?,
    };
    let nanoseconds = u128::from(whole) * unit + fraction_nanoseconds(fraction, unit);
    Ok((nanoseconds, rest))
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn unit_nanoseconds(unit: &str) -> Result<u128, InvalidDuration> {
    match unit {
        "" => Err(InvalidDuration::MissingUnit),
        "ns" => Ok(1),
        // Go takes both spellings of the micro sign.
        "us" | "\u{b5}s" | "\u{3bc}s" => Ok(1_000),
        "ms" => Ok(1_000_000),
        "s" => Ok(1_000_000_000),
        "m" => Ok(60_000_000_000),
        "h" => Ok(3_600_000_000_000),
        _ => Err(InvalidDuration::UnknownUnit),
    }
}

/// The part of a unit behind the decimal point; digits below a nanosecond are cut off, as Go does.
fn fraction_nanoseconds(digits: &str, unit: u128) -> u128 {
    // An hour has 13 digits of nanoseconds, so what stands behind the 15th digit cannot matter.
    let mut value = 0;
    let mut scale = 1;
    for digit in digits.bytes().take(15) {
        value = value * 10 + u128::from(digit - b'0');
        scale *= 10;
    }
    value * unit / scale
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for (text, milliseconds) in [
            ("30s", 30_000),
            ("1m30s", 90_000),
            ("500ms", 500),
            ("1.5h", 5_400_000),
            (".5s", 500),
            ("1.s", 1_000),
            ("+2m", 120_000),
            ("0", 0),
            ("1h0m0.25s", 3_600_250),
        ] {
            assert_eq!(
                parse_duration(text),
                Ok(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        assert_eq!(parse_duration("3us2ns"), Ok(Duration::from_nanos(3_002)));
        assert_eq!(parse_duration("1\u{b5}s"), Ok(Duration::from_micros(1)));
    }

    #[test]
    fn every_mistake_has_its_own_answer() {
        use InvalidDuration as I;
        for (text, expected) in [
            ("", I::Empty),
            ("+", I::Empty),
            ("30", I::MissingUnit),
            ("1m30", I::MissingUnit),
            ("-5s", I::Negative),
            ("5 s", I::UnknownUnit),
            ("5d", I::UnknownUnit),
            ("5S", I::UnknownUnit),
            ("s", I::Syntax),
            (".s", I::Syntax),
            (" 5s", I::Syntax),
            ("99999999999999999999s", I::TooLong),
            ("9999999h", I::TooLong),
        ] {
            assert_eq!(parse_duration(text), Err(expected), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_in_milliseconds_comes_back(milliseconds in 0u64..100_000_000_000) {
            let text = format!("{milliseconds}ms");
            prop_assert_eq!(parse_duration(&text), Ok(Duration::from_millis(milliseconds)));
        }

        #[test]
        fn any_text_gives_an_answer(text in "[0-9.hmsnu+-]{0,40}") {
            let _ = parse_duration(&text);
        }
    }
}
