//! The rules of a domain in the body of a POST or PUT, as specifications 1.0.0 and 1.2.0 give them.

use serde_json::{Value, json};

use super::acl;
use super::problem::{self, Problem, unprocessable};
use crate::json::Object;
use crate::switches::{
    AclEmpty, NameCase, Policy, Surplus, Switches, TlsSrtp, TrunkApplication, TrunkName,
};

/// The fields that a document names, `trunk_name` among them, which one client knows.
const KNOWN: [&str; 8] = [
    "name",
    "application_id",
    "acl",
    "tls",
    "srtp",
    "digest_auth",
    "domain_type",
    "trunk_name",
];

/// The domain as it is stored: checked, defaults filled in, fields that are not known as `unknown_fields` says.
pub(crate) fn accept(mut domain: Object, switches: &Switches) -> Result<Object, Problem> {
    // A null says no more than a field that is not there.
    domain.retain(|_, value| !value.is_null());
    check_unknown_fields(&mut domain, switches.unknown_fields)?;
    let trunk = choice(&mut domain, "domain_type", &["app", "trunk"])? == "trunk";
    let missing = |field: &str| !domain.contains_key(field);
    let needs_application = !trunk || switches.trunk_application == TrunkApplication::Required;
    if missing("name") || missing("acl") || (missing("application_id") && needs_application) {
        return Err(problem::lacks_fields());
    }
    if trunk
        && !missing("application_id")
        && switches.trunk_application == TrunkApplication::Rejected
    {
        return Err(unprocessable("application_id is not for trunks"));
    }
    check_name(&mut domain, switches)?;
    check_application(&domain)?;
    let tls = choice(&mut domain, "tls", &["optional", "always", "never"])?;
    let srtp = choice(&mut domain, "srtp", &["optional", "always", "never"])?;
    if switches.tls_srtp == TlsSrtp::Tied && srtp == "always" && tls != "always" {
        return Err(unprocessable("srtp always needs tls always"));
    }
    let digest = digest_auth(&mut domain)?;
    check_acl(&mut domain, digest, switches)?;
    name_trunk(&mut domain, trunk, switches.trunk_name);
    Ok(domain)
}

fn check_unknown_fields(domain: &mut Object, switch: Surplus) -> Result<(), Problem> {
    let is_known = |field: &String| KNOWN.contains(&field.as_str());
    match switch {
        Surplus::Keep => {}
        Surplus::Drop => domain.retain(|field, _| is_known(field)),
        Surplus::Reject => {
            if let Some(field) = domain.keys().find(|field| !is_known(field)) {
                return Err(unprocessable(&format!("unknown field {field}")));
            }
        }
    }
    Ok(())
}

fn name_trunk(domain: &mut Object, is_trunk: bool, switch: TrunkName) {
    match switch {
        TrunkName::Drop => {
            domain.remove("trunk_name");
        }
        TrunkName::Invent if is_trunk => {
            let name = domain.get("name").cloned().unwrap_or_default();
            domain.entry("trunk_name").or_insert(name);
        }
        TrunkName::Keep | TrunkName::Invent => {}
    }
}

/// 5 to 32 letters, digits and dashes (help of the SIP dashboard): the name becomes a host's label.
fn check_name(domain: &mut Object, switches: &Switches) -> Result<(), Problem> {
    let Some(name) = domain.get("name").and_then(Value::as_str) else {
        return Err(unprocessable("name must be a string"));
    };
    if !(5..=32).contains(&name.len())
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return Err(unprocessable(
            "name must be 5 to 32 letters, digits or dashes",
        ));
    }
    if switches.name_dash == Policy::Reject && (name.starts_with('-') || name.ends_with('-')) {
        return Err(unprocessable("name must not begin or end with a dash"));
    }
    let folded = name.to_ascii_lowercase();
    match switches.name_case {
        NameCase::Reject if folded != name => Err(unprocessable("name must be in lower case")),
        NameCase::Fold => {
            domain.insert("name".into(), folded.into());
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_application(domain: &Object) -> Result<(), Problem> {
    match domain.get("application_id") {
        Some(Value::String(id)) if is_uuid(id) => Ok(()),
        Some(_) => Err(unprocessable("application_id must be a UUID")),
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
        .ok_or_else(|| unprocessable(&format!("{field} must be one of {}", values.join(", "))))
}

/// The flag, stored as a boolean. Vonage's own test sends it as the strings `"True"` and `"False"`, and is understood.
fn digest_auth(domain: &mut Object) -> Result<bool, Problem> {
    let flag = match domain.get("digest_auth") {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => true,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => false,
        Some(_) => return Err(unprocessable("digest_auth must be a boolean")),
    };
    domain.insert("digest_auth".into(), json!(flag));
    Ok(flag)
}

/// Checks the entries, and puts those in place that are to be stored.
fn check_acl(domain: &mut Object, digest: bool, switches: &Switches) -> Result<(), Problem> {
    let Some(entries) = domain.get("acl").and_then(Value::as_array) else {
        return Err(unprocessable("acl must be an array of strings"));
    };
    let may_be_empty = match switches.acl_empty {
        AclEmpty::WithDigest => digest,
        AclEmpty::Reject => false,
        AclEmpty::Accept => true,
    };
    if entries.is_empty() && !may_be_empty {
        return Err(problem::lacks_fields());
    }
    let stored = acl::accept(entries, switches)?;
    domain.insert("acl".into(), stored.into());
    Ok(())
}

#[cfg(test)]
mod tests;
