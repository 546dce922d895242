//! How many addresses: a whole number that all of IPv6 fits in, which is more than `u128` holds.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// What the rest counts up to, and how many digits of the decimal text that are.
const PART: u128 = 1_000_000_000_000_000_000;
const DIGITS: usize = 18;

/// A number of addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    parts: u128,
    /// Less than a part.
    rest: u128,
}

impl Size {
    /// From one address to another, both included.
    pub(super) fn of_range(first: u128, last: u128) -> Self {
        Self::from(last - first) + Self::from(1)
    }
}

impl From<u128> for Size {
    fn from(number: u128) -> Self {
        Self {
            parts: number / PART,
            rest: number % PART,
        }
    }
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let rest = self.rest + other.rest;
        Self {
            parts: self.parts + other.parts + rest / PART,
            rest: rest % PART,
        }
    }
}

impl Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), Add::add)
    }
}

/// Plain digits.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts {
            0 => write!(f, "{}", self.rest),
            parts => write!(f, "{parts}{:0DIGITS$}", self.rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_of_both_families_are_counted_exactly() {
        let ipv4 = Size::of_range(0, u32::MAX.into());
        assert_eq!(ipv4.to_string(), "4294967296");
        let ipv6 = Size::of_range(0, u128::MAX);
        assert_eq!(ipv6.to_string(), "340282366920938463463374607431768211456");
        assert_eq!(
            (ipv4 + ipv6).to_string(),
            "340282366920938463463374607436063178752"
        );
    }

    #[test]
    fn sizes_are_ordered_and_printed_across_the_parts() {
        let below = Size::of_range(1, PART - 1);
        let part = below + Size::from(1);
        assert_eq!(below.to_string(), "9".repeat(DIGITS));
        assert_eq!(part.to_string(), format!("1{}", "0".repeat(DIGITS)));
        assert_eq!(part, Size::of_range(1, PART));
        assert!(below < part);
    }
}
