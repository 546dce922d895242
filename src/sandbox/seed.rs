//! What a sandbox starts with: a file, or a number of made-up domains.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use serde_json::json;

use super::contents::Contents;
use super::json::Object;
use super::persist::{self, FileError};

/// Where the first contents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seed {
    /// A file in the state file's form, or a plain JSON array of domains.
    File(PathBuf),
    /// This many domains, named `seed-0001` and on.
    Count(u32),
}

/// A whole number is a count, everything else a file.
impl FromStr for Seed {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text
            .parse()
            .map_or_else(|_| Self::File(text.into()), Self::Count))
    }
}

impl Seed {
    /// The contents that the seed stands for.
    pub(super) fn contents(&self) -> Result<Contents, FileError> {
        match self {
            Self::File(path) => persist::read(path),
            Self::Count(count) => Ok(Contents {
                domains: (1..=*count).map(domain).collect(),
                users: Vec::new(),
            }),
        }
    }
}

/// The domain of a number, with every field that the API answers with.
fn domain(number: u32) -> Object {
    [
        ("name", json!(format!("seed-{number:04}"))),
        (
            "application_id",
            json!(format!("00000000-0000-4000-8000-{number:012x}")),
        ),
        // Addresses kept for documentation: nobody's, so that nothing real is ever let in.
        (
            "acl",
            json!([format!("198.51.100.{}", number % 256), "203.0.113.0/24"]),
        ),
        ("tls", json!("optional")),
        ("srtp", json!("optional")),
        ("digest_auth", json!(false)),
        ("domain_type", json!("app")),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::domain;
    use crate::sandbox::switches::Switches;

    #[test]
    fn a_number_is_a_count_and_anything_else_a_file() {
        assert_eq!("300".parse(), Ok(Seed::Count(300)));
        assert_eq!("300.json".parse(), Ok(Seed::File("300.json".into())));
    }

    #[test]
    fn made_up_domains_obey_the_rules_of_the_api() {
        let contents = Seed::Count(300).contents().unwrap();
        assert_eq!(contents.domains.len(), 300);
        assert_eq!(contents.domains[299]["name"], "seed-0300");
        contents.check().unwrap();
        for made in contents.domains {
            assert_eq!(
                domain::accept(made.clone(), &Switches::default()).unwrap(),
                made
            );
        }
    }

    #[test]
    fn a_seed_file_that_is_missing_is_an_error() {
        let missing = Seed::File("no-such-folder/seed.json".into());
        assert!(matches!(missing.contents(), Err(FileError::Read { .. })));
    }
}
