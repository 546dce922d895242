//! A number that the account owns, as the API speaks of it.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::vonage::http::object::{InvalidObject, object, text, texts};
use crate::vonage::http::request::OBJECT_LIMIT;

const COUNTRY: &str = "country";
const MSISDN: &str = "msisdn";
const TYPE: &str = "type";
const FEATURES: &str = "features";
const APP_ID: &str = "app_id";
const VOICE_CALLBACK_TYPE: &str = "voiceCallbackType";
const VOICE_CALLBACK_VALUE: &str = "voiceCallbackValue";
const MESSAGES_TYPE: &str = "messagesCallbackType";
const MESSAGES_VALUE: &str = "messagesCallbackValue";

/// Fields that an update sends back as they were read.
const KEPT: [&str; 5] = [
    "moHttpUrl",
    "moSmppSysType",
    "voiceStatusCallback",
    MESSAGES_TYPE,
    MESSAGES_VALUE,
];

/// What tells a number from all others: country and digits together.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NumberKey {
    /// ISO 3166-1 alpha-2, in upper case.
    pub country: String,
    /// E.164 without `+`.
    pub msisdn: String,
}

impl std::fmt::Display for NumberKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.country, self.msisdn)
    }
}

/// Where the calls to a number go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    /// To an application of this ID.
    Application(String),
    /// To these SIP URIs, separated by commas and tried in order.
    Sip(String),
    /// To another telephone number.
    Telephone(String),
    /// By a rule of this name, which this client does not know.
    Unknown(String),
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Application(id) => write!(f, "application {}", id.to_ascii_lowercase()),
            Self::Sip(uris) => f.write_str(uris),
            Self::Telephone(number) => write!(f, "tel {number}"),
            Self::Unknown(kind) => write!(f, "unknown {kind}"),
        }
    }
}

/// A number that the account owns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub key: NumberKey,
    /// `landline`, `mobile-lvn`, `landline-toll-free`, or what may come.
    pub kind: Option<String>,
    /// `VOICE`, `SMS`, `MMS`, or what may come.
    pub features: Vec<String>,
    /// The application of the link, whatever the voice callback says.
    application_id: Option<String>,
    /// Type and value of its voice callback.
    voice_callback: Option<(String, String)>,
    /// What an update sends back.
    kept: Vec<(&'static str, String)>,
}

impl Number {
    /// Reads a row of the list of owned numbers.
    pub(super) fn from_row(row: &RawValue) -> Result<Self, InvalidObject> {
        if row.get().len() > OBJECT_LIMIT {
            return Err(InvalidObject::TooLong);
        }
        Self::from_object(object(row.get().as_bytes())?)
    }

    /// A number as a list shows it.
    #[cfg(test)]
    pub(crate) fn of_json(json: &str) -> Self {
        let row = RawValue::from_string(json.to_owned()).unwrap();
        Self::from_row(&row).unwrap()
    }

    fn from_object(mut object: Map<String, Value>) -> Result<Self, InvalidObject> {
        let mut required = |field| text(&mut object, field)?.ok_or(InvalidObject::Missing(field));
        let key = NumberKey {
            country: required(COUNTRY)?.to_ascii_uppercase(),
            msisdn: required(MSISDN)?,
        };
        let mut given = |field| -> Result<_, InvalidObject> {
            Ok(text(&mut object, field)?.filter(|text| !text.is_empty()))
        };
        let application_id = given(APP_ID)?;
        let voice_callback = match (given(VOICE_CALLBACK_TYPE)?, given(VOICE_CALLBACK_VALUE)?) {
            (None, _) => None,
            (Some(kind), value) => Some((kind, value.unwrap_or_default())),
        };
        let kind = given(TYPE)?;
        let mut kept = Vec::new();
        for field in KEPT {
            kept.extend(given(field)?.map(|text| (field, text)));
        }
        Ok(Self {
            key,
            kind,
            features: texts(&mut object, FEATURES)?.unwrap_or_default(),
            application_id,
            voice_callback,
            kept,
        })
    }

    /// Where its calls go: a forward counts before an application. `None` where they go nowhere.
    pub(crate) fn target(&self) -> Option<Target> {
        let application = || {
            let id = self.application()?;
            Some(Target::Application(id.to_owned()))
        };
        let Some((kind, value)) = &self.voice_callback else {
            return application();
        };
        match kind.to_ascii_lowercase().as_str() {
            "sip" => Some(Target::Sip(value.clone())),
            "tel" => Some(Target::Telephone(value.clone())),
            // The deprecated way to say what `app_id` says.
            "app" => application(),
            _ => Some(Target::Unknown(kind.clone())),
        }
    }

    /// The application that it is linked to, whether or not a forward takes its calls.
    pub(crate) fn application(&self) -> Option<&str> {
        let callback = self.voice_callback.as_ref();
        let callback = callback.filter(|(kind, _)| kind.eq_ignore_ascii_case("app"));
        let deprecated = || {
            callback
                .map(|(_, id)| id.as_str())
                .filter(|id| !id.is_empty())
        };
        self.application_id.as_deref().or_else(deprecated)
    }

    /// Where its calls go once an update has sent them to `target`, or taken away where they went: under a forward that goes,
    /// an application may lie.
    pub(super) fn target_after(&self, target: Option<&Target>) -> Option<Target> {
        let below = || self.application_below().map(ToOwned::to_owned);
        target.cloned().or_else(|| below().map(Target::Application))
    }

    /// An application that takes no calls as long as a forward does.
    fn application_below(&self) -> Option<&str> {
        let is_forwarded = matches!(self.target(), Some(Target::Sip(_) | Target::Telephone(_)));
        self.application_id.as_deref().filter(|_| is_forwarded)
    }

    /// The form of an update after which its calls go to `target`, or nowhere, and all else is as it was read: what an update
    /// leaves out is cleared.
    pub(super) fn form<'a>(&'a self, target: Option<&'a Target>) -> Vec<(&'a str, &'a str)> {
        let mut form = vec![
            (COUNTRY, self.key.country.as_str()),
            (MSISDN, self.key.msisdn.as_str()),
        ];
        let application = match target {
            Some(Target::Application(id)) => Some(id.as_str()),
            _ => self.application_below(),
        };
        form.extend(application.map(|id| (APP_ID, id)));
        match target {
            Some(Target::Sip(uris)) => {
                form.push((VOICE_CALLBACK_TYPE, "sip"));
                form.push((VOICE_CALLBACK_VALUE, uris));
            }
            Some(Target::Telephone(number)) => {
                form.push((VOICE_CALLBACK_TYPE, "tel"));
                form.push((VOICE_CALLBACK_VALUE, number));
            }
            Some(Target::Application(_) | Target::Unknown(_)) | None => {}
        }
        let kept = self.kept.iter();
        let kept = kept.map(|(field, text)| (*field, text.as_str()));
        form.extend(kept.filter(|(field, _)| !self.goes_with_link(field, application)));
        form
    }

    /// Whether a field is a part of the link to an application that is given up for another, or for none: a link may show in
    /// the callback for messages as well as in that for calls.
    fn goes_with_link(&self, field: &str, application: Option<&str>) -> bool {
        let given_up = self.application_id.as_deref();
        let given_up = given_up.filter(|id| Some(*id) != application);
        let names = |id: &str| {
            let mut kept = self.kept.iter();
            kept.any(|(field, value)| *field == MESSAGES_VALUE && value == id)
        };
        [MESSAGES_TYPE, MESSAGES_VALUE].contains(&field) && given_up.is_some_and(names)
    }
}

#[cfg(test)]
mod tests;
