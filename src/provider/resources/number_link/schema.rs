//! The schema of `vonage_number_link`.

use tfplugin::schema::{Attribute, Schema};
use tfplugin::types::Type;

use crate::provider::timeouts;

pub(in crate::provider) const APPLICATION_ID: &str = "application_id";
pub(in crate::provider) const COUNTRY: &str = "country";
pub(in crate::provider) const FEATURES: &str = "features";
pub(in crate::provider) const FORWARD_TO_SIP: &str = "forward_to_sip";
pub(in crate::provider) const ID: &str = "id";
pub(in crate::provider) const MSISDN: &str = "msisdn";
pub(super) const TAKE_OVER: &str = "take_over";
pub(in crate::provider) const TYPE: &str = "type";

const DESCRIPTION: &str = "Where the calls to a phone number go that the account owns: to an application, or to SIP addresses. \
The number is never bought and never cancelled: without this resource, the account still owns it, and its calls go nowhere.";

pub(super) fn schema() -> Schema {
    let mut schema = Schema::new(DESCRIPTION, attributes());
    schema.block.blocks.push(timeouts::block());
    schema
}

fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string(APPLICATION_ID).description(
            "ID of the application that takes the calls, and messages where it has that capability. Whether there is such an application, \
             and whether it has voice, is not checked. Give this or `forward_to_sip`.",
        ),
        Attribute::string(COUNTRY).required().requires_replace().description(
            "Country of the number, as two letters of ISO 3166-1, such as `GB`. A change replaces the link.",
        ),
        Attribute::new(FEATURES, Type::String.set()).computed().description(
            "What the number can do, such as `VOICE` and `SMS`.",
        ),
        Attribute::new(FORWARD_TO_SIP, Type::String.list()).description(
            "SIP URIs that take the calls, tried in order, such as `sip:14155550100@pbx.example.com;transport=tls`. Parameters: \
             `transport=tls`, `media=srtp`, and `timeout`, 2000 to 20000 milliseconds. Give this or `application_id`.",
        ),
        Attribute::string(ID).computed().description("`<country>/<msisdn>`; also the import ID."),
        Attribute::string(MSISDN).required().requires_replace().description(
            "The number in E.164 without `+`, such as `447700900000`. A change replaces the link.",
        ),
        Attribute::bool(TAKE_OVER).default(false).description(
            "Whether the link may be created although the number leads somewhere else already. Default: `false`.",
        ),
        Attribute::string(TYPE).computed().description(
            "What kind of number it is, such as `mobile-lvn` or `landline`.",
        ),
    ]
}
