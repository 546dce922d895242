//! The voice capability of an application.

use serde_json::{Map, Value};

use crate::vonage::http::object::{
    InvalidObject, Unmanaged, boolean, choice, count, inner, set, text, within,
};

const WEBHOOKS: &str = "webhooks";
const ANSWER_URL: &str = "answer_url";
const FALLBACK_ANSWER_URL: &str = "fallback_answer_url";
const EVENT_URL: &str = "event_url";
const ADDRESS: &str = "address";
const HTTP_METHOD: &str = "http_method";
const CONNECT_TIMEOUT: &str = "connect_timeout";
const SOCKET_TIMEOUT: &str = "socket_timeout";
const SIGNED_CALLBACKS: &str = "signed_callbacks";
const CONVERSATIONS_TTL: &str = "conversations_ttl";
const LEG_PERSISTENCE_TIME: &str = "leg_persistence_time";
const REGION: &str = "region";

/// What happens with an application's calls. `None` is what the API did not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Voice {
    /// Where an NCCO comes from.
    pub answer_url: Option<Webhook>,
    /// Where one comes from if `answer_url` fails.
    pub fallback_answer_url: Option<Webhook>,
    /// Where the events of calls go.
    pub event_url: Option<Webhook>,
    /// Whether webhooks carry a signed token.
    pub signed_callbacks: Option<bool>,
    /// Hours.
    pub conversations_ttl: Option<u64>,
    /// Days.
    pub leg_persistence_time: Option<u64>,
    /// Where calls are handled.
    pub region: Option<String>,
    /// Fields that this client does not know, other webhooks among them.
    pub unmanaged: Unmanaged,
}

/// An address that the API requests. `None` is what the API did not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Webhook {
    /// A URL.
    pub address: String,
    /// `GET` or `POST`.
    pub http_method: Option<String>,
    /// Milliseconds.
    pub connect_timeout: Option<u64>,
    /// Milliseconds.
    pub socket_timeout: Option<u64>,
    /// Fields that this client does not know.
    pub unmanaged: Unmanaged,
}

impl Voice {
    pub(super) fn to_json(&self) -> Value {
        let mut object = self.unmanaged.0.clone();
        within(&mut object, WEBHOOKS, |webhooks| {
            for (field, webhook) in [
                (ANSWER_URL, &self.answer_url),
                (FALLBACK_ANSWER_URL, &self.fallback_answer_url),
                (EVENT_URL, &self.event_url),
            ] {
                set(webhooks, field, webhook.as_ref().map(Webhook::to_json));
            }
        });
        set(&mut object, SIGNED_CALLBACKS, self.signed_callbacks);
        set(&mut object, CONVERSATIONS_TTL, self.conversations_ttl);
        set(&mut object, LEG_PERSISTENCE_TIME, self.leg_persistence_time);
        set(&mut object, REGION, self.region.as_deref());
        object.into()
    }

    /// Takes over what is not managed, and what this one does not say; but where it has no webhook or region, it has none.
    pub(super) fn lie_over(&mut self, fresh: Self) {
        for (webhook, fresh) in [
            (&mut self.answer_url, fresh.answer_url),
            (&mut self.fallback_answer_url, fresh.fallback_answer_url),
            (&mut self.event_url, fresh.event_url),
        ] {
            if let (Some(webhook), Some(fresh)) = (webhook, fresh) {
                webhook.lie_over(fresh);
            }
        }
        self.signed_callbacks = self.signed_callbacks.or(fresh.signed_callbacks);
        self.conversations_ttl = self.conversations_ttl.or(fresh.conversations_ttl);
        self.leg_persistence_time = self.leg_persistence_time.or(fresh.leg_persistence_time);
        self.unmanaged = fresh.unmanaged;
    }

    pub(super) fn from_object(mut object: Map<String, Value>) -> Result<Self, InvalidObject> {
        let mut webhooks = inner(&mut object, WEBHOOKS)?.unwrap_or_default();
        let mut webhook = |field| Webhook::taken_from(&mut webhooks, field);
        Ok(Self {
            answer_url: webhook(ANSWER_URL)?,
            fallback_answer_url: webhook(FALLBACK_ANSWER_URL)?,
            event_url: webhook(EVENT_URL)?,
            signed_callbacks: boolean(&mut object, SIGNED_CALLBACKS)?,
            conversations_ttl: count(&mut object, CONVERSATIONS_TTL)?,
            leg_persistence_time: count(&mut object, LEG_PERSISTENCE_TIME)?,
            region: text(&mut object, REGION)?.filter(|region| !region.is_empty()),
            unmanaged: {
                within(&mut object, WEBHOOKS, |object| *object = webhooks);
                Unmanaged(object)
            },
        })
    }
}

impl Webhook {
    fn to_json(&self) -> Value {
        let mut object = self.unmanaged.0.clone();
        set(&mut object, ADDRESS, self.address.as_str());
        set(&mut object, HTTP_METHOD, self.http_method.as_deref());
        set(&mut object, CONNECT_TIMEOUT, self.connect_timeout);
        set(&mut object, SOCKET_TIMEOUT, self.socket_timeout);
        object.into()
    }

    fn lie_over(&mut self, fresh: Self) {
        self.http_method = self.http_method.take().or(fresh.http_method);
        self.connect_timeout = self.connect_timeout.or(fresh.connect_timeout);
        self.socket_timeout = self.socket_timeout.or(fresh.socket_timeout);
        self.unmanaged = fresh.unmanaged;
    }

    /// Without an address there is none: so the API has shown what was never set.
    fn taken_from(
        webhooks: &mut Map<String, Value>,
        field: &'static str,
    ) -> Result<Option<Self>, InvalidObject> {
        let Some(mut object) = inner(webhooks, field)? else {
            return Ok(None);
        };
        let address = text(&mut object, ADDRESS)?.unwrap_or_default();
        if address.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            address,
            http_method: choice(&mut object, HTTP_METHOD, &["GET", "POST"])?,
            connect_timeout: count(&mut object, CONNECT_TIMEOUT)?,
            socket_timeout: count(&mut object, SOCKET_TIMEOUT)?,
            unmanaged: Unmanaged(object),
        }))
    }
}
