//! Terraform's `number`: an exact decimal of any size.

use std::fmt;

/// The largest number of significant digits that is accepted, far above the 155 that Terraform's 512 bits can hold exactly,
/// and enough for the exact expansion of every `f64`.
const MAX_DIGITS: usize = 1100;

/// The largest exponent of ten, either way, that is accepted. A bound keeps hostile input from asking for gigabytes of zeros.
const MAX_EXPONENT: i64 = 100_000;

/// An exact decimal number: `±digits × 10^exponent`.
///
/// The form is canonical, so that derived equality is numeric equality. The derived order is total but not numeric: it only
/// serves to sort the elements of sets.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    digits: String,
    exponent: i64,
}

/// Text that is no decimal number, or one out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNumber {
    /// The text does not have the form of a decimal number.
    #[error("not a decimal number")]
    Syntax,
    /// The number has more digits, or a larger exponent, than any host can have sent in earnest.
    #[error("a number with too many digits")]
    TooLarge,
    /// Infinity or not-a-number.
    #[error("not a finite number")]
    NotFinite,
}

impl Number {
    /// Parses decimal text such as `-12.50e3`.
    pub fn parse(text: &str) -> Result<Self, InvalidNumber> {
        let (negative, unsigned) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..).unwrap_or_default()),
            Some(b'+') => (false, text.get(1..).unwrap_or_default()),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return Err(InvalidNumber::Syntax);
        }
        let places = i64::try_from(fraction.len()).map_err(|_| InvalidNumber::TooLarge)?;
        let number = Self::canonical(negative, &format!("{whole}{fraction}"), exponent - places);
        if number.digits.len() > MAX_DIGITS || number.exponent.abs() > MAX_EXPONENT {
            return Err(InvalidNumber::TooLarge);
        }
        Ok(number)
    }

    /// The exact value of a binary floating-point number.
    pub fn from_f64(value: f64) -> Result<Self, InvalidNumber> {
        if !value.is_finite() {
            return Err(InvalidNumber::NotFinite);
        }
        // 1,074 decimals are enough to print every `f64` exactly.
        let text = format!("{value:.1074}");
        Self::parse(&text)
    }

    /// The value as an integer, where it is one that fits.
    pub fn to_i64(&self) -> Option<i64> {
        let magnitude = self.magnitude()?;
        if self.negative {
            0_i64.checked_sub_unsigned(magnitude)
        } else {
            i64::try_from(magnitude).ok()
        }
    }

    /// The value as an unsigned integer, where it is one that fits.
    pub fn to_u64(&self) -> Option<u64> {
        if self.negative {
            return None;
        }
        self.magnitude()
    }

    /// Whether the value has no fraction.
    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The binary floating-point number that is exactly this value, where there is one.
    pub(crate) fn to_exact_f64(&self) -> Option<f64> {
        let nearest: f64 = self.to_string().parse().ok()?;
        (Self::from_f64(nearest).as_ref() == Ok(self)).then_some(nearest)
    }

    fn canonical(negative: bool, digits: &str, exponent: i64) -> Self {
        let digits = digits.trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        let is_zero = significant.is_empty();
        let zeros = i64::try_from(digits.len() - significant.len()).unwrap_or(i64::MAX);
        Self {
            negative: negative && !is_zero,
            digits: significant.to_owned(),
            exponent: if is_zero {
                0
            } else {
                exponent.saturating_add(zeros)
            },
        }
    }

    /// The integer without its sign; `None` for fractions, and for what does not fit.
    fn magnitude(&self) -> Option<u64> {
        let zeros = u32::try_from(self.exponent).ok()?;
        if self.digits.is_empty() {
            return Some(0);
        }
        let digits: u64 = self.digits.parse().ok()?;
        digits.checked_mul(10_u64.checked_pow(zeros)?)
    }
}

fn parse_exponent(text: &str) -> Result<i64, InvalidNumber> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidNumber::Syntax);
    }
    match text.parse::<i64>() {
        Ok(exponent) if exponent.abs() <= MAX_EXPONENT => Ok(exponent),
        _ => Err(InvalidNumber::TooLarge),
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::canonical(value < 0, &value.unsigned_abs().to_string(), 0)
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self::canonical(false, &value.to_string(), 0)
    }
}

