//! The provider block: its schema, and how its values, the environment and the credentials file become checked settings.
//!
//! A value in the block beats its environment variable, which beats the credentials file, which beats the default.

mod credentials;
mod credentials_file;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::number::Number;
use tfplugin::path::AttributePath;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;

use self::settings::{SETTINGS, SIP_BASE_DOMAIN, Setting, Values};
use crate::env::Environment;
use crate::vonage::Settings;

const DESCRIPTION: &str = "Manages what [Vonage Programmable SIP](https://developer.vonage.com/en/voice/sip/concepts/programmable-sip) \
needs: voice applications, SIP domains and their users. \
A value in the configuration beats its environment variable, which beats the credentials file.";

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
    let nowhere = BTreeMap::<String, String>::new();
    let mut reader = Reader::new(config, &nowhere);
    for setting in &SETTINGS {
        reader.read(setting, None);
    }
    reader.diagnostics
}

/// The client's settings and the SIP base domain, or all problems with them at once.
pub(super) fn resolve(
    config: &Value,
    environment: &dyn Environment,
) -> Result<(Settings, String), Diagnostics> {
    let mut reader = Reader::new(config, environment);
    let mut file = credentials::from_file(&mut reader);
    for setting in &SETTINGS {
        reader.read(setting, file.remove(setting.name));
    }
    match reader.values.resolved(environment) {
        Some(resolved) if !reader.diagnostics.has_errors() => Ok(resolved),
        _ => Err(reader.diagnostics),
    }
}

/// The SIP base domain, where it is known although other values are not.
pub(super) fn sip_base_domain(config: &Value, environment: &dyn Environment) -> Option<String> {
    let mut reader = Reader::new(config, environment);
    reader.read(&SIP_BASE_DOMAIN, None);
    reader.values.sip_base_domain
}

/// A setting's text, and where it was written.
struct Found {
    origin: Origin,
    text: String,
}

#[derive(PartialEq)]
enum Origin {
    Block,
    Environment,
    File(PathBuf),
    Default,
}

impl Setting {
    fn attribute(&self) -> Attribute {
        let default = self.default.map(|text| format!(" Default: `{text}`."));
        let default = default.unwrap_or_default();
        let description = format!(
            "{}{default} Environment: `{}`.",
            self.description, self.variable
        );
        (self.attribute)(self.name).description(&description)
    }

    /// What the block says, as text also where it is a number.
    fn configured(&self, config: &Value) -> Option<String> {
        let value = config.attribute(self.name);
        let number = || value.as_number().map(Number::to_string);
        value.as_str().map(str::to_owned).or_else(number)
    }

    fn by_default(&self) -> Option<Found> {
        self.default.map(|text| Found {
            origin: Origin::Default,
            text: text.to_owned(),
        })
    }
}

/// Sorts what is found into values and problems.
struct Reader<'a> {
    config: &'a Value,
    environment: &'a dyn Environment,
    values: Values,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    fn new(config: &'a Value, environment: &'a dyn Environment) -> Self {
        Self {
            config,
            environment,
            values: Values::default(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// What beats the credentials file.
    fn given(&self, setting: &Setting) -> Option<Found> {
        let (origin, text) = match setting.configured(self.config) {
            Some(text) => (Origin::Block, text),
            None => (Origin::Environment, self.environment.get(setting.variable)?),
        };
        Some(Found { origin, text })
    }

    /// Reads a setting, unless its value is not known yet.
    fn read(&mut self, setting: &Setting, from_file: Option<Found>) {
        if self.config.attribute(setting.name).is_unknown() {
            return;
        }
        let found = self.given(setting).or(from_file);
        let Some(Found { origin, text }) = found.or_else(|| setting.by_default()) else {
            return;
        };
        if let Err(what) = (setting.read)(text, &mut self.values) {
            self.problem(setting, &origin, what);
        }
    }

    /// A value that cannot be used; `what` continues the sentence `The value of … `.
    fn problem(&mut self, setting: &Setting, origin: &Origin, what: impl fmt::Display) {
        let Setting { name, variable, .. } = setting;
        let place = match origin {
            Origin::Block | Origin::Default => format!("`{name}` in the provider configuration"),
            Origin::Environment => format!("the environment variable {variable}"),
            Origin::File(path) => format!("`{name}` in the file {}", path.display()),
        };
        self.diagnostics.error(
            AttributePath::root(name),
            format!("Invalid {name}"),
            format!("The value of {place} {what}"),
        );
    }
}
