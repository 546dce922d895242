//! The filter by which numbers are looked up: one and the same for the data source and for `terraform query`.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use super::application_id::ApplicationId;
use super::resources::number_link::Country;
use super::resources::number_link::schema::{APPLICATION_ID, COUNTRY};
use crate::vonage::numbers::Number;

const PREFIX: &str = "prefix";
const LINKED: &str = "linked";
const FEATURE: &str = "feature";

/// Which numbers are wanted: those that match everything that is given.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberFilter {
    country: Field<Country>,
    prefix: Field<String>,
    application_id: Field<ApplicationId>,
    linked: Field<bool>,
    feature: Field<String>,
}

pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        Attribute::string(APPLICATION_ID).description(
            "Only numbers that have the Vonage application with this ID, a UUID. Default: any or none.",
        ),
        Attribute::string(COUNTRY).description(
            "Only numbers of this country, as two letters of ISO 3166-1, such as `\"GB\"`. Default: any country.",
        ),
        Attribute::string(FEATURE).description(
            "Only numbers with this feature, such as `\"VOICE\"` or `\"SMS\"`. Default: any or none.",
        ),
        Attribute::bool(LINKED).description(
            "Only numbers that have an application (`true`), or that have none (`false`), whatever else their calls go to. Default: \
             both.",
        ),
        Attribute::string(PREFIX).description(
            "Only numbers that begin with these digits, as in E.164 without `+`. Default: any number.",
        ),
    ]
}

impl From<&Value> for NumberFilter {
    fn from(config: &Value) -> Self {
        let text = |name| config.string_field(name);
        Self {
            country: text(COUNTRY).map(Into::into),
            prefix: text(PREFIX).map(ToOwned::to_owned),
            application_id: text(APPLICATION_ID).map(Into::into),
            linked: config.bool_field(LINKED),
            feature: text(FEATURE).map(ToOwned::to_owned),
        }
    }
}

impl NumberFilter {
    /// What is wrong with it; unknown values are left for later.
    pub(super) fn check(&self) -> Diagnostics {
        let (prefix, feature) = (self.prefix.as_known(), self.feature.as_known());
        [
            self.country.as_known().map(Country::check),
            self.application_id
                .as_known()
                .map(|id| id.check(APPLICATION_ID)),
            prefix.map(|prefix| check_prefix(prefix)),
            feature.map(|feature| check_feature(feature)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(super) fn matches(&self, number: &Number) -> bool {
        let application = number.application().map(ApplicationId::from);
        let has = |feature: &String| {
            let mut features = number.features.iter();
            features.any(|it| it.eq_ignore_ascii_case(feature))
        };
        let country = Country::from(number.key.country.as_str());
        let prefix = self.prefix.as_known().map_or("", String::as_str);
        let wanted = self.application_id.as_known();
        number.key.msisdn.starts_with(prefix)
            && self.country.as_known().is_none_or(|it| *it == country)
            && wanted.is_none_or(|id| application.as_ref() == Some(id))
            && self
                .linked
                .as_known()
                .is_none_or(|it| *it == application.is_some())
            && self.feature.as_known().is_none_or(has)
    }
}

/// A prefix that no number can begin with would find nothing, and look as if there were nothing.
fn check_prefix(prefix: &str) -> Diagnostics {
    if prefix.bytes().all(|digit| digit.is_ascii_digit()) {
        return Diagnostics::new();
    }
    let shown: String = prefix.chars().take(60).collect();
    Diagnostics::error_at(
        AttributePath::root(PREFIX),
        "Invalid prefix",
        format!(
            "{shown:?} is not digits alone. Numbers are written as in E.164, without `+` and blanks."
        ),
    )
}

fn check_feature(feature: &str) -> Diagnostics {
    if !feature.trim().is_empty() {
        return Diagnostics::new();
    }
    Diagnostics::error_at(
        AttributePath::root(FEATURE),
        "Invalid feature",
        "The name of the feature is blank. Give one such as \"VOICE\", or leave the argument out.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PBX: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

    fn matches(filter: &[(&str, Value)], number: &str) -> bool {
        let given = filter.iter().map(|(name, value)| (*name, value.clone()));
        let filter = NumberFilter::from(&Value::object(given));
        assert!(filter.check().is_empty(), "{filter:?}");
        filter.matches(&Number::of_json(number))
    }

    #[test]
    fn every_filter_counts() {
        let linked = format!(
            r#"{{"country":"GB","msisdn":"447700900001","features":["VOICE","SMS"],"app_id":"{PBX}",
                "voiceCallbackType":"sip","voiceCallbackValue":"sip:a@b"}}"#
        );
        let free = r#"{"country":"US","msisdn":"14155550100","features":["SMS"]}"#;
        for (filter, of_linked, of_free) in [
            (vec![], true, true),
            (vec![("country", "gb".into())], true, false),
            (vec![("prefix", "4477".into())], true, false),
            (vec![("prefix", "77".into())], false, false),
            (
                vec![("application_id", PBX.to_uppercase().as_str().into())],
                true,
                false,
            ),
            (vec![("linked", true.into())], true, false),
            (vec![("linked", false.into())], false, true),
            (vec![("feature", "sms".into())], true, true),
            (vec![("feature", "MMS".into())], false, false),
            (
                vec![("feature", "SMS".into()), ("country", "US".into())],
                false,
                true,
            ),
        ] {
            let found = (matches(&filter, &linked), matches(&filter, free));
            assert_eq!(found, (of_linked, of_free), "{filter:?}");
        }
    }

    #[test]
    fn a_filter_that_finds_nothing_is_refused() {
        for (name, text) in [
            (COUNTRY, "GBR"),
            (PREFIX, "+44"),
            (PREFIX, "44*"),
            (APPLICATION_ID, "pbx"),
            (FEATURE, " "),
        ] {
            let config = Value::object([(name, text.into())]);
            let problems = NumberFilter::from(&config).check();
            let paths: Vec<_> = problems.iter().map(|it| it.path.to_string()).collect();
            assert_eq!(paths, [name], "{text:?}");
        }
    }
}
