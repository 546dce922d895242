//! The data sources `vonage_number` and `vonage_numbers`: a number of the account, and all that a filter lets through.

use tfplugin::schema::Attribute;
use tfplugin::types::Type;

use super::{Definition, Many};
use crate::provider::lookup;
use crate::provider::resources::number_link::schema::{
    APPLICATION_ID, COUNTRY, FEATURES, FORWARD_TO_SIP, ID, MSISDN, TYPE,
};

pub(super) const ONE: Definition = Definition {
    type_name: "vonage_number",
    description: "Looks up a phone number that the account owns. One that it does not own is an error; to look without knowing, \
use `vonage_numbers`.",
    lookup: lookup::NUMBER,
    attributes,
    many: None,
};

pub(super) const MANY: Definition = Definition {
    type_name: "vonage_numbers",
    description: "Looks up the phone numbers that the account owns: all of them, or those that match every filter that is given. \
That there are none is no error.",
    lookup: lookup::NUMBERS,
    attributes: || {
        let key = [
            Attribute::string(COUNTRY).description("Country of the number, as two letters."),
            Attribute::string(MSISDN).description("The number in E.164 without `+`."),
        ];
        let key = key.map(Attribute::computed);
        attributes().into_iter().chain(key).collect()
    },
    many: Some(Many {
        objects: ("numbers", "The numbers, ordered by country and digits."),
        names: (
            "ids",
            "The IDs of the numbers, `<country>/<msisdn>`, in the same order, for `for_each = toset(data.vonage_numbers.example.ids)`.",
        ),
        name: ID,
    }),
};

/// The account's, and so all computed.
fn attributes() -> Vec<Attribute> {
    let attributes = [
        Attribute::string(APPLICATION_ID).description(
            "ID of the application that the number has, which takes its calls unless `forward_to_sip` does; null where it has none.",
        ),
        Attribute::new(FEATURES, Type::String.set())
            .description("What the number can do, such as `VOICE` and `SMS`."),
        Attribute::new(FORWARD_TO_SIP, Type::String.list()).description(
            "SIP URIs that take the calls, tried in order; null where calls are not forwarded to SIP.",
        ),
        Attribute::string(ID).description("`<country>/<msisdn>`, the import ID of its link."),
        Attribute::string(TYPE)
            .description("What kind of number it is, such as `mobile-lvn` or `landline`."),
    ];
    attributes.map(Attribute::computed).into()
}
