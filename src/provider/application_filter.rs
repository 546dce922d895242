//! The filter by which applications are looked up: one and the same for the data source and for `terraform query`.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use crate::vonage::applications::Application;

const NAME_PREFIX: &str = "name_prefix";
const CAPABILITY: &str = "capability";

/// Which applications are wanted: those that match everything that is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct ApplicationFilter {
    name_prefix: Field<String>,
    capability: Field<String>,
}

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string(CAPABILITY).description(
            "Only applications with this capability, such as `\"voice\"` or `\"messages\"`. Default: any or none.",
        ),
        Attribute::string(NAME_PREFIX)
            .description("Only applications whose name begins with this. Default: any name."),
    ]
}

impl From<&Value> for ApplicationFilter {
    fn from(config: &Value) -> Self {
        let [name_prefix, capability] =
            [NAME_PREFIX, CAPABILITY].map(|name| config.string_field(name).map(ToOwned::to_owned));
        Self {
            name_prefix,
            capability,
        }
    }
}

impl ApplicationFilter {
    /// What is wrong with it; unknown values are left for later.
    pub(super) fn check(&self) -> Diagnostics {
        let capability = self.capability.as_known();
        let blank = capability.filter(|name| name.trim().is_empty());
        blank.map_or_else(Diagnostics::new, |_| {
            Diagnostics::error_at(
                AttributePath::root(CAPABILITY),
                "Invalid capability",
                "The name of the capability is blank. Give one such as \"voice\", or leave the argument out.",
            )
        })
    }

    pub(super) fn matches(&self, application: &Application) -> bool {
        let prefix = self.name_prefix.as_known().map_or("", String::as_str);
        let capability = self.capability.as_known();
        application.name.starts_with(prefix)
            && capability.is_none_or(|name| application.capabilities().contains(&name.as_str()))
    }
}
