//! The model of an application, from and to a state or configuration and the API, and when two of them mean the same.

use tfplugin::field::Field;
use tfplugin::value::Value;

use super::public_key::PublicKey;
use super::schema::{FORCE_DESTROY, ID, IMPROVE_AI, NAME, PUBLIC_KEY, VOICE};
use super::voice::VoiceModel;
use crate::provider::application_id::ApplicationId;
use crate::provider::changes::{kept, refreshed};
use crate::provider::timeouts::Timeouts;
use crate::vonage::applications::Application;

/// An application as it is configured, planned or stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::provider) struct ApplicationModel {
    pub(super) id: Field<ApplicationId>,
    pub(super) name: Field<String>,
    pub(super) public_key: Field<PublicKey>,
    pub(super) improve_ai: Field<bool>,
    pub(super) voice: Field<VoiceModel>,
    /// Terraform's alone: the API has no such thing.
    pub(super) force_destroy: Field<bool>,
    pub(super) timeouts: Timeouts,
}

impl From<&Value> for ApplicationModel {
    fn from(object: &Value) -> Self {
        Self {
            id: object.string_field(ID).map(ApplicationId::from),
            name: object.string_field(NAME).map(ToOwned::to_owned),
            public_key: object.string_field(PUBLIC_KEY).map(PublicKey::from),
            improve_ai: object.bool_field(IMPROVE_AI),
            voice: VoiceModel::in_object(object, VOICE),
            force_destroy: object.bool_field(FORCE_DESTROY),
            timeouts: Timeouts::of(object),
        }
    }
}

impl From<ApplicationModel> for Value {
    fn from(application: ApplicationModel) -> Self {
        Self::object([
            (ID, application.id.into()),
            (NAME, application.name.into()),
            (PUBLIC_KEY, application.public_key.into()),
            (IMPROVE_AI, application.improve_ai.into()),
            (VOICE, application.voice.into()),
            (FORCE_DESTROY, application.force_destroy.into()),
            application.timeouts.into_attribute(),
        ])
    }
}

impl ApplicationModel {
    /// An application of which nothing but the ID is known, as an import begins with it.
    pub(in crate::provider) fn of_id(id: &str) -> Self {
        Self {
            id: Field::Known(id.into()),
            ..Self::default()
        }
    }

    /// The application that the API is to have. What is not known yet is the API's to give.
    pub(super) fn to_api(&self) -> Application {
        let key = self.public_key.as_known();
        Application {
            id: self.id().to_owned(),
            name: self.name().to_owned(),
            public_key: key.map(|key| key.as_str().to_owned()),
            improve_ai: self.improve_ai.known(),
            voice: self.voice.as_known().map(VoiceModel::to_api),
            ..Application::default()
        }
    }

    /// What the API has, in this model's own spelling wherever both mean the same.
    pub(in crate::provider) fn refreshed(&self, found: &Application) -> Self {
        let key = found.public_key.as_deref().map(PublicKey::from);
        let voice = found.voice.as_ref().map(|voice| {
            let prior = self.voice.as_known();
            prior.unwrap_or(&VoiceModel::default()).refreshed(voice)
        });
        Self {
            id: kept(&self.id, Field::Known(found.id.as_str().into())),
            name: Field::Known(found.name.clone()),
            public_key: match key {
                Some(key) => kept(&self.public_key, Field::Known(key)),
                None if self.public_key.is_unknown() => Field::Null,
                None => self.public_key.clone(),
            },
            improve_ai: refreshed(&self.improve_ai, found.improve_ai, false),
            voice: voice.into(),
            force_destroy: refreshed(&self.force_destroy, None, false),
            timeouts: self.timeouts.clone(),
        }
    }

    /// Whether the API's application is this one, in all that we manage and know. What the API leaves out says nothing to the
    /// contrary.
    pub(super) fn is_same(&self, found: &Application) -> bool {
        let found = self.refreshed(found);
        self.name == found.name
            && (!self.public_key.is_known() || self.public_key == found.public_key)
            && self.improve_ai == found.improve_ai
            && match (&self.voice, &found.voice) {
                (Field::Known(voice), Field::Known(found)) => voice.is_same(found),
                (voice, found) => voice == found,
            }
    }

    /// This application, in the prior spelling wherever both mean the same.
    pub(super) fn in_spelling_of(self, prior: &Self) -> Self {
        let voice = match (&prior.voice, self.voice) {
            (Field::Known(prior), Field::Known(voice)) => Field::Known(voice.in_spelling_of(prior)),
            (_, voice) => voice,
        };
        Self {
            public_key: kept(&prior.public_key, self.public_key),
            voice,
            ..self
        }
    }

    /// This application, with what nobody has given yet left to the API, which gives it with the next write.
    pub(super) fn completed_by_api(mut self) -> Self {
        if self.public_key.is_null() {
            self.public_key = Field::Unknown;
        }
        self.voice = self.voice.map(VoiceModel::completed_by_api);
        self
    }

    /// The ID for paths; empty where it is not known.
    pub(in crate::provider) fn id(&self) -> &str {
        self.id.as_known().map_or("", ApplicationId::as_str)
    }

    /// The name for messages; empty where it is not known.
    pub(in crate::provider) fn name(&self) -> &str {
        self.name.as_known().map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests;
