//! The filter by which domains are looked up: one and the same for the data source and for `terraform query`.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use super::application_id::ApplicationId;
use super::resources::sip_domain::schema::{APPLICATION_ID, DOMAIN_TYPE};
use super::resources::sip_domain::{DomainModel, DomainType};

const NAME_PREFIX: &str = "name_prefix";

/// The most characters that a domain's name has.
const LONGEST_NAME: usize = 32;

/// Which domains are wanted: those that match everything that is given.
#[derive(Clone, Debug, Default)]
pub(crate) struct DomainFilter {
    name_prefix: Field<String>,
    application_id: Field<ApplicationId>,
    domain_type: Field<DomainType>,
}

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string(APPLICATION_ID).description(
            "Only domains whose calls go to the Vonage application with this ID, a UUID. Default: any or none.",
        ),
        Attribute::string(DOMAIN_TYPE).description(
            "Only domains of this type: `\"app\"` or `\"trunk\"`. Default: both.",
        ),
        Attribute::string(NAME_PREFIX).description(
            "Only domains whose name begins with this, in upper or lower case: at most 32 letters, digits or dashes. \
             Default: any name.",
        ),
    ]
}

impl From<&Value> for DomainFilter {
    fn from(config: &Value) -> Self {
        let [name_prefix, application_id, domain_type] =
            [NAME_PREFIX, APPLICATION_ID, DOMAIN_TYPE].map(|name| config.string_field(name));
        Self::new(name_prefix, application_id, domain_type)
    }
}

impl DomainFilter {
    /// What is null does not matter.
    pub(crate) fn new(
        name_prefix: Field<&str>,
        application_id: Field<&str>,
        domain_type: Field<&str>,
    ) -> Self {
        Self {
            name_prefix: name_prefix.map(ToOwned::to_owned),
            application_id: application_id.map(Into::into),
            domain_type: domain_type.map(Into::into),
        }
    }

    /// What is wrong with it; unknown values are left for later.
    pub(super) fn check(&self) -> Diagnostics {
        let (prefix, id) = (self.name_prefix.as_known(), self.application_id.as_known());
        [
            id.map(|id| id.check(APPLICATION_ID)),
            self.domain_type.as_known().map(DomainType::check),
            prefix.map(|prefix| check_prefix(prefix)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a domain is wanted. Names, IDs and types are the same in any case of letters.
    pub(super) fn matches(&self, domain: &DomainModel) -> bool {
        let prefix = self.name_prefix.as_known().map_or("", String::as_str);
        let beginning = domain.name().get(..prefix.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(prefix))
            && is_wanted(&self.application_id, &domain.application_id)
            && is_wanted(&self.domain_type, &domain.domain_type)
    }
}

fn is_wanted<T: PartialEq>(wanted: &Field<T>, found: &Field<T>) -> bool {
    wanted.is_null() || wanted == found
}

/// A prefix that no name can begin with would find nothing, and look as if there were nothing.
fn check_prefix(prefix: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let path = || AttributePath::root(NAME_PREFIX);
    let shown: String = prefix.chars().take(60).collect();
    let length = prefix.chars().count();
    if length > LONGEST_NAME {
        let detail = format!(
            "{shown:?} has {length} characters, and no name of a SIP domain has more than {LONGEST_NAME}. Shorten it."
        );
        diagnostics.error(path(), "Invalid name_prefix", detail);
    }
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if let Some(letter) = prefix.chars().find(|letter| !is_allowed(*letter)) {
        let detail = format!(
            "{shown:?} contains {letter:?}, and no name of a SIP domain does: they are made of the letters a-z, digits and \
             dashes. Give the beginning of the names as it is, without a wildcard."
        );
        diagnostics.error(path(), "Invalid name_prefix", detail);
    }
    diagnostics
}

#[cfg(test)]
mod tests;
