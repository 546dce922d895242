//! The filter by which domains are looked up: one and the same for the data source and for `terraform query`.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use super::resources::sip_domain::{DOMAIN_TYPES, validate_application_id, validate_choice};

/// The most characters that a domain's name has.
const LONGEST_NAME: usize = 32;

/// Which domains are wanted: those that match everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DomainFilter {
    name_prefix: Option<String>,
    application_id: Option<String>,
    domain_type: Option<String>,
}

/// The attributes that make up a filter.
pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string("application_id").description(
            "Only domains whose calls go to the Vonage application with this ID, a UUID. Default: any or none.",
        ),
        Attribute::string("domain_type").description(
            "Only domains of this type: `\"app\"` or `\"trunk\"`. Default: both.",
        ),
        Attribute::string("name_prefix").description(
            "Only domains whose name begins with this, in upper or lower case: at most 32 letters, digits or dashes. \
             Default: any name.",
        ),
    ]
}

/// What is wrong with a filter; unknown values are left for later.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = validate_application_id(config);
    diagnostics.append(validate_choice(config, "domain_type", &DOMAIN_TYPES));
    diagnostics.append(validate_prefix(config));
    diagnostics
}

/// A prefix that no name can begin with would find nothing, and look as if there were nothing.
fn validate_prefix(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Field::Known(prefix) = config.string_field("name_prefix") else {
        return diagnostics;
    };
    let path = || AttributePath::root("name_prefix");
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

impl DomainFilter {
    /// The filter of a known configuration.
    pub(super) fn read(config: &Value) -> Self {
        let text = |name: &str| config.string_field(name).known().map(ToOwned::to_owned);
        Self {
            name_prefix: text("name_prefix"),
            application_id: text("application_id"),
            domain_type: text("domain_type"),
        }
    }

    /// Whether a domain with these attributes is wanted. Names, IDs and types are the same in any case of letters.
    pub(super) fn matches(&self, domain: &Value) -> bool {
        let text = |name: &str| domain.string_field(name).known().unwrap_or_default();
        let is = |wanted: &Option<String>, name: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(text(name)))
        };
        let prefix = self.name_prefix.as_deref().unwrap_or_default();
        text("name")
            .get(..prefix.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(prefix))
            && is(&self.application_id, "application_id")
            && is(&self.domain_type, "domain_type")
    }
}

#[cfg(test)]
mod tests {
    use tfplugin::diagnostics::Severity;

    use super::*;

    const APPLICATION: &str = "c49f3586-9c3c-458b-89fc-3c8beb58865f";

    fn config(given: &[(&str, Value)]) -> Value {
        let names = attributes().into_iter().map(|attribute| attribute.name);
        let mut config = Value::Object(names.map(|name| (name, Value::Null)).collect());
        for (name, value) in given {
            config.set_attribute(name, value.clone());
        }
        config
    }

    fn finds(given: &[(&str, Value)], name: &str, application_id: Option<&str>) -> bool {
        let domain_type = if application_id.is_some() {
            "app"
        } else {
            "trunk"
        };
        let domain = Value::object([
            ("name", name.into()),
            ("application_id", application_id.into()),
            ("domain_type", domain_type.into()),
        ]);
        DomainFilter::read(&config(given)).matches(&domain)
    }

    #[test]
    fn a_filter_that_says_nothing_lets_everything_through() {
        assert!(finds(&[], "office", None));
        assert!(finds(
            &[("name_prefix", "".into())],
            "office",
            Some(APPLICATION)
        ));
    }

    #[test]
    fn all_that_is_given_must_match() {
        let both = [
            ("name_prefix", Value::from("off")),
            ("domain_type", "app".into()),
        ];
        assert!(finds(&both, "office", Some(APPLICATION)));
        assert!(!finds(&both, "office", None));
        assert!(!finds(&both, "home-office", Some(APPLICATION)));
        let application = [("application_id", APPLICATION.into())];
        assert!(finds(&application, "office", Some(APPLICATION)));
        assert!(!finds(
            &application,
            "office",
            Some("11111111-2222-4333-8444-555555555555")
        ));
        assert!(!finds(&application, "trunk-1", None));
    }

    #[test]
    fn upper_and_lower_case_are_one() {
        assert!(finds(&[("name_prefix", "OFF".into())], "office", None));
        assert!(finds(&[("name_prefix", "off".into())], "Office", None));
        let shouted = APPLICATION.to_ascii_uppercase();
        assert!(finds(
            &[("application_id", shouted.into())],
            "office",
            Some(APPLICATION)
        ));
    }

    #[test]
    fn a_name_shorter_than_the_prefix_or_cut_within_a_letter_does_not_match() {
        assert!(!finds(
            &[("name_prefix", "office-1".into())],
            "office",
            None
        ));
        assert!(!finds(&[("name_prefix", "a".into())], "ä-office", None));
    }

    #[test]
    fn each_wrong_value_is_an_error_at_its_attribute() {
        for (attribute, value) in [
            ("application_id", "yourapp"),
            ("application_id", ""),
            ("domain_type", "App"),
            ("domain_type", "application"),
            ("name_prefix", "office*"),
            ("name_prefix", "office.sip-us"),
            ("name_prefix", &"x".repeat(33)),
        ] {
            let found = validate(&config(&[(attribute, value.into())]));
            let found: Vec<_> = found.iter().collect();
            assert_eq!(found.len(), 1, "{attribute} = {value:?}");
            assert_eq!(found[0].severity, Severity::Error);
            assert_eq!(found[0].path, AttributePath::root(attribute));
            assert!(found[0].detail.len() < 400, "{}", found[0].detail);
        }
    }

    #[test]
    fn right_and_unknown_values_have_nothing_to_say_about() {
        let right = [
            ("application_id", APPLICATION.into()),
            ("domain_type", "trunk".into()),
            ("name_prefix", "x".repeat(32).into()),
        ];
        assert!(validate(&config(&right)).is_empty());
        let unknown = right.map(|(name, _)| (name, Value::UNKNOWN));
        assert!(validate(&config(&unknown)).is_empty());
    }
}
