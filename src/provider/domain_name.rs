//! The name of a SIP domain, and its rule: length from the API's specification, letters from Vonage's dashboard.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use super::caseless::caseless;

caseless! {
    /// The name of a SIP domain, right or wrong. It is part of host names, which know no case.
    DomainName;
}

impl DomainName {
    /// What is wrong with the name, a sentence or two for each mistake; empty where it is right.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let name = self.as_str();
        let mut mistakes = Vec::new();
        let shown: String = name.chars().take(60).collect();
        let length = name.chars().count();
        if !(5..=32).contains(&length) {
            let s = if length == 1 { "" } else { "s" };
            mistakes.push(format!(
                "{shown:?} has {length} character{s}; a domain name has 5 to 32."
            ));
        }
        if let Some(letter) = name.chars().find(|letter| !is_allowed(*letter)) {
            let meant = name_within(name).map_or_else(
                || "the name alone, such as \"yourcompany\"".to_owned(),
                |meant| format!("the name alone, {meant:?}"),
            );
            mistakes.push(format!(
                "{shown:?} contains {letter:?}; a domain name is made of the letters a-z, digits and dashes. Give {meant}, not \
                 the SIP host."
            ));
        }
        mistakes
    }

    /// The argument by which a lookup is given the name.
    pub(super) fn argument(attribute: &str) -> Attribute {
        Attribute::string(attribute)
            .required()
            .description("Name of the domain: 5 to 32 letters, digits or dashes.")
    }

    /// What there is to say of the name that a configuration gives by this attribute, where it is known.
    pub(super) fn check_in(config: &Value, attribute: &str) -> Diagnostics {
        let name = config.string_field(attribute).known();
        name.map(|name| Self::from(name).check(attribute))
            .unwrap_or_default()
    }

    /// An error for each mistake, and a warning for each surprise where there is none.
    pub(super) fn check(&self, attribute: &str) -> Diagnostics {
        let mistakes = self.mistakes().into_iter();
        let mut diagnostics: Diagnostics = mistakes
            .map(|mistake| {
                let path = AttributePath::root(attribute);
                Diagnostics::error_at(path, "Invalid domain name", mistake)
            })
            .collect();
        if diagnostics.is_empty() {
            for (summary, detail) in self.surprises() {
                diagnostics.warning(AttributePath::root(attribute), summary, detail);
            }
        }
        diagnostics
    }

    /// What is right by the rule, but may not work as a part of host names; summaries and details.
    fn surprises(&self) -> impl Iterator<Item = (&'static str, String)> {
        let name = self.as_str();
        let upper_case = name.chars().any(|letter| letter.is_ascii_uppercase()).then(|| {
            let detail = format!(
                "{name:?} has upper-case letters. The name becomes part of host names, which know no case, and the API may \
                 store it in lower case. Write {:?}.",
                name.to_ascii_lowercase()
            );
            ("Upper case in a domain name", detail)
        });
        let dash = (name.starts_with('-') || name.ends_with('-')).then(|| {
            let detail = format!(
                "{name:?} begins or ends with a dash. The name becomes part of host names, in which no part may do so (RFC 1123), \
                 and phones, carriers and resolvers may refuse them. Choose a name with dashes only inside."
            );
            ("Dash at the edge of a domain name", detail)
        });
        upper_case.into_iter().chain(dash)
    }
}

/// The name in a SIP host or URI, where there is one: `yourcompany` in `sip:bob@yourcompany.sip-us.nexmo.com`.
fn name_within(text: &str) -> Option<&str> {
    let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let host = host.strip_prefix("sip:").unwrap_or(host);
    let (name, _) = host.split_once('.')?;
    let is_name = (5..=32).contains(&name.len()) && name.chars().all(is_allowed);
    is_name.then_some(name)
}

fn is_allowed(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(name: &str) -> Vec<String> {
        DomainName::from(name).mistakes()
    }

    #[test]
    fn names_of_5_to_32_letters_digits_and_dashes_are_right() {
        for name in ["abcde", "Acme-1", "-----", &"x".repeat(32)] {
            assert_eq!(mistakes(name), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_name_may_be_wrong_in_two_ways_at_once() {
        assert_eq!(mistakes("a.b").len(), 2);
        assert_eq!(mistakes("").len(), 1);
        assert_eq!(
            mistakes("a"),
            ["\"a\" has 1 character; a domain name has 5 to 32."]
        );
        assert!(mistakes(&"x".repeat(10_000))[0].len() < 200);
    }

    #[test]
    fn the_name_in_a_host_or_uri_is_offered() {
        for text in [
            "yourcompany.sip-us.nexmo.com",
            "sip:yourcompany.sip-us.nexmo.com",
            "sip:bob@yourcompany.sip.nexmo.com",
        ] {
            let told = mistakes(text).concat();
            assert!(told.contains("alone, \"yourcompany\", not"), "{told}");
        }
        let told = mistakes("your company").concat();
        assert!(told.contains("such as \"yourcompany\""), "{told}");
    }
}
