//! The hosts under which a SIP domain answers (Programmable SIP guide, Domain Based Routing).

use tfplugin::value::Value;

/// The regions in which every domain answers.
pub(super) const REGIONS: [&str; 3] = ["us", "eu", "ap"];

/// What hosts end in where nothing else is said: the domain in the Programmable SIP guide.
pub(super) const DEFAULT_BASE_DOMAIN: &str = "nexmo.com";

/// What hosts end in at Vonage.
const VONAGES: [&str; 2] = [DEFAULT_BASE_DOMAIN, "vonage.com"];

/// Whether SIP hosts of Vonage end in this.
pub(super) fn is_vonages(base_domain: &str) -> bool {
    VONAGES
        .iter()
        .any(|it| it.eq_ignore_ascii_case(base_domain))
}

/// Checks the domain that hosts end in. The error continues the sentence `The value of … `.
pub(super) fn base_domain(text: String) -> Result<String, String> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric_end = text
        .rsplit('.')
        .next()
        .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if text.len() <= 253 && text.split('.').all(label) && !numeric_end {
        return Ok(text);
    }
    Err(format!(
        "is {text:?}, which is not a DNS name. Give the part behind the region of a SIP host name, such as \
         \"nexmo.com\" or \"vonage.com\"."
    ))
}

pub(super) fn host(name: &str, region: &str, base_domain: &str) -> String {
    format!("{name}.sip-{region}.{base_domain}")
}

/// The host of a domain in each region.
pub(super) fn regional(name: &str, base_domain: &str) -> Value {
    let host = |region: &str| (region.to_owned(), host(name, region, base_domain).into());
    Value::Map(REGIONS.into_iter().map(host).collect())
}
