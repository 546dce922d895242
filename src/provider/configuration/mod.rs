//! The provider block: its schema, and how its values, the environment and the credentials file become checked settings.
//!
//! Of settings, a value in the block beats its environment variable, which beats the credentials file, which beats the default. Of the
//! limits of the ACL policy, those of both count.

mod acl_policy;
mod credentials;
mod credentials_file;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::number::Number;
use tfplugin::path::AttributePath;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;

use self::settings::{SETTINGS, SIP_BASE_DOMAIN, Setting, Values};
use crate::env::Environment;
use crate::provider::acl_policy::AclPolicy;
use crate::provider::hosts;
use crate::vonage::Settings;

const DESCRIPTION: &str = "Manages what [Vonage Programmable SIP](https://developer.vonage.com/en/voice/sip/concepts/programmable-sip) \
needs: voice applications, SIP domains and their users. \
A value in the configuration beats its environment variable, which beats the credentials file.";

pub(super) fn schema() -> Schema {
    let block = Block {
        attributes: SETTINGS.iter().map(Setting::attribute).collect(),
        blocks: vec![acl_policy::block()],
        description: DESCRIPTION.to_owned(),
        deprecated: None,
    };
    Schema { version: 0, block }
}

/// What a configuration and the environment come to.
pub(super) struct Configuration {
    /// The client's settings, or the attributes whose values are not known yet.
    pub(super) settings: Result<Settings, Vec<&'static str>>,
    /// `None` where it is not known yet.
    pub(super) sip_base_domain: Option<String>,
    pub(super) acl_policy: AclPolicy,
}

/// Checks the block alone: what the environment and the credentials file say is known only where they are.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let nowhere = BTreeMap::<String, String>::new();
    let mut diagnostics = check_settings(config);
    diagnostics.append(acl_policy::read(config, &nowhere).diagnostics);
    diagnostics
}

/// What counts, or all problems with it at once.
pub(super) fn resolve(config: &Value, environment: &dyn Environment) -> Outcome<Configuration> {
    let unknown = unknown(config);
    let mut diagnostics;
    let (settings, sip_base_domain) = if unknown.is_empty() {
        let mut reader = Reader::new(config, environment);
        let mut file = credentials::from_file(&mut reader);
        for setting in &SETTINGS {
            reader.read(setting, file.remove(setting.name));
        }
        reader.check_base_domain(&Origin::Environment);
        diagnostics = reader.diagnostics;
        reader.values.resolved(environment).map_or_else(
            || (Err(unknown), None),
            |(settings, sip_base_domain)| (Ok(settings), Some(sip_base_domain)),
        )
    } else {
        diagnostics = check_settings(config);
        let mut reader = Reader::new(config, environment);
        reader.read(&SIP_BASE_DOMAIN, None);
        (Err(unknown), reader.values.sip_base_domain)
    };
    let policy = acl_policy::read(config, environment);
    diagnostics.append(policy.diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let value = Configuration {
        settings,
        sip_base_domain,
        acl_policy: policy.value,
    };
    Ok(Diagnosed { value, diagnostics })
}

/// The attributes whose values are not known yet.
fn unknown(config: &Value) -> Vec<&'static str> {
    let unknown = |setting: &&Setting| config.attribute(setting.name).is_unknown();
    SETTINGS.iter().filter(unknown).map(|it| it.name).collect()
}

/// What is wrong with the settings of the block.
fn check_settings(config: &Value) -> Diagnostics {
    let nowhere = BTreeMap::<String, String>::new();
    let mut reader = Reader::new(config, &nowhere);
    for setting in &SETTINGS {
        reader.read(setting, None);
    }
    reader.check_base_domain(&Origin::Block);
    reader.diagnostics
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

    /// Where its value was written, for a sentence.
    fn place(&self, origin: &Origin) -> String {
        let Self { name, variable, .. } = self;
        match origin {
            Origin::Block | Origin::Default => format!("`{name}` in the provider configuration"),
            Origin::Environment => format!("the environment variable {variable}"),
            Origin::File(path) => format!("`{name}` in the file {}", path.display()),
        }
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

    /// A warning where no SIP host of Vonage ends in what this source says. Validation says so of the block.
    fn check_base_domain(&mut self, source: &Origin) {
        let found = self.given(&SIP_BASE_DOMAIN);
        let valid = found.filter(|it| self.values.sip_base_domain.as_ref() == Some(&it.text));
        let Some(Found { origin, text }) = valid else {
            return;
        };
        if origin != *source || hosts::is_vonages(&text) {
            return;
        }
        self.diagnostics.warning(
            AttributePath::root(SIP_BASE_DOMAIN.name),
            "Unusual SIP base domain",
            format!(
                "{text:?}, from {}, is neither \"nexmo.com\" nor \"vonage.com\", and Vonage answers under no other: calls to \
                 the hosts in `regional_hosts` may reach nobody, or somebody else.",
                SIP_BASE_DOMAIN.place(&origin)
            ),
        );
    }

    /// A value that cannot be used; `what` continues the sentence `The value of … `.
    fn problem(&mut self, setting: &Setting, origin: &Origin, what: impl fmt::Display) {
        let name = setting.name;
        let place = setting.place(origin);
        self.diagnostics.error(
            AttributePath::root(name),
            format!("Invalid {name}"),
            format!("The value of {place} {what}"),
        );
    }
}
