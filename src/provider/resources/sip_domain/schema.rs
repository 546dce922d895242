//! The schema of `vonage_sip_domain`.

use std::sync::LazyLock;

use tfplugin::schema::{Attribute, Block, IdentityAttribute, IdentitySchema, Schema};
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::provider::timeouts;

/// The values of `tls` and `srtp`.
pub(super) const ENCRYPTION: [&str; 3] = ["always", "never", "optional"];

/// The values of `domain_type`.
pub(in crate::provider) const DOMAIN_TYPES: [&str; 2] = ["app", "trunk"];

const DESCRIPTION: &str = "A Programmable SIP domain: the host name that SIP calls to a Vonage application are sent to, \
and who may call it.\n\nA domain answers in three regions, under the hosts in `regional_hosts`; a SIP URI without a region \
fails the call.";

/// The schema. It is built once: each import, and each object of a list, begins with an empty object of it.
pub(super) fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema {
        version: 0,
        block: Block {
            attributes: attributes(),
            blocks: vec![timeouts::block()],
            description: DESCRIPTION.to_owned(),
            deprecated: None,
        },
    });
    &SCHEMA
}

/// The attributes of a domain of which nothing is known yet, as an import begins with them.
pub(in crate::provider) fn blank() -> Value {
    schema().empty_config()
}

/// The identity: a name is unique over all Vonage accounts.
pub(super) fn identity() -> IdentitySchema {
    let name = IdentityAttribute {
        name: "name".to_owned(),
        ty: Type::String,
        required_for_import: true,
        description: "Name of the domain.".to_owned(),
    };
    IdentitySchema {
        version: 0,
        attributes: vec![name],
    }
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::new("acl", Type::String.set()).required().description(
            "Who may call the domain: IPv4 addresses and prefixes in CIDR notation, such as `\"190.190.190.190\"` and \
             `\"180.180.180.180/30\"`. May be empty only when `digest_auth` is `true`. Order and spelling do not matter: \
             an address equals its `/32`.",
        ),
        Attribute::string("application_id").description(
            "ID of the voice-enabled Vonage application that takes the calls, a UUID. Required when `domain_type` is \
             `\"app\"`.",
        ),
        Attribute::bool("digest_auth").default(false).description(
            "Whether users of the domain may authenticate by SIP digest. Default: `false`.",
        ),
        Attribute::string("domain_type").default("app").requires_replace().description(
            "What calls to the domain reach: an application (`\"app\"`) or a SIP trunk (`\"trunk\"`). Default: `\"app\"`. \
             A change replaces the domain.",
        ),
        Attribute::bool("force_destroy").default(false).description(
            "Whether deleting the domain deletes its users, too. Takes effect when it has been applied. Default: `false`.",
        ),
        Attribute::string("id").computed().description("The name of the domain."),
        Attribute::string("name").required().requires_replace().description(
            "Name of the domain, unique over all Vonage accounts: 5 to 32 letters, digits or dashes. It is part of the \
             host names, so a change replaces the domain and every SIP URI.",
        ),
        Attribute::new("regional_hosts", Type::String.map()).computed().description(
            "SIP host of the domain in each region, by `us`, `eu` and `ap`: `<name>.sip-<region>.<sip_base_domain>`.",
        ),
        Attribute::string("srtp").default("optional").description(
            "Whether media is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`. Default: `\"optional\"`.",
        ),
        Attribute::string("tls").default("optional").description(
            "Whether signalling is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`. Default: `\"optional\"`.",
        ),
    ]
}
