//! The model of a number link, from and to a state or configuration and the API.

use tfplugin::field::Field;
use tfplugin::value::Value;

use super::schema::{
    APPLICATION_ID, COUNTRY, FEATURES, FORWARD_TO_SIP, ID, MSISDN, TAKE_OVER, TYPE,
};
use super::sip_uri::SipUri;
use crate::provider::application_id::ApplicationId;
use crate::provider::caseless::caseless;
use crate::provider::changes::kept;
use crate::provider::timeouts::Timeouts;
use crate::vonage::numbers::{Number, NumberKey, Target};

caseless! {
    /// Two letters of ISO 3166-1, right or wrong.
    Country;
}

/// A link as it is configured, planned or stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::provider) struct LinkModel {
    pub(super) country: Field<Country>,
    pub(super) msisdn: Field<String>,
    pub(super) application_id: Field<ApplicationId>,
    pub(super) forward_to_sip: Field<Vec<Field<SipUri>>>,
    /// Terraform's alone.
    pub(super) take_over: Field<bool>,
    features: Field<Vec<String>>,
    kind: Field<String>,
    pub(super) timeouts: Timeouts,
}

impl From<&Value> for LinkModel {
    fn from(object: &Value) -> Self {
        let uri = |value: &Value| match value.as_str() {
            Some(text) => Field::Known(text.into()),
            None if value.is_unknown() => Field::Unknown,
            None => Field::Null,
        };
        Self {
            country: object.string_field(COUNTRY).map(Country::from),
            msisdn: object.string_field(MSISDN).map(ToOwned::to_owned),
            application_id: object.string_field(APPLICATION_ID).map(ApplicationId::from),
            forward_to_sip: object
                .elements_field(FORWARD_TO_SIP)
                .map(|elements| elements.iter().map(uri).collect()),
            take_over: object.bool_field(TAKE_OVER),
            features: object.elements_field(FEATURES).map(texts),
            kind: object.string_field(TYPE).map(ToOwned::to_owned),
            timeouts: Timeouts::of(object),
        }
    }
}

impl From<LinkModel> for Value {
    fn from(link: LinkModel) -> Self {
        let id = match (&link.country, &link.msisdn) {
            (Field::Known(_), Field::Known(_)) => Field::Known(link.id()),
            _ => Field::Unknown,
        };
        let uris =
            |uris: Vec<Field<SipUri>>| Self::List(uris.into_iter().map(Self::from).collect());
        Self::object([
            (ID, id.into()),
            (COUNTRY, link.country.into()),
            (MSISDN, link.msisdn.into()),
            (APPLICATION_ID, link.application_id.into()),
            (FORWARD_TO_SIP, link.forward_to_sip.map(uris).into()),
            (TAKE_OVER, link.take_over.into()),
            (FEATURES, link.features.map(Self::string_set).into()),
            (TYPE, link.kind.into()),
            link.timeouts.into_attribute(),
        ])
    }
}

fn texts(elements: &[Value]) -> Vec<String> {
    let texts = elements.iter().filter_map(Value::as_str);
    texts.map(ToOwned::to_owned).collect()
}

impl LinkModel {
    /// A link of which nothing but the number is known, as an import begins with it.
    pub(in crate::provider) fn of_number(key: &NumberKey) -> Self {
        Self {
            country: Field::Known(key.country.as_str().into()),
            msisdn: Field::Known(key.msisdn.clone()),
            take_over: Field::Known(false),
            ..Self::default()
        }
    }

    /// The number; parts that are not known are empty.
    pub(in crate::provider) fn key(&self) -> NumberKey {
        NumberKey {
            country: self
                .country
                .as_known()
                .map_or("", Country::as_str)
                .to_ascii_uppercase(),
            msisdn: self.msisdn.as_known().cloned().unwrap_or_default(),
        }
    }

    /// The import ID.
    pub(in crate::provider) fn id(&self) -> String {
        let country = self.country.as_known().map_or("", Country::as_str);
        format!(
            "{country}/{}",
            self.msisdn.as_known().map_or("", String::as_str)
        )
    }

    /// Where the calls are to go; `None` where nothing says so.
    pub(super) fn target(&self) -> Option<Target> {
        if let Field::Known(id) = &self.application_id {
            return Some(Target::Application(id.as_str().to_owned()));
        }
        let uris = self.forward_to_sip.as_known()?;
        let uris: Vec<_> = uris
            .iter()
            .filter_map(Field::as_known)
            .map(SipUri::as_str)
            .collect();
        (!uris.is_empty()).then(|| Target::Sip(uris.join(",")))
    }

    /// What the API has, in this model's own spelling wherever both mean the same. Where the calls go to nothing that a link
    /// can be, it shows none.
    pub(in crate::provider) fn refreshed(&self, found: &Number) -> Self {
        let (application_id, forward_to_sip) = match found.target() {
            Some(Target::Application(id)) => (Field::Known(id.as_str().into()), Field::Null),
            Some(Target::Sip(uris)) => {
                let uris = uris.split(',').map(|uri| Field::Known(uri.trim().into()));
                (Field::Null, Field::Known(uris.collect()))
            }
            Some(Target::Telephone(_) | Target::Unknown(_)) | None => (Field::Null, Field::Null),
        };
        Self {
            country: kept(
                &self.country,
                Field::Known(found.key.country.as_str().into()),
            ),
            msisdn: Field::Known(found.key.msisdn.clone()),
            application_id: kept(&self.application_id, application_id),
            forward_to_sip: kept(&self.forward_to_sip, forward_to_sip),
            take_over: match self.take_over {
                Field::Null => Field::Known(false),
                _ => self.take_over,
            },
            features: Field::Known(found.features.clone()),
            kind: found.kind.clone().into(),
            timeouts: self.timeouts.clone(),
        }
    }

    /// Whether the calls to this number go where they are to go.
    pub(super) fn is_same(&self, found: &Number) -> bool {
        let found = self.refreshed(found);
        self.application_id == found.application_id && self.forward_to_sip == found.forward_to_sip
    }

    /// This link, in the prior spelling wherever both mean the same.
    pub(super) fn in_spelling_of(self, prior: &Self) -> Self {
        Self {
            country: kept(&prior.country, self.country),
            application_id: kept(&prior.application_id, self.application_id),
            forward_to_sip: kept(&prior.forward_to_sip, self.forward_to_sip),
            ..self
        }
    }
}

/// Where calls go, in one spelling for all that mean the same.
pub(super) fn canonical(target: Target) -> Target {
    match target {
        Target::Sip(uris) => {
            let uris = uris.split(',').map(|uri| SipUri::from(uri.trim()));
            let uris: Vec<_> = uris.map(|uri| uri.canonical()).collect();
            Target::Sip(uris.join(","))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
