//! The model of an application's voice.

use tfplugin::field::Field;
use tfplugin::number::Number;
use tfplugin::value::Value;

use super::schema::{
    ADDRESS, CONNECT_TIMEOUT, CONVERSATIONS_TTL, DEFAULT_CONNECT_TIMEOUT,
    DEFAULT_CONVERSATIONS_TTL, DEFAULT_SIGNED_CALLBACKS, HTTP_METHOD, LEG_PERSISTENCE_TIME, REGION,
    SIGNED_CALLBACKS, SOCKET_TIMEOUT, WEBHOOKS, WebhookDefaults,
};
use super::words::{HttpMethod, Region};
use crate::provider::changes::{kept, refreshed};
use crate::vonage::applications::{Voice, Webhook};

/// What happens with calls, as it is configured, planned or stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::provider) struct VoiceModel {
    /// In the order of [`WEBHOOKS`].
    pub(super) webhooks: [Field<WebhookModel>; 3],
    pub(super) signed_callbacks: Field<bool>,
    pub(super) conversations_ttl: Field<Number>,
    pub(super) leg_persistence_time: Field<Number>,
    pub(super) region: Field<Region>,
}

/// An address that the API requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::provider) struct WebhookModel {
    pub(super) address: Field<String>,
    pub(super) http_method: Field<HttpMethod>,
    pub(super) connect_timeout: Field<Number>,
    pub(super) socket_timeout: Field<Number>,
}

/// The object in an attribute, read by `read`.
fn object_field<T>(object: &Value, name: &str, read: impl FnOnce(&Value) -> T) -> Field<T> {
    match object.attribute(name) {
        value @ Value::Object(_) => Field::Known(read(value)),
        value if value.is_unknown() => Field::Unknown,
        _ => Field::Null,
    }
}

impl VoiceModel {
    pub(super) fn in_object(object: &Value, name: &str) -> Field<Self> {
        object_field(object, name, |voice| Self {
            webhooks: WEBHOOKS.map(|(name, _)| object_field(voice, name, |it| it.into())),
            signed_callbacks: voice.bool_field(SIGNED_CALLBACKS),
            conversations_ttl: voice.number_field(CONVERSATIONS_TTL).map(Clone::clone),
            leg_persistence_time: voice.number_field(LEG_PERSISTENCE_TIME).map(Clone::clone),
            region: voice.string_field(REGION).map(Region::from),
        })
    }

    pub(super) fn to_api(&self) -> Voice {
        let [answer_url, fallback_answer_url, event_url] = self
            .webhooks
            .each_ref()
            .map(|webhook| webhook.as_known().map(WebhookModel::to_api));
        let region = self.region.as_known();
        Voice {
            answer_url,
            fallback_answer_url,
            event_url,
            signed_callbacks: self.signed_callbacks.known(),
            conversations_ttl: count(&self.conversations_ttl),
            leg_persistence_time: count(&self.leg_persistence_time),
            region: region.map(|region| region.as_str().to_owned()),
            ..Voice::default()
        }
    }

    /// What the API has, in this model's own spelling wherever both mean the same.
    pub(super) fn refreshed(&self, found: &Voice) -> Self {
        let read = [
            &found.answer_url,
            &found.fallback_answer_url,
            &found.event_url,
        ];
        let mut webhooks = self.webhooks.clone();
        for ((webhook, found), (_, defaults)) in webhooks.iter_mut().zip(read).zip(WEBHOOKS) {
            let prior = webhook.as_known().cloned().unwrap_or_default();
            let found = found.as_ref().map(|found| prior.refreshed(found, defaults));
            *webhook = found.into();
        }
        let leg_persistence_time = found.leg_persistence_time.map(Number::from);
        Self {
            webhooks,
            signed_callbacks: refreshed(
                &self.signed_callbacks,
                found.signed_callbacks,
                DEFAULT_SIGNED_CALLBACKS,
            ),
            conversations_ttl: refreshed(
                &self.conversations_ttl,
                found.conversations_ttl.map(Number::from),
                DEFAULT_CONVERSATIONS_TTL.into(),
            ),
            leg_persistence_time: match leg_persistence_time {
                Some(days) => Field::Known(days),
                None if self.leg_persistence_time.is_unknown() => Field::Null,
                None => self.leg_persistence_time.clone(),
            },
            region: kept(
                &self.region,
                found.region.as_deref().map(Region::from).into(),
            ),
        }
    }

