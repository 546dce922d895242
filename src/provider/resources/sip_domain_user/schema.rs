//! The schema of `vonage_sip_domain_user`.

use tfplugin::schema::{Attribute, Schema};

use crate::provider::timeouts;

pub(in crate::provider) const DOMAIN: &str = "domain";
pub(in crate::provider) const ID: &str = "id";
pub(in crate::provider) const KEY: &str = "key";
pub(super) const SECRET: &str = "secret";
pub(super) const SECRET_WO: &str = "secret_wo";
pub(super) const SECRET_WO_VERSION: &str = "secret_wo_version";

const DESCRIPTION: &str = "A user of a Programmable SIP domain: what a phone or a PBX authenticates as, by SIP digest, \
where the domain has `digest_auth = true`. A domain has at most 200 users.\n\n\
A user needs a secret to be created: either `secret_wo`, which is kept in no plan and no state, or `secret`, which the state \
keeps as a sensitive value. The API never shows a secret, so one that is changed outside Terraform is not noticed.\n\n\
An imported user needs no secret: without `secret` and `secret_wo` it is managed by its key alone, and keeps the secret that \
it has. To set one, add `secret`, or `secret_wo` with a `secret_wo_version`: the next apply overwrites the old secret, and \
phones that use it can no longer authenticate.\n\n\
A domain that is replaced under its own name takes its users with it. To re-create them in the same apply, give each the \
`lifecycle` argument `replace_triggered_by` with the attributes of the domain that replace it, as in \
`[vonage_sip_domain.example.name, vonage_sip_domain.example.domain_type]`. With the domain as a whole, every change of it, \
such as a new entry in `acl`, would replace all users.";

pub(super) fn schema() -> Schema {
    let mut schema = Schema::new(DESCRIPTION, attributes());
    schema.block.blocks.push(timeouts::block());
    schema
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string(DOMAIN).required().requires_replace().description(
            "Name of the SIP domain that the user belongs to: 5 to 32 letters, digits or dashes. Take it from the domain's \
             resource, as in `vonage_sip_domain.example.name`, so that the domain is created before its users and destroyed \
             after them: nothing orders them where the name is written here. A change replaces the user.",
        ),
        Attribute::string(ID)
            .computed()
            .description("`<domain>/<key>`; also the import ID."),
        Attribute::string(KEY).required().requires_replace().description(
            "What the user authenticates as, unique within the domain: 1 to 64 lower-case letters (`a` to `z`), digits or \
             dashes, as clients of the API report the rule. A change replaces the user.",
        ),
        Attribute::string(SECRET).sensitive().description(
            "The password of the user: 12 to 64 characters with at least one digit, one lower-case and one upper-case \
             letter, as Vonage's dashboard asks for. Kept in the state as a sensitive value; with Terraform 1.11 or \
             OpenTofu 1.11 and newer, `secret_wo` is the better way. A change is made in place. At most one of `secret` and \
             `secret_wo` can be set, and a user that is created needs one of them.",
        ),
        // Not marked as sensitive besides, for nothing shows or keeps it: Terraform 1.11 keeps the marks of two such
        // attributes in no order, and takes another order for a change of the state.
        Attribute::string(SECRET_WO).write_only().description(
            "The password of the user, by the rules of `secret`, but kept in no plan and no state. Needs Terraform 1.11 or \
             OpenTofu 1.11, or newer. A change of the value alone is not noticed, and nothing is sent: change \
             `secret_wo_version` with it. Without a version, the value is sent only when the user is created.",
        ),
        Attribute::number(SECRET_WO_VERSION).description(
            "A number that tells one value of `secret_wo` from the next: any change of it sends `secret_wo` to the API, in \
             place. Only with `secret_wo`.",
        ),
    ]
}