/// The shortest exact text: plain digits where that is short, scientific notation otherwise.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negative {
            formatter.write_str("-")?;
        }
        if self.digits.is_empty() {
            return formatter.write_str("0");
        }
        match usize::try_from(self.exponent) {
            Ok(zeros) if zeros <= 40 => write!(formatter, "{}{}", self.digits, "0".repeat(zeros)),
            _ => self.write_fraction(formatter),
        }
    }
}

impl Number {
    fn write_fraction(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if self.exponent > 0 || places > self.digits.len() + 40 {
            return write!(formatter, "{}e{}", self.digits, self.exponent);
        }
        match self.digits.len().checked_sub(places) {
            Some(point) if point > 0 => {
                let (whole, fraction) = self.digits.split_at(point);
                write!(formatter, "{whole}.{fraction}")
            }
            _ => {
                let zeros = "0".repeat(places.saturating_sub(self.digits.len()));
                write!(formatter, "0.{zeros}{}", self.digits)
            }
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn spellings_of_one_value_are_equal() {
        for spelling in ["1500", "1.5e3", "+1500.000", "15E2", "0001500", "150000e-2"] {
            assert_eq!(number(spelling), number("1500"), "{spelling}");
        }
        assert_eq!(number("-0.0"), number("0"));
        assert_eq!(number("0e7"), Number::from(0_i64));
    }

    #[test]
    fn different_values_are_different() {
        assert_ne!(number("0.1"), Number::from_f64(0.1).unwrap());
        assert_ne!(
            number("12345678901234567890123"),
            number("12345678901234567890124")
        );
        assert_ne!(number("-1"), number("1"));
    }

    #[test]
    fn text_that_is_no_number_is_refused() {
        for text in [
            "", "-", ".", "1.2.3", "0x10", "1e", "1e+", "NaN", "inf", " 1", "1 ", "1_000", "--1",
            "٣",
        ] {
            assert_eq!(Number::parse(text), Err(InvalidNumber::Syntax), "{text}");
        }
    }

    #[test]
    fn numbers_out_of_bounds_are_refused_without_building_them() {
        assert_eq!(Number::parse("1e999999999"), Err(InvalidNumber::TooLarge));
        assert_eq!(
            Number::parse("1e99999999999999999999"),
            Err(InvalidNumber::TooLarge)
        );
        assert_eq!(
            Number::parse(&"7".repeat(MAX_DIGITS + 1)),
            Err(InvalidNumber::TooLarge)
        );
        assert_eq!(
            Number::from_f64(f64::INFINITY),
            Err(InvalidNumber::NotFinite)
        );
        assert_eq!(Number::from_f64(f64::NAN), Err(InvalidNumber::NotFinite));
    }

    #[test]
    fn the_extremes_of_each_kind_survive() {
        for value in [i64::MIN, -10, 0, 10, i64::MAX] {
            assert_eq!(Number::from(value).to_i64(), Some(value));
        }
        assert_eq!(Number::from(u64::MAX).to_u64(), Some(u64::MAX));
        assert_eq!(Number::from(u64::MAX).to_i64(), None);
        for value in [f64::MAX, f64::MIN_POSITIVE, 5e-324, 0.1, -2.5] {
            assert_eq!(Number::from_f64(value).unwrap().to_exact_f64(), Some(value));
        }
        assert_eq!(number("0.1").to_exact_f64(), None);
        assert_eq!(number("1e400").to_exact_f64(), None);
    }

    #[test]
    fn what_fits_no_integer_gives_none() {
        for text in ["9223372036854775808", "-9223372036854775809", "1e19", "0.5"] {
            assert_eq!(number(text).to_i64(), None, "{text}");
        }
        for text in ["18446744073709551616", "1e20", "1e99999", "-1", "2.5"] {
            assert_eq!(number(text).to_u64(), None, "{text}");
        }
        assert!(number("1e3").is_integer());
        assert!(number("0").is_integer());
        assert!(!number("0.5").is_integer());
    }

    proptest! {
        #[test]
        fn printed_text_parses_to_the_same_number(text in "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,3})?") {
            let number = number(&text);
            prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
        }

        #[test]
        fn every_finite_float_survives(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(Number::from_f64(value).unwrap().to_exact_f64(), Some(value));
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = Number::parse(&text);
        }
    }
}
