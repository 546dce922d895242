//! The model of a user, from and to a state or configuration and the API, and where its secret comes from.

use secrecy::SecretString;
use tfplugin::field::Field;
use tfplugin::number::Number;
use tfplugin::value::Value;

use super::schema::{DOMAIN, ID, KEY, SECRET, SECRET_WO, SECRET_WO_VERSION};
use crate::provider::domain_name::DomainName;
use crate::provider::timeouts::Timeouts;
use crate::vonage::psip::User;
use crate::vonage::register_secret;

/// What a user authenticates as, right or wrong.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::provider) struct UserKey(pub(super) String);

/// A user as it is configured, planned or stored.
#[derive(Clone, Default)]
pub(in crate::provider) struct UserModel {
    pub(super) domain: Field<DomainName>,
    pub(super) key: Field<UserKey>,
    pub(super) secret: Field<String>,
    pub(super) secret_wo: Field<String>,
    pub(super) secret_wo_version: Field<Number>,
    pub(super) timeouts: Timeouts,
}

/// Its secrets are kept out of all that is told from now on.
impl From<&Value> for UserModel {
    fn from(object: &Value) -> Self {
        let secret = |name| {
            object.string_field(name).map(|secret| {
                register_secret(secret);
                secret.to_owned()
            })
        };
        Self {
            domain: object.string_field(DOMAIN).map(DomainName::from),
            key: object.string_field(KEY).map(UserKey::from),
            secret: secret(SECRET),
            secret_wo: secret(SECRET_WO),
            secret_wo_version: object.number_field(SECRET_WO_VERSION).map(Clone::clone),
            timeouts: Timeouts::of(object),
        }
    }
}

impl From<&User> for UserModel {
    fn from(user: &User) -> Self {
        Self {
            domain: Field::Known(user.domain.as_str().into()),
            key: Field::Known(user.key.as_str().into()),
            ..Self::default()
        }
    }
}

impl From<UserModel> for Value {
    fn from(user: UserModel) -> Self {
        let id = user.id().map_or(Value::Unknown, Into::into);
        Self::object([
            (DOMAIN, user.domain.into()),
            (ID, id),
            (KEY, user.key.map(|key| key.0).into()),
            (SECRET, user.secret.into()),
            (SECRET_WO, user.secret_wo.into()),
            (SECRET_WO_VERSION, user.secret_wo_version.into()),
            user.timeouts.into_attribute(),
        ])
    }
}

impl From<&str> for UserKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl UserModel {
    /// The user as the API knows it; a part that is not known is empty.
    pub(super) fn to_api(&self) -> User {
        let domain = self.domain.as_known().map(DomainName::as_str);
        let key = self.key.as_known().map(|key| key.0.clone());
        User {
            domain: domain.unwrap_or_default().to_owned(),
            key: key.unwrap_or_default(),
        }
    }

    /// `<domain>/<key>`, as soon as both are known.
    pub(super) fn id(&self) -> Option<String> {
        let is_known = self.domain.as_known().is_some() && self.key.as_known().is_some();
        is_known.then(|| self.to_api().full_name())
    }

    /// The secret: the one or the other attribute. `None` where neither has a known value.
    pub(super) fn secret(&self) -> Option<SecretString> {
        let secret = self.secret_wo.as_known().or(self.secret.as_known());
        secret.map(|secret| secret.as_str().into())
    }

    /// Whether a state, or a plan, has a secret: the value, or the version that stands for it.
    pub(super) fn has_secret(&self) -> bool {
        !self.secret.is_null() || !self.secret_wo_version.is_null()
    }

    /// Whether a change to this may mean that the API gets the secret once more. A write-only value itself is never there to be
    /// compared: its version stands for it.
    pub(super) fn changes_secret(&self, prior: &Self) -> bool {
        self.secret != prior.secret || self.secret_wo_version != prior.secret_wo_version
    }
}

#[cfg(test)]
mod tests;
