//! What data sources say about a domain: all that the resource has, but for what is Terraform's alone.

use tfplugin::schema::Attribute;
use tfplugin::types::Type;
use tfplugin::value::Value;

/// The attributes of a domain besides its name; the account's, and so all computed.
pub(super) fn attributes() -> Vec<Attribute> {
    let attributes = vec![
        Attribute::new("acl", Type::String.set()).description(
            "Who may call the domain: IPv4 addresses and prefixes in CIDR notation, in the API's spelling.",
        ),
        Attribute::string("application_id").description(
            "ID of the Vonage application that takes the calls, a UUID; null where there is none, as for a trunk.",
        ),
        Attribute::bool("digest_auth")
            .description("Whether users of the domain may authenticate by SIP digest."),
        Attribute::string("domain_type").description(
            "What calls to the domain reach: an application (`\"app\"`) or a SIP trunk (`\"trunk\"`).",
        ),
        Attribute::new("regional_hosts", Type::String.map()).description(
            "SIP host of the domain in each region, by `us`, `eu` and `ap`: `<name>.sip-<region>.<sip_base_domain>`.",
        ),
        Attribute::string("srtp").description(
            "Whether media is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`.",
        ),
        Attribute::string("tls").description(
            "Whether signalling is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`.",
        ),
    ];
    attributes.into_iter().map(Attribute::computed).collect()
}

/// What only the resource has.
const TERRAFORMS_OWN: [&str; 3] = ["force_destroy", "id", "timeouts"];

/// The name and these attributes of a domain that was looked up.
pub(super) fn object(found: &Value) -> Value {
    let attributes = found.as_entries().into_iter().flatten();
    let attributes = attributes.filter(|(name, _)| !TERRAFORMS_OWN.contains(&name.as_str()));
    Value::Object(
        attributes
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}
