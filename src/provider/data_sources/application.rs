//! The data sources `vonage_application` and `vonage_applications`: an application by its ID or its name, and all that a filter
//! lets through. They say of an application all that the resource has, but for what is Terraform's alone.

use tfplugin::schema::{Attribute, AttributeKind};
use tfplugin::types::Type;

use super::{Definition, Many};
use crate::provider::lookup::{self, CAPABILITIES};
use crate::provider::resources::application::schema::{
    self, ID, IMPROVE_AI, NAME, PUBLIC_KEY, VOICE,
};

/// How descriptions begin to tell the default, which comes last.
const DEFAULT: &str = " Default: ";

pub(super) const ONE: Definition = Definition {
    type_name: "vonage_application",
    description: "Looks up a Vonage application that exists in the account, by its ID or its exact name. One that is not there, \
and several of the name, are errors; to look without knowing, use `vonage_applications`.",
    lookup: lookup::APPLICATION,
    attributes,
    many: None,
};

pub(super) const MANY: Definition = Definition {
    type_name: "vonage_applications",
    description: "Looks up the Vonage applications of the account: all of them, or those that match every filter that is given. \
That there are none is no error. Applications that the same run makes are there only where the data source waits for them, by \
`depends_on`.",
    lookup: lookup::APPLICATIONS,
    attributes: || {
        let mut attributes = attributes();
        attributes.extend([
            Attribute::string(ID)
                .computed()
                .description("ID of the application."),
            Attribute::string(NAME)
                .computed()
                .description("Name of the application."),
        ]);
        attributes
    },
    many: Some(Many {
        objects: ("applications", "The applications, ordered by name and ID."),
        names: (
            "ids",
            "The IDs of the applications, in the same order, for `for_each = toset(data.vonage_applications.example.ids)`.",
        ),
        name: ID,
    }),
};

/// The account's, and so all computed.
fn attributes() -> Vec<Attribute> {
    let mut attributes = vec![
        Attribute::new(CAPABILITIES, Type::String.set())
            .description("The names of all capabilities of the application, such as `\"voice\"`."),
    ];
    let of_resource = schema::schema().block.attributes.into_iter();
    attributes.extend(
        of_resource.filter(|it| [IMPROVE_AI, PUBLIC_KEY, VOICE].contains(&it.name.as_str())),
    );
    attributes.into_iter().map(shown).collect()
}

/// The same attribute where nothing can be configured, and so nothing has a default.
fn shown(mut attribute: Attribute) -> Attribute {
    if let Some(at) = attribute.description.find(DEFAULT) {
        attribute.description.truncate(at);
    }
    let kind = match attribute.kind {
        AttributeKind::Nested(nesting, attributes) => {
            AttributeKind::Nested(nesting, attributes.into_iter().map(shown).collect())
        }
        plain @ AttributeKind::Plain(_) => plain,
    };
    Attribute {
        kind,
        default: None,
        ..attribute
    }
    .computed()
}
