//! The schema of `vonage_sip_domain`.

use tfplugin::schema::{Attribute, Schema};
use tfplugin::types::Type;

use super::words::{DomainType, Encryption};
use crate::provider::timeouts;

pub(in crate::provider) const ACL: &str = "acl";
pub(in crate::provider) const APPLICATION_ID: &str = "application_id";
pub(in crate::provider) const DIGEST_AUTH: &str = "digest_auth";
pub(in crate::provider) const DOMAIN_TYPE: &str = "domain_type";
pub(super) const FORCE_DESTROY: &str = "force_destroy";
pub(in crate::provider) const ID: &str = "id";
pub(in crate::provider) const NAME: &str = "name";
pub(in crate::provider) const REGIONAL_HOSTS: &str = "regional_hosts";
pub(in crate::provider) const SRTP: &str = "srtp";
pub(in crate::provider) const TLS: &str = "tls";

const DESCRIPTION: &str = "A Programmable SIP domain: the host name that SIP calls to a Vonage application are sent to, \
and who may call it.\n\nA domain answers in three regions, under the hosts in `regional_hosts`; a SIP URI without a region \
fails the call.";

pub(super) fn schema() -> Schema {
    let mut schema = Schema::new(DESCRIPTION, attributes());
    schema.block.blocks.push(timeouts::block());
    schema
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::new(ACL, Type::String.set()).required().description(
            "Who may call the domain: IPv4 addresses and prefixes in CIDR notation, such as `\"190.190.190.190\"` and \
             `\"180.180.180.180/30\"`. May be empty only when `digest_auth` is `true`. Order and spelling do not matter: \
             an address equals its `/32`.",
        ),
        Attribute::string(APPLICATION_ID).description(
            "ID of the voice-enabled Vonage application that takes the calls, a UUID. Required when `domain_type` is \
             `\"app\"`.",
        ),
        Attribute::bool(DIGEST_AUTH).default(false).description(
            "Whether users of the domain may authenticate by SIP digest. Default: `false`.",
        ),
        Attribute::string(DOMAIN_TYPE).default(DomainType::DEFAULT).requires_replace().description(
            "What calls to the domain reach: an application (`\"app\"`) or a SIP trunk (`\"trunk\"`). Default: `\"app\"`. \
             A change replaces the domain.",
        ),
        Attribute::bool(FORCE_DESTROY).default(false).description(
            "Whether deleting the domain deletes its users, too. Takes effect when it has been applied. Default: `false`.",
        ),
        Attribute::string(ID).computed().description("The name of the domain."),
        Attribute::string(NAME).required().requires_replace().description(
            "Name of the domain, unique over all Vonage accounts: 5 to 32 letters, digits or dashes. It is part of the \
             host names, so a change replaces the domain and every SIP URI.",
        ),
        Attribute::new(REGIONAL_HOSTS, Type::String.map()).computed().description(
            "SIP host of the domain in each region, by `us`, `eu` and `ap`: `<name>.sip-<region>.<sip_base_domain>`.",
        ),
        Attribute::string(SRTP).default(Encryption::DEFAULT).description(
            "Whether media is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`. Default: `\"optional\"`.",
        ),
        Attribute::string(TLS).default(Encryption::DEFAULT).description(
            "Whether signalling is encrypted: `\"always\"`, `\"never\"` or `\"optional\"`. Default: `\"optional\"`.",
        ),
    ]
}
