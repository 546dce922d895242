//! The rules of a domain in the body of a POST or PUT, as specifications 1.0.0 and 1.2.0 give them.

use serde_json::{Value, json};

use super::cidr::{self, Block};
use super::json::Object;
use super::problem::{self, Problem};
use super::switches::{AclIpv6, Switches};

/// The domain as it is stored: checked, defaults filled in, fields that are not known kept.
pub(super) fn accept(mut domain: Object, switches: &Switches) -> Result<Object, Problem> {
    // A null says no more than a field that is not there.
    domain.retain(|_, value| !value.is_null());
    let trunk = choice(&mut domain, "domain_type", &["app", "trunk"])? == "trunk";
    let missing = |field: &str| !domain.contains_key(field);
    if missing("name") || missing("acl") || (missing("application_id") && !trunk) {
        return Err(problem::lacks_fields());
    }
    check_name(&domain)?;
    check_application(&domain)?;
    choice(&mut domain, "tls", &["optional", "always", "never"])?;
    choice(&mut domain, "srtp", &["optional", "always", "never"])?;
    let digest = digest_auth(&mut domain)?;
    check_acl(&domain, digest, switches)?;
    Ok(domain)
}

/// 5 to 32 letters, digits and dashes (help of the SIP dashboard): the name becomes a host's label.
fn check_name(domain: &Object) -> Result<(), Problem> {
    let Some(name) = domain.get("name").and_then(Value::as_str) else {
        return Err(problem::unprocessable("name must be a string"));
    };
    if !(5..=32).contains(&name.len())
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(problem::unprocessable(
            "name must be 5 to 32 letters, digits or dashes",
        ));
    }
    Ok(())
}

/// Whether the application exists is not checked: the sandbox has none.
fn check_application(domain: &Object) -> Result<(), Problem> {
    match domain.get("application_id") {
        Some(Value::String(id)) if is_uuid(id) => Ok(()),
        Some(_) => Err(problem::unprocessable("application_id must be a UUID")),
        None => Ok(()),
    }
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The value of an enumerated field, which is set to the first of `values` where it is missing.
fn choice(
    domain: &mut Object,
    field: &str,
    values: &[&'static str],
) -> Result<&'static str, Problem> {
    let sent = domain
        .entry(field)
        .or_insert_with(|| values.first().copied().into());
    values
        .iter()
        .find(|value| *sent == **value)
        .copied()
        .ok_or_else(|| {
            problem::unprocessable(&format!("{field} must be one of {}", values.join(", ")))
        })
}

/// The flag, stored as a boolean. Vonage's own test sends it as the strings `"True"` and `"False"`, and is understood.
fn digest_auth(domain: &mut Object) -> Result<bool, Problem> {
    let flag = match domain.get("digest_auth") {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
        Some(_) => return Err(problem::unprocessable("digest_auth must be a boolean")),
    };
    domain.insert("digest_auth".into(), json!(flag));
    Ok(flag)
}

fn check_acl(domain: &Object, digest: bool, switches: &Switches) -> Result<(), Problem> {
    let Some(entries) = domain.get("acl").and_then(Value::as_array) else {
        return Err(problem::unprocessable("acl must be an array of strings"));
    };
    if entries.is_empty() && !digest {
        return Err(problem::lacks_fields());
    }
    if let Some(max) = switches.acl_max.filter(|max| entries.len() > *max) {
        return Err(problem::unprocessable(&format!(
            "acl must have at most {max} entries"
        )));
    }
    for (index, entry) in entries.iter().enumerate() {
        let taken = match entry.as_str().and_then(cidr::parse) {
            Some(Block::V4(..)) => true,
            Some(Block::V6(..)) => switches.acl_ipv6 == AclIpv6::Accept,
            None => false,
        };
        if !taken {
            return Err(problem::unprocessable(&format!(
                "acl[{index}] is not an IP address or a CIDR block"
            )));
        }
    }
    Ok(())
}
