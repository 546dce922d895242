//! An application as the API speaks of it.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::voice::Voice;
use crate::vonage::http::object::{
    InvalidObject, Unmanaged, boolean, inner, object, set, text, within,
};
use crate::vonage::http::request::OBJECT_LIMIT;
use crate::vonage::http::secrets::Secrets;

pub(super) const ID: &str = "id";
const NAME: &str = "name";
const KEYS: &str = "keys";
const PUBLIC_KEY: &str = "public_key";
const PRIVATE_KEY: &str = "private_key";
const PRIVACY: &str = "privacy";
const IMPROVE_AI: &str = "improve_ai";
const CAPABILITIES: &str = "capabilities";
const VOICE: &str = "voice";
/// What an answer has, and a request must not.
const LINKS: &str = "_links";

/// What this object is called in messages.
pub(super) const AN_APPLICATION: &str = "an application";

/// An application. `None` is what the API did not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Application {
    /// The API's; empty before it is created.
    pub id: String,
    /// Not unique.
    pub name: String,
    /// In PEM. The private one is dropped as soon as it is read.
    pub public_key: Option<String>,
    /// Whether Vonage may use content to improve its models.
    pub improve_ai: Option<bool>,
    /// What happens with calls; `None` where the application has nothing to do with them.
    pub voice: Option<Voice>,
    /// Fields of the application, its keys, its privacy and its capabilities that this client does not know, other capabilities
    /// among them; an update sends them back unchanged.
    pub unmanaged: Unmanaged,
}

impl Application {
    /// The body of a create or an update.
    pub(super) fn to_json(&self) -> Value {
        let mut object = self.unmanaged.0.clone();
        set(&mut object, NAME, self.name.as_str());
        within(&mut object, KEYS, |keys| {
            set(keys, PUBLIC_KEY, self.public_key.as_deref());
        });
        within(&mut object, PRIVACY, |privacy| {
            set(privacy, IMPROVE_AI, self.improve_ai);
        });
        let voice = self.voice.as_ref().map(Voice::to_json);
        within(&mut object, CAPABILITIES, |capabilities| {
            set(capabilities, VOICE, voice);
        });
        // Always there: what becomes of the capabilities where they are left out is not known.
        object
            .entry(CAPABILITIES)
            .or_insert_with(|| Map::new().into());
        object.into()
    }

    /// This application, with what is not managed of another, and what this one does not say.
    pub(super) fn over(mut self, fresh: Self) -> Self {
        self.public_key = self.public_key.or(fresh.public_key);
        self.improve_ai = self.improve_ai.or(fresh.improve_ai);
        if let (Some(voice), Some(fresh)) = (&mut self.voice, fresh.voice) {
            voice.lie_over(fresh);
        }
        self.unmanaged = fresh.unmanaged;
        self
    }

    /// What the answer to a create says. Where no more than the ID of it can be read, the rest is taken to be as it was sent.
    pub(super) fn merged(&self, body: &[u8]) -> Result<Self, InvalidObject> {
        let object = object(body)?;
        let id = text(&mut object.clone(), ID)?.ok_or(InvalidObject::Missing(ID))?;
        let sent = || Self { id, ..self.clone() };
        Ok(Self::from_object(object).unwrap_or_else(|_| sent()))
    }

    /// Reads a body that should hold the application `asked` for.
    pub(super) fn from_body(body: &[u8], asked: &str) -> Result<Self, InvalidObject> {
        let application = Self::from_object(object(body)?)?;
        if application.id.eq_ignore_ascii_case(asked) {
            Ok(application)
        } else {
            Err(InvalidObject::Other("application"))
        }
    }

    /// Reads one JSON object, of which a private key is forgotten, and shown nowhere.
    pub(super) fn from_object(mut object: Map<String, Value>) -> Result<Self, InvalidObject> {
        let id = text(&mut object, ID)?.ok_or(InvalidObject::Missing(ID))?;
        object.remove(LINKS);
        let mut keys = inner(&mut object, KEYS)?.unwrap_or_default();
        forget_private_key(&mut keys);
        let mut privacy = inner(&mut object, PRIVACY)?.unwrap_or_default();
        let mut capabilities = inner(&mut object, CAPABILITIES)?.unwrap_or_default();
        let voice = inner(&mut capabilities, VOICE)?;
        Ok(Self {
            id,
            name: text(&mut object, NAME)?.ok_or(InvalidObject::Missing(NAME))?,
            public_key: text(&mut keys, PUBLIC_KEY)?,
            improve_ai: boolean(&mut privacy, IMPROVE_AI)?,
            voice: voice.map(Voice::from_object).transpose()?,
            unmanaged: {
                for (field, rest) in [
                    (KEYS, keys),
                    (PRIVACY, privacy),
                    (CAPABILITIES, capabilities),
                ] {
                    within(&mut object, field, |object| *object = rest);
                }
                Unmanaged(object)
            },
        })
    }

    /// Reads a row of the list of all applications: of what is not managed here, nothing is kept but the names of capabilities.
    pub(super) fn from_listed(row: &RawValue) -> Result<Self, InvalidObject> {
        if row.get().len() > OBJECT_LIMIT {
            return Err(InvalidObject::TooLong);
        }
        let mut application = Self::from_object(object(row.get().as_bytes())?)?;
        let capabilities = inner(&mut application.unmanaged.0, CAPABILITIES)?;
        let names = capabilities.into_iter().flatten().map(|(name, _)| name);
        let mut unmanaged = Map::new();
        within(&mut unmanaged, CAPABILITIES, |kept| {
            kept.extend(names.map(|name| (name, Value::Null)));
        });
        application.unmanaged = Unmanaged(unmanaged);
        Ok(application)
    }

    /// The names of all capabilities, in order.
    pub(crate) fn capabilities(&self) -> Vec<&str> {
        let others = self
            .unmanaged
            .0
            .get(CAPABILITIES)
            .and_then(Value::as_object);
        let others = others.into_iter().flat_map(Map::keys).map(String::as_str);
        let mut names: Vec<_> = others.chain(self.voice.as_ref().map(|_| VOICE)).collect();
        names.sort_unstable();
        names
    }
}

/// Only the answer to a create should have one; whichever has it, nobody here has use for it.
fn forget_private_key(keys: &mut Map<String, Value>) {
    if let Some(Value::String(key)) = keys.remove(PRIVATE_KEY) {
        Secrets::of_this_process().register(&key);
    }
}

#[cfg(test)]
mod tests;
