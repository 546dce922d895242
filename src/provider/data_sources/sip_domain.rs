//! The data sources `vonage_sip_domain` and `vonage_sip_domains`: a domain by its name, and all that a filter lets through.
//! They say of a domain all that the resource has, but for what is Terraform's alone.

use tfplugin::schema::Attribute;
use tfplugin::types::Type;

use super::{Definition, Many};
use crate::provider::lookup;
use crate::provider::resources::sip_domain::schema::{
    ACL, APPLICATION_ID, DIGEST_AUTH, DOMAIN_TYPE, ID, NAME, REGIONAL_HOSTS, SRTP, TLS,
};

pub(super) const ONE: Definition = Definition {
    type_name: "vonage_sip_domain",
    description: "Looks up a Programmable SIP domain that exists in the account, by its name. A domain that is not there is \
an error; to look without knowing, use `vonage_sip_domains`.",
    lookup: lookup::DOMAIN,
    attributes: || with(Attribute::string(ID).description("The name of the domain.")),
    many: None,
};

pub(super) const MANY: Definition = Definition {
    type_name: "vonage_sip_domains",
    description: "Looks up the Programmable SIP domains of the account: all of them, or those that match every filter that \
is given. That there are none is no error. Domains that the same run makes are there only where the data source waits for \
them, by `depends_on`.",
    lookup: lookup::DOMAINS,
    attributes: || {
        with(Attribute::string(NAME).description("Name of the domain, in the API's spelling."))
    },
    many: Some(Many {
        objects: ("domains", "The domains, ordered by name."),
        names: (
            "names",
            "The names of the domains, in order, for `for_each = toset(data.vonage_sip_domains.example.names)`.",
        ),
        name: NAME,
    }),
};

/// The attributes of a domain, and how it is named; the account's, and so all computed.
fn with(name: Attribute) -> Vec<Attribute> {
    let attributes = vec![
        name,
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
