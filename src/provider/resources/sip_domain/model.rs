//! The model of a domain, from and to a state or configuration and the API, and when two of them mean the same.

use tfplugin::field::Field;
use tfplugin::value::Value;

use super::schema::{
    ACL, APPLICATION_ID, DIGEST_AUTH, DOMAIN_TYPE, FORCE_DESTROY, ID, NAME, REGIONAL_HOSTS, SRTP,
    TLS,
};
use super::words::{DomainType, Encryption};
use crate::acl::{Acl, Element};
use crate::provider::application_id::ApplicationId;
use crate::provider::changes::{kept, refreshed};
use crate::provider::domain_name::DomainName;
use crate::provider::hosts;
use crate::provider::timeouts::Timeouts;
use crate::vonage::psip::Domain;

/// A domain as it is configured, planned or stored. What follows from its name is not part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::provider) struct DomainModel {
    pub(in crate::provider) name: Field<DomainName>,
    pub(super) acl: Field<Acl>,
    pub(in crate::provider) application_id: Field<ApplicationId>,
    pub(super) digest_auth: Field<bool>,
    pub(in crate::provider) domain_type: Field<DomainType>,
    pub(super) srtp: Field<Encryption>,
    pub(super) tls: Field<Encryption>,
    /// Terraform's alone: the API has no such thing.
    pub(super) force_destroy: Field<bool>,
    pub(super) timeouts: Timeouts,
}

impl From<&Value> for DomainModel {
    fn from(object: &Value) -> Self {
        Self {
            name: object.string_field(NAME).map(DomainName::from),
            acl: object.elements_field(ACL).map(acl),
            application_id: object.string_field(APPLICATION_ID).map(ApplicationId::from),
            digest_auth: object.bool_field(DIGEST_AUTH),
            domain_type: object.string_field(DOMAIN_TYPE).map(DomainType::from),
            srtp: object.string_field(SRTP).map(Encryption::from),
            tls: object.string_field(TLS).map(Encryption::from),
            force_destroy: object.bool_field(FORCE_DESTROY),
            timeouts: Timeouts::of(object),
        }
    }
}

impl DomainModel {
    /// A domain of which nothing but the name is known, as an import begins with it.
    pub(in crate::provider) fn named(name: &str) -> Self {
        Self {
            name: Field::Known(name.into()),
            ..Self::default()
        }
    }

    /// All attributes. The hosts follow from the name and the domain that they end in.
    pub(in crate::provider) fn into_value(self, sip_base_domain: Field<&str>) -> Value {
        let hosts = match (&self.name, sip_base_domain) {
            (Field::Known(name), Field::Known(base)) => hosts::regional(name.as_str(), base),
            (Field::Null, _) | (_, Field::Null) => Value::Null,
            _ => Value::Unknown,
        };
        Value::object([
            (NAME, self.name.clone().into()),
            (ID, self.name.into()),
            (ACL, self.acl.into()),
            (APPLICATION_ID, self.application_id.into()),
            (DIGEST_AUTH, self.digest_auth.into()),
            (DOMAIN_TYPE, self.domain_type.into()),
            (SRTP, self.srtp.into()),
            (TLS, self.tls.into()),
            (FORCE_DESTROY, self.force_destroy.into()),
            (REGIONAL_HOSTS, hosts),
            self.timeouts.into_attribute(),
        ])
    }

    /// The domain that the API is to have. All that it has must be known.
    pub(super) fn to_api(&self) -> Domain {
        let id = self.application_id.as_known();
        let entries = self.acl.as_known().into_iter().flat_map(Acl::texts);
        let word = |field: &Field<Encryption>| field.as_known().map(|it| it.as_str().to_owned());
        Domain {
            name: self.name().to_owned(),
            application_id: id.map(|it| it.as_str().to_owned()),
            acl: entries.map(ToOwned::to_owned).collect(),
            tls: word(&self.tls),
            srtp: word(&self.srtp),
            digest_auth: self.digest_auth.known(),
            domain_type: self.domain_type.as_known().map(|it| it.as_str().to_owned()),
            ..Domain::default()
        }
    }

    /// What the API has, in this model's own spelling wherever both mean the same.
    pub(in crate::provider) fn refreshed(&self, found: &Domain) -> Self {
        let application_id = found.application_id.as_deref().filter(|id| !id.is_empty());
        let domain_type = found.domain_type.as_deref().map(Into::into);
        let word = |prior, found: &Option<String>| {
            let found = found.as_deref().map(Encryption::from);
            refreshed(prior, found, Encryption::DEFAULT.into())
        };
        Self {
            name: kept(&self.name, Field::Known(found.name.as_str().into())),
            acl: kept(&self.acl, Field::Known(found.acl.iter().collect())),
            application_id: kept(&self.application_id, application_id.map(Into::into).into()),
            digest_auth: refreshed(&self.digest_auth, found.digest_auth, false),
            domain_type: refreshed(&self.domain_type, domain_type, DomainType::DEFAULT.into()),
            srtp: word(&self.srtp, &found.srtp),
            tls: word(&self.tls, &found.tls),
            force_destroy: refreshed(&self.force_destroy, None, false),
            timeouts: self.timeouts.clone(),
        }
    }

    /// Whether the API's domain is this one, in all that we manage. What the API leaves out says nothing to the contrary.
    pub(super) fn is_same(&self, found: &Domain) -> bool {
        *self == self.refreshed(found)
    }

    /// This domain, in the prior spelling wherever both mean the same.
    pub(super) fn in_spelling_of(self, prior: &Self) -> Self {
        Self {
            name: kept(&prior.name, self.name),
            acl: kept(&prior.acl, self.acl),
            application_id: kept(&prior.application_id, self.application_id),
            ..self
        }
    }

    /// The name for paths and messages; empty where it is not known.
    pub(in crate::provider) fn name(&self) -> &str {
        self.name.as_known().map_or("", DomainName::as_str)
    }
}

fn acl(elements: &[Value]) -> Acl {
    let element = |value: &Value| match value {
        Value::String(text) => Element::read(text),
        unknown if unknown.is_unknown() => Element::Unknown,
        _ => Element::Null,
    };
    Acl::new(elements.iter().map(element).collect())
}

impl From<Acl> for Value {
    fn from(acl: Acl) -> Self {
        Self::set(acl.elements().iter().map(|element| match element {
            Element::Null => Self::Null,
            Element::Unknown => Value::Unknown,
            Element::Entry(text, _) => text.as_str().into(),
        }))
    }
}

#[cfg(test)]
mod tests;
