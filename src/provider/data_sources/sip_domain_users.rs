//! The data source `vonage_sip_domain_users`: who may authenticate to a domain, without their secrets.

use tfplugin::schema::Attribute;

use super::{Definition, Many};
use crate::provider::lookup;
use crate::provider::resources::sip_domain_user::schema::{DOMAIN, ID, KEY};

pub(super) const OF_DOMAIN: Definition = Definition {
    type_name: "vonage_sip_domain_users",
    description: "Looks up the users of a Programmable SIP domain, who authenticate by SIP digest. Their secrets are never \
read. That a domain has no users is no error; that there is no such domain is one.",
    lookup: lookup::DOMAIN_USERS,
    attributes: || {
        let attributes = [
            Attribute::string(DOMAIN).description("Name of the user's domain."),
            Attribute::string(ID).description("`<domain>/<key>`, the import ID of the user."),
            Attribute::string(KEY).description("What the user authenticates as."),
        ];
        attributes.map(Attribute::computed).into()
    },
    many: Some(Many {
        objects: ("users", "The users, ordered by key."),
        names: (
            "keys",
            "What the users authenticate as, in order, for `for_each = toset(data.vonage_sip_domain_users.example.keys)`.",
        ),
        name: KEY,
    }),
};
