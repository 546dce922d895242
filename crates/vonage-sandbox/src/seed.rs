//! What a sandbox starts with: a file, or a count of made-up domains with users, and of numbers.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use serde_json::json;

use crate::json::{Object, fields};
use crate::numbers::NUMBER;
use crate::psip::{DOMAIN, USER};
use crate::state_file::{self, Contents, FileError};

/// Where the first contents come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seed {
    /// A file in the state file's form, or a plain JSON array of domains.
    File(PathBuf),
    /// This many domains, named `seed-0001` and on, and as many numbers, from 447700900001 on, but 999 at most. Every third
    /// domain has digest authentication, and users.
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
    pub(crate) fn contents(&self) -> Result<Contents, FileError> {
        match self {
            Self::File(path) => state_file::read(path),
            Self::Count(count) => {
                let domains = (1..=*count).map(domain).collect();
                let with_users = (1..=*count).filter(|number| has_users(*number));
                let users = with_users.flat_map(users).collect();
                let numbers = (1..=*count).take(MOST_NUMBERS).map(phone).collect();
                Ok(Contents::from_iter([
                    (&DOMAIN, domains),
                    (&USER, users),
                    (&NUMBER, numbers),
                ]))
            }
        }
    }
}

/// The made-up numbers are of a block that belongs to nobody: it is kept for films.
const MOST_NUMBERS: usize = 999;

fn has_users(number: u32) -> bool {
    number.is_multiple_of(3)
}

fn name(number: u32) -> String {
    format!("seed-{number:04}")
}

/// The domain of a number, with every field that the API answers with.
fn domain(number: u32) -> Object {
    // Public addresses, but of a service that was switched off for good (RFC 7526): nobody calls from them.
    let address = format!("192.88.99.{}", number % 128);
    fields(json!({
        "name": name(number),
        "application_id": format!("00000000-0000-4000-8000-{number:012x}"),
        "acl": [address, "192.88.99.128/25"],
        "tls": "optional",
        "srtp": "optional",
        "digest_auth": has_users(number),
        "domain_type": "app",
    }))
}

/// The users of the domain of a number.
fn users(number: u32) -> [Object; 2] {
    ["pbx-1", "pbx-2"].map(|key| {
        let secret = format!("Seed-Secret-{number:04}-{key}");
        fields(json!({ "domain": name(number), "key": key, "secret": secret }))
    })
}

/// A telephone number that leads nowhere.
fn phone(number: u32) -> Object {
    fields(json!({
        "country": "GB",
        "msisdn": format!("447700900{number:03}"),
        "type": "mobile-lvn",
        "features": ["VOICE", "SMS"],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::psip::{domain, user};
    use crate::switches::Switches;

    #[test]
    fn a_number_is_a_count_and_anything_else_a_file() {
        assert_eq!("300".parse(), Ok(Seed::Count(300)));
        assert_eq!("300.json".parse(), Ok(Seed::File("300.json".into())));
    }

    #[test]
    fn made_up_domains_obey_the_rules_of_the_api() {
        let contents = Seed::Count(300).contents().unwrap();
        assert_eq!(contents.of(&DOMAIN).len(), 300);
        assert_eq!(contents.of(&DOMAIN)[299]["name"], "seed-0300");
        contents.check().unwrap();
        for made in contents.of(&DOMAIN) {
            assert_eq!(
                domain::accept(made.clone(), &Switches::default()).unwrap(),
                *made
            );
        }
        assert_eq!(contents.of(&NUMBER).len(), 300);
        let many = Seed::Count(1_001).contents().unwrap();
        assert_eq!(many.of(&NUMBER)[998]["msisdn"], "447700900999");
        assert_eq!(many.of(&NUMBER).len(), 999);
        assert_eq!(contents.of(&USER).len(), 200);
        for made in contents.of(&USER) {
            let name = made["domain"].as_str().unwrap();
            assert_eq!(
                user::accept(made.clone(), name, &Switches::default()).unwrap(),
                *made
            );
        }
    }

    #[test]
    fn a_seed_file_that_is_missing_is_an_error() {
        let missing = Seed::File("no-such-folder/seed.json".into());
        assert!(matches!(missing.contents(), Err(FileError::Read { .. })));
    }
}
