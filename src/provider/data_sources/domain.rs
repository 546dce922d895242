//! What data sources say about a domain: all that the resource has, but for what is Terraform's alone.

use tfplugin::schema::Attribute;
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::provider::resources::sip_domain::schema::{
    ACL, APPLICATION_ID, DIGEST_AUTH, DOMAIN_TYPE, NAME, REGIONAL_HOSTS, SRTP, TLS,
};

/// The attributes of a domain besides its name; the account's, and so all computed.
pub(super) fn attributes() -> Vec<Attribute> {
    let attributes = vec![
        Attribute::new(ACL, Type::String.set()).description(
            "Who may call the domain: IPv4 addresses and prefixes in CIDR notation, in the API's spelling.",
        ),
        Attribute::string(APPLICATION_ID).description(
            "ID of the Vonage application that takes the calls, a UUID; null where there is none, as for a trunk.",
        ),
        Attribute::bool(DIGEST_AUTH)
            .description("Whether users of the domain may authenticate by SIP digest."),
        Attribute::string(DOMAIN_TYPE).description(
            "What calls to the domain reach: an application (`\"app\"`) or a SIP trunk (`\"trunk\"`).",
        ),
        Attribute::new(REGIONAL_HOSTS, Type::String.map()).description(
            "SIP host of the domain in each region, by `us`, `eu` and `ap`: `<name>.sip-<region>.<sip_base_domain>`.",
        ),
        Attribute::string(SRTP).description(
            "Whether media is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`.",
        ),
        Attribute::string(TLS).description(
            "Whether signalling is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`.",
        ),
    ];
    attributes.into_iter().map(Attribute::computed).collect()
}

/// The name and these attributes of a domain that was looked up.
pub(super) fn object(found: &Value) -> Value {
    let names = [
        ACL,
        APPLICATION_ID,
        DIGEST_AUTH,
        DOMAIN_TYPE,
        NAME,
        REGIONAL_HOSTS,
        SRTP,
        TLS,
    ];
    Value::object(names.map(|name| (name, found.attribute(name).clone())))
}
