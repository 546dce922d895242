//! An application as it is configured: as a value for the provider, and as the API should have it.

use serde_json::{Value as Json, json};
use tfplugin::value::Value;
use vonage_sandbox::Object as ApiObject;

/// RSA keys whose private halves nobody has.
pub(crate) const KEYS: [&str; 3] = [
    "-----BEGIN PUBLIC KEY-----\n\
     MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCyEFG+jectGm6Q5ond83tay7ju\n\
     fpazUrgR1PfEgzG4VJbKx8upDksZuCubfmY8hgbk39NfpYXBuUvDGDLZv8xWKwee\n\
     Mo1oXj/JeiefQ0e/ILKp7hNnCieo5mg7zmPOkp/e84pOkbSyUzK8zcYFR4sPxWU0\n\
     c9DROBWSuKIx5zfvsQIDAQAB\n\
     -----END PUBLIC KEY-----\n",
    "-----BEGIN PUBLIC KEY-----\n\
     MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEHY04bdL3ClgsYk6Iw768jZIt\n\
     9sWDgC7FRdQCtxG4I7s1YYjR0Zc2/vcKCD2j629e9KozUkSXh30j5sUz460gcibR\n\
     bidbz4wEusKa0Ax+ecIDudEnRaSXXHXQRmxUEFbtKYuKXlcy4NionmXiZ/jimLLq\n\
     sgFmYNEA1bQ9LjR6dwIDAQAB\n\
     -----END PUBLIC KEY-----\n",
    "-----BEGIN PUBLIC KEY-----\n\
     MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDN4bmXWuNChkr1Qdhc0zZs0rn4\n\
     9WXQ+AugsK3W28p85G6w4phU2jJ4oXhD0S9Ol42Vvj5kb+Q36N0C97Uk2zakNBGt\n\
     ZFucZTikSQfp5noqof2wccE0eIxA9RJguy7PX8fI0fvwGQX0cJYbFXeHX0/V3gWP\n\
     lE9NxsL30w9uMn6IXQIDAQAB\n\
     -----END PUBLIC KEY-----\n",
];

/// Each webhook, with the method and the milliseconds that it has where its configuration does not say.
const WEBHOOKS: [(&str, &str, u64); 3] = [
    ("answer_url", "GET", 5_000),
    ("fallback_answer_url", "POST", 5_000),
    ("event_url", "POST", 10_000),
];

const WEBHOOK: [&str; 4] = [
    "address",
    "http_method",
    "connect_timeout",
    "socket_timeout",
];

const LEG_PERSISTENCE_TIME: &str = "leg_persistence_time";

#[derive(Clone, Debug)]
pub(crate) struct Application {
    pub(crate) name: String,
    pub(crate) public_key: Option<&'static str>,
    pub(crate) improve_ai: Option<bool>,
    /// By the names of its attributes, and none of those that are not configured.
    pub(crate) voice: Option<ApiObject>,
    pub(crate) force_destroy: bool,
}

impl Application {
    /// One that takes calls.
    pub(crate) fn named(name: &str) -> Self {
        let answer_url = json!({ "answer_url": { "address": "https://voice.example.com/answer" } });
        Self {
            name: name.to_owned(),
            public_key: None,
            improve_ai: None,
            voice: answer_url.as_object().cloned(),
            force_destroy: false,
        }
    }

    pub(super) fn value(&self) -> Value {
        Value::object([
            ("name", self.name.as_str().into()),
            ("public_key", Value::from(self.public_key.map(Value::from))),
            ("improve_ai", Value::from(self.improve_ai.map(Value::from))),
            ("voice", Value::from(self.voice.as_ref().map(voice))),
            ("force_destroy", self.force_destroy.into()),
            ("timeouts", Value::Null),
            ("id", Value::Null),
        ])
    }

    /// Why the API's application is not this one, if it is not. What is not configured, and has no default, may be anything.
    pub(crate) fn difference(&self, there: &ApiObject) -> Option<String> {
        let there = Json::from(there.clone());
        let key = there["keys"]["public_key"].clone();
        let improve_ai = self.improve_ai.unwrap_or(false);
        let expected = [
            ("name", json!(self.name), there["name"].clone()),
            ("key", self.public_key.map_or(key.clone(), Json::from), key),
            (
                "improve_ai",
                json!(improve_ai),
                there["privacy"]["improve_ai"].clone(),
            ),
            (
                "voice",
                self.expected_voice(),
                self.comparable(there["capabilities"]["voice"].clone()),
            ),
        ];
        let mut others = expected
            .into_iter()
            .filter(|(_, ours, found)| ours != found);
        let (what, ours, found) = others.next()?;
        Some(format!("{what} is {found}, not {ours}"))
    }

    fn expected_voice(&self) -> Json {
        let Some(configured) = &self.voice else {
            return Json::Null;
        };
        let mut webhooks = ApiObject::new();
        let mut voice = ApiObject::new();
        voice.insert("signed_callbacks".to_owned(), true.into());
        voice.insert("conversations_ttl".to_owned(), 48.into());
        voice.extend(configured.clone());
        for (name, method, milliseconds) in WEBHOOKS {
            if let Some(Json::Object(configured)) = voice.remove(name) {
                let mut webhook = json!({
                    "http_method": method, "connect_timeout": 1_000, "socket_timeout": milliseconds,
                });
                webhook.as_object_mut().unwrap().extend(configured);
                webhooks.insert(name.to_owned(), webhook);
            }
        }
        voice.insert("webhooks".to_owned(), webhooks.into());
        voice.into()
    }

    /// The API's voice, in the form of ours.
    fn comparable(&self, mut voice: Json) -> Json {
        if let (Some(ours), Some(voice)) = (&self.voice, voice.as_object_mut()) {
            voice.entry("webhooks").or_insert_with(|| json!({}));
            if !ours.contains_key(LEG_PERSISTENCE_TIME) {
                voice.remove(LEG_PERSISTENCE_TIME);
            }
        }
        voice
    }
}

fn voice(voice: &ApiObject) -> Value {
    let webhooks = WEBHOOKS.map(|(name, ..)| {
        let webhook = voice.get(name).and_then(Json::as_object);
        let webhook = webhook.map(|it| Value::object(WEBHOOK.map(|name| (name, leaf(it, name)))));
        (name, Value::from(webhook))
    });
    let leaves = [
        "signed_callbacks",
        "conversations_ttl",
        LEG_PERSISTENCE_TIME,
        "region",
    ];
    let leaves = leaves.map(|name| (name, leaf(voice, name)));
    Value::object(webhooks.into_iter().chain(leaves))
}

fn leaf(object: &ApiObject, name: &str) -> Value {
    match object.get(name) {
        Some(Json::String(text)) => text.as_str().into(),
        Some(Json::Bool(truth)) => (*truth).into(),
        Some(Json::Number(number)) => Value::Number(number.as_u64().unwrap().into()),
        _ => Value::Null,
    }
}