    /// Whether another one is this, in all that is known of it.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let mut known = other.clone();
        if !self.leg_persistence_time.is_known() {
            known
                .leg_persistence_time
                .clone_from(&self.leg_persistence_time);
        }
        *self == known
    }

    /// This one, with what nobody has given yet left to the API.
    pub(super) fn completed_by_api(mut self) -> Self {
        if self.leg_persistence_time.is_null() {
            self.leg_persistence_time = Field::Unknown;
        }
        self
    }

    /// This one, in the prior spelling wherever both mean the same.
    pub(super) fn in_spelling_of(self, prior: &Self) -> Self {
        let mut webhooks = self.webhooks;
        for (webhook, prior) in webhooks.iter_mut().zip(&prior.webhooks) {
            if let (Field::Known(webhook), Field::Known(prior)) = (webhook, prior) {
                webhook.http_method = kept(&prior.http_method, webhook.http_method.clone());
            }
        }
        Self {
            webhooks,
            region: kept(&prior.region, self.region),
            ..self
        }
    }
}

impl From<VoiceModel> for Value {
    fn from(voice: VoiceModel) -> Self {
        let names = WEBHOOKS.map(|(name, _)| name).into_iter();
        let webhooks = names.zip(voice.webhooks.map(Value::from));
        Self::object(webhooks.chain([
            (SIGNED_CALLBACKS, voice.signed_callbacks.into()),
            (CONVERSATIONS_TTL, voice.conversations_ttl.into()),
            (LEG_PERSISTENCE_TIME, voice.leg_persistence_time.into()),
            (REGION, voice.region.into()),
        ]))
    }
}

impl From<&Value> for WebhookModel {
    fn from(object: &Value) -> Self {
        Self {
            address: object.string_field(ADDRESS).map(ToOwned::to_owned),
            http_method: object.string_field(HTTP_METHOD).map(HttpMethod::from),
            connect_timeout: object.number_field(CONNECT_TIMEOUT).map(Clone::clone),
            socket_timeout: object.number_field(SOCKET_TIMEOUT).map(Clone::clone),
        }
    }
}

impl From<WebhookModel> for Value {
    fn from(webhook: WebhookModel) -> Self {
        Self::object([
            (ADDRESS, webhook.address.into()),
            (HTTP_METHOD, webhook.http_method.into()),
            (CONNECT_TIMEOUT, webhook.connect_timeout.into()),
            (SOCKET_TIMEOUT, webhook.socket_timeout.into()),
        ])
    }
}

impl WebhookModel {
    fn to_api(&self) -> Webhook {
        let method = self.http_method.as_known();
        Webhook {
            address: self.address.as_known().cloned().unwrap_or_default(),
            http_method: method.map(|method| method.as_str().to_owned()),
            connect_timeout: count(&self.connect_timeout),
            socket_timeout: count(&self.socket_timeout),
            ..Webhook::default()
        }
    }

    fn refreshed(&self, found: &Webhook, defaults: WebhookDefaults) -> Self {
        let milliseconds = |prior, found: Option<u64>, default: u64| {
            refreshed(prior, found.map(Number::from), default.into())
        };
        let method = found.http_method.as_deref().map(HttpMethod::from);
        Self {
            address: Field::Known(found.address.clone()),
            http_method: refreshed(&self.http_method, method, defaults.http_method.into()),
            connect_timeout: milliseconds(
                &self.connect_timeout,
                found.connect_timeout,
                DEFAULT_CONNECT_TIMEOUT,
            ),
            socket_timeout: milliseconds(
                &self.socket_timeout,
                found.socket_timeout,
                defaults.socket_timeout,
            ),
        }
    }
}

/// A number that was checked to be a count.
fn count(number: &Field<Number>) -> Option<u64> {
    number.as_known().and_then(Number::to_u64)
}
