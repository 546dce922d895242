//! The provider block: its schema, and how its values, the environment and the credentials file become checked settings.
//!
//! A value in the block beats its environment variable, which beats the credentials file, which beats the default.

mod credentials;
mod credentials_file;
mod settings;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::number::Number;
use tfplugin::path::AttributePath;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;

use self::settings::{SETTINGS, SIP_BASE_DOMAIN, Setting, Values};
use crate::env::Environment;
use crate::vonage::Settings;

const DESCRIPTION: &str = "Manages [Vonage Programmable SIP](https://developer.vonage.com/en/voice/sip/concepts/programmable-sip). \
A value in the configuration beats its environment variable, which beats the credentials file.";

/// The schema of the block.
pub(super) fn schema() -> Schema {
    let block = Block {
        attributes: SETTINGS.iter().map(Setting::attribute).collect(),
        description: DESCRIPTION.to_owned(),
        ..Block::default()
    };
    Schema { version: 0, block }
}

/// The attributes whose values are not known yet.
pub(super) fn unknown(config: &Value) -> Vec<&'static str> {
    let unknown = |setting: &&Setting| config.attribute(setting.name).is_unknown();
    SETTINGS.iter().filter(unknown).map(|it| it.name).collect()
}

/// Checks the block alone: what the environment and the credentials file say is known only where they are.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let mut reader = Reader::default();
    for setting in &SETTINGS {
        if let Some(text) = setting.configured(config).known() {
            reader.read(setting, Origin::Block, text);
        }
    }
    reader.diagnostics
}

/// The client's settings and the SIP base domain, or all problems with them at once.
pub(super) fn resolve(
    config: &Value,
    environment: &dyn Environment,
) -> Result<(Settings, String), Diagnostics> {
    let mut reader = Reader::default();
    let sources = Sources {
        config,
        environment,
    };
    let mut file = credentials::from_file(&sources, &mut reader.diagnostics);
    for setting in &SETTINGS {
        let found = sources.given(setting).or_else(|| file.remove(setting.name));
        if let Some(found) = found.or_else(|| setting.by_default()) {
            reader.read(setting, found.origin, found.text);
        }
    }
    match reader.values.resolved(environment) {
        Some(resolved) if !reader.diagnostics.has_errors() => Ok(resolved),
        _ => Err(reader.diagnostics),
    }
}

/// The SIP base domain, where it is known although other values are not.
pub(super) fn sip_base_domain(config: &Value, environment: &dyn Environment) -> Option<String> {
    if config.attribute(SIP_BASE_DOMAIN.name).is_unknown() {
        return None;
    }
    let sources = Sources {
        config,
        environment,
    };
    let found = sources.given(&SIP_BASE_DOMAIN);
    let found = found.or_else(|| SIP_BASE_DOMAIN.by_default())?;
    let mut reader = Reader::default();
    reader.read(&SIP_BASE_DOMAIN, found.origin, found.text);
    reader.values.sip_base_domain
}

/// A setting's text, and where it was written.
struct Found {
    origin: Origin,
    text: String,
}

#[derive(Clone, PartialEq)]
enum Origin {
    Block,
    Environment,
    File(PathBuf),
    Default,
}

/// What beats the credentials file.
struct Sources<'a> {
    config: &'a Value,
    environment: &'a dyn Environment,
}

impl Sources<'_> {
    fn given(&self, setting: &Setting) -> Option<Found> {
        let (origin, text) = match setting.configured(self.config) {
            Field::Known(text) => (Origin::Block, text),
            Field::Unknown => return None,
            Field::Null => (Origin::Environment, self.environment.get(setting.variable)?),
        };
        Some(Found { origin, text })
    }
}

impl Setting {
    fn attribute(&self) -> Attribute {
        let mut description = self.description.to_owned();
        if let Some(default) = self.default {
            description += &format!(" Default: `{default}`.");
        }
        description += &format!(" Environment: `{}`.", self.variable);
        (self.attribute)(self.name).description(&description)
    }

    /// What the block says, as text also where it is a number.
    fn configured(&self, config: &Value) -> Field<String> {
        match config.string_field(self.name) {
            Field::Null => config.number_field(self.name).map(Number::to_string),
            text => text.map(str::to_owned),
        }
    }

    fn by_default(&self) -> Option<Found> {
        self.default.map(|text| Found {
            origin: Origin::Default,
            text: text.to_owned(),
        })
    }

    /// A value that cannot be used; `what` continues the sentence `The value of … `.
    fn problem(&self, origin: &Origin, what: impl fmt::Display, diagnostics: &mut Diagnostics) {
        let Self { name, variable, .. } = self;
        let place = match origin {
            Origin::Block | Origin::Default => format!("`{name}` in the provider configuration"),
            Origin::Environment => format!("the environment variable {variable}"),
            Origin::File(path) => format!("`{name}` in the file {}", path.display()),
        };
        diagnostics.error(
            AttributePath::root(name),
            format!("Invalid {name}"),
            format!("The value of {place} {what}"),
        );
    }
}

/// Sorts what is found into values and problems.
#[derive(Default)]
struct Reader {
    values: Values,
    diagnostics: Diagnostics,
}

impl Reader {
    fn read(&mut self, setting: &Setting, origin: Origin, text: String) {
        if let Err(what) = (setting.read)(text, &mut self.values) {
            setting.problem(&origin, what, &mut self.diagnostics);
        }
    }
}
