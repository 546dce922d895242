//! The names of what a run makes: they say that it is the probe's, and of which run.

use super::random::{self, NoRandomness};

const PREFIX: &str = "tfprobe-";
const DIGITS: usize = 12;

/// The suffixes of all domains that a run may make.
pub(super) const DOMAINS: [&str; 10] = [
    MAIN,
    PLAIN,
    RENAMED,
    TRUNK,
    SECOND_TRUNK,
    PUT,
    STRAY,
    DASH,
    UPPER,
    UNKNOWN,
];
pub(super) const MAIN: &str = "";
pub(super) const PLAIN: &str = "-plain";
pub(super) const RENAMED: &str = "-renamed";
pub(super) const TRUNK: &str = "-trunk";
pub(super) const SECOND_TRUNK: &str = "-trunk-2";
/// For a PUT of a domain that is not there.
pub(super) const PUT: &str = "-put";
/// For a domain whose application is not there.
pub(super) const STRAY: &str = "-stray";
pub(super) const DASH: &str = "-d-";
pub(super) const UPPER: &str = "-U";
/// Never made.
pub(super) const UNKNOWN: &str = "-unknown";

/// A run, by what all its names begin with: `tfprobe-` and twelve random hexadecimal digits.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Run(String);

impl Run {
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        Ok(Self(format!("{PREFIX}{}", random::hex(DIGITS)?)))
    }

    /// The run that an object of this name is of, if it is one of a probe. Other names that begin alike are not.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let rest = name.strip_prefix(PREFIX)?;
        let (digits, suffix) = rest.split_at_checked(DIGITS)?;
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_own = digits.bytes().all(is_hex) && (suffix.is_empty() || suffix.starts_with('-'));
        is_own.then(|| Self(format!("{PREFIX}{digits}")))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn named(&self, suffix: &str) -> String {
        format!("{}{suffix}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_knows_its_own_names_and_no_others() {
        let run = Run::new().unwrap();
        for suffix in DOMAINS {
            let name = run.named(suffix);
            assert_eq!(Run::of(&name), Some(run.clone()), "{name}");
            assert!((5..=32).contains(&name.len()), "{name}");
        }
        for other in [
            "",
            "tfprobe",
            "tfprobe-",
            "tfprobe-office",
            "tfprobe-0123456789a",
            "tfprobe-0123456789abc",
            "tfprobe-0123456789AB",
            "tfprobe-0123456789abx-y",
            "TFPROBE-0123456789ab",
            "xtfprobe-0123456789ab",
            "tfprobe-0123456789é",
        ] {
            assert_eq!(Run::of(other), None, "{other}");
        }
    }
}
