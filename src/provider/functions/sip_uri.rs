//! `sip_uri`: the address that a call to a user of a domain is sent to.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tfplugin::function::{Function, FunctionError, Parameter, Signature};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::text;
use crate::provider::domain_name::DomainName;
use crate::provider::hosts;

const DESCRIPTION: &str = "The SIP URI `sip:<user>@<domain>.sip-<region>.nexmo.com`. A URI without a region fails the call, so \
the region must be given.\n\nA function cannot depend on the provider's configuration, so the URI always ends in `nexmo.com`, \
the default of `sip_base_domain`. Where that is set to something else, build the URI from the attribute `regional_hosts` of \
`vonage_sip_domain`, which follows the configuration.";

/// What may stand in the user part of a SIP URI besides letters and digits: `mark` and `user-unreserved` of RFC 3261,
/// section 25.1.
const USER_SIGNS: &str = "-_.!~*'()&=+$,;?/";

const SHOWN: usize = 60;

pub(super) struct SipUri;

impl Function for SipUri {
    fn name(&self) -> &'static str {
        "sip_uri"
    }

    fn signature(&self) -> Signature {
        let parameters = [
            (
                "user",
                "The user part: what the application sees as the number that was called. Letters, digits and \
                 `-_.!~*'()&=+$,;?/`; any other character as `%` and two hexadecimal digits for each of its bytes (RFC \
                 3261, section 25.1).",
            ),
            (
                "domain",
                "Name of the SIP domain: 5 to 32 letters, digits or dashes.",
            ),
            (
                "region",
                "Where the call enters the network: `\"us\"`, `\"eu\"` or `\"ap\"`.",
            ),
        ];
        Signature {
            parameters: parameters
                .map(|(name, description)| Parameter::new(name, Type::String, description))
                .into(),
            variadic: None,
            result: Type::String,
            summary: "The SIP URI of a user of a domain in a region".to_owned(),
            description: DESCRIPTION.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let [user, domain, region] = [0, 1, 2].map(|position| text(arguments, position));
        let mistakes = [
            ("user", user_mistake(user)),
            ("domain", domain_mistake(domain)),
            ("region", region_mistake(region)),
        ];
        if let Some(error) = error(mistakes) {
            return Err(error);
        }
        let host = hosts::host(domain, region, hosts::DEFAULT_BASE_DOMAIN);
        Ok(format!("sip:{user}@{host}").into())
    }
}

/// All mistakes at once: at the first argument that has one, and by name for the others, as an error has one place only.
fn error(mistakes: [(&str, Option<String>); 3]) -> Option<FunctionError> {
    let mut wrong = mistakes
        .into_iter()
        .enumerate()
        .filter_map(|(position, (name, mistake))| Some((position, name, mistake?)));
    let (position, _, mut text) = wrong.next()?;
    for (_, name, mistake) in wrong {
        text = format!("{text}\nalso `{name}`: {mistake}");
    }
    Some(FunctionError {
        text,
        argument: Some(position),
    })
}

fn user_mistake(user: &str) -> Option<String> {
    if user.is_empty() {
        return Some("it is empty; a SIP URI needs a user, such as \"support\"".to_owned());
    }
    let wrong = first_wrong(user)?;
    let shown: String = user.chars().take(SHOWN).collect();
    let escaped = escape(wrong);
    let why = if wrong == '%' {
        "\"%\" without two hexadecimal digits after it".to_owned()
    } else {
        format!("{wrong:?}, which a user part cannot hold as it is")
    };
    let is_uri = user.contains('@') || user.starts_with("sip:") || user.starts_with("sips:");
    let hint = if is_uri {
        " Give the user alone, without scheme and host."
    } else {
        ""
    };
    Some(format!(
        "{shown:?} contains {why}; write {escaped:?} in its place.{hint}"
    ))
}

/// The first character that is neither allowed nor part of an escape.
fn first_wrong(user: &str) -> Option<char> {
    let is_hexadecimal = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_hexdigit());
    let mut letters = user.chars();
    while let Some(letter) = letters.next() {
        let is_right = match letter {
            '%' => is_hexadecimal(letters.next()) && is_hexadecimal(letters.next()),
            _ => letter.is_ascii_alphanumeric() || USER_SIGNS.contains(letter),
        };
        if !is_right {
            return Some(letter);
        }
    }
    None
}

/// A character as RFC 3261 escapes it, byte by byte.
fn escape(letter: char) -> String {
    utf8_percent_encode(&letter.to_string(), NON_ALPHANUMERIC).to_string()
}

fn domain_mistake(domain: &str) -> Option<String> {
    let mistakes = DomainName::from(domain).mistakes();
    (!mistakes.is_empty()).then(|| mistakes.join(" "))
}

fn region_mistake(region: &str) -> Option<String> {
    if hosts::REGIONS.contains(&region) {
        return None;
    }
    let shown: String = region.chars().take(SHOWN).collect();
    let meant = hosts::REGIONS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(region.trim()));
    let advice = meant.map_or_else(
        || "a SIP URI without a region fails the call".to_owned(),
        |known| format!("write {known:?}"),
    );
    Some(format!(
        "{shown:?} is not one of \"us\", \"eu\", \"ap\"; {advice}."
    ))
}

#[cfg(test)]
mod tests;
