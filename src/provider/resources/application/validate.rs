//! What can be told of a configuration, or of a plan, offline; unknown values are left for later.

use std::ops::RangeInclusive;

use tfplugin::diagnostics::{Diagnostic, Diagnostics};
use tfplugin::field::Field;
use tfplugin::number::Number;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;
use url::Url;

use super::model::ApplicationModel;
use super::public_key::PublicKey;
use super::schema::{
    ADDRESS, CONNECT_TIMEOUT, CONVERSATIONS_TTL, DEFAULT_CONNECT_TIMEOUT, HTTP_METHOD,
    LEG_PERSISTENCE_TIME, NAME, REGION, SOCKET_TIMEOUT, VOICE, WEBHOOKS, WebhookDefaults,
};
use super::voice::{VoiceModel, WebhookModel};
use super::words::{HttpMethod, Region};
use crate::provider::changes::must_be_valid;
use crate::provider::choice;

/// The application before and after a change, unless that has errors in what it changes.
pub(super) fn valid_change(
    prior: &Value,
    planned: &Value,
) -> Result<(ApplicationModel, ApplicationModel), Diagnostics> {
    let (before, after) = (prior.into(), ApplicationModel::from(planned));
    must_be_valid(after.check(), planned, prior, &[]).map_err(at_top)?;
    Ok((before, after))
}

/// What is wrong with a configuration.
pub(super) fn mistakes(config: &Value) -> Diagnostics {
    at_top(ApplicationModel::from(config).check())
}

/// The same messages, where Terraform finds the line; they name the attribute within.
fn at_top(diagnostics: Diagnostics) -> Diagnostics {
    let voice = AttributePath::root(VOICE);
    let at_top = |mut it: Diagnostic| {
        if it.path.top() == voice {
            it.path = voice.clone();
        }
        it
    };
    diagnostics.into_iter().map(at_top).collect()
}

impl ApplicationModel {
    /// Every problem at once.
    pub(super) fn check(&self) -> Diagnostics {
        let name = self.name.as_known().filter(|name| name.trim().is_empty());
        [
            name.map(|_| blank_name()),
            self.public_key.as_known().map(PublicKey::check),
            self.voice.as_known().map(VoiceModel::check),
            Some(self.timeouts.check()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn blank_name() -> Diagnostics {
    Diagnostics::error_at(
        AttributePath::root(NAME),
        "Invalid application name",
        "The name is blank. Give it one by which people find it in the dashboard.",
    )
}

fn voice_path(name: &str) -> AttributePath {
    AttributePath::root(VOICE).attribute(name)
}

impl VoiceModel {
    fn check(&self) -> Diagnostics {
        let webhooks = self.webhooks.iter().zip(WEBHOOKS);
        let webhooks = webhooks.filter_map(|(webhook, (name, defaults))| {
            let webhook = webhook.as_known()?;
            Some(webhook.check(&voice_path(name), defaults))
        });
        let count = |name, field: &Field<Number>, most, unit| {
            let number = field.as_known()?;
            Some(in_range(voice_path(name), number, 1..=most, unit))
        };
        webhooks
            .chain(count(
                CONVERSATIONS_TTL,
                &self.conversations_ttl,
                9_000,
                "hours",
            ))
            .chain(count(
                LEG_PERSISTENCE_TIME,
                &self.leg_persistence_time,
                31,
                "days",
            ))
            .chain(self.region.as_known().map(Region::check))
            .collect()
    }
}

impl Region {
    /// A region that is not known may be new.
    fn check(&self) -> Diagnostics {
        if Self::WORDS.contains(&self.as_str()) {
            return Diagnostics::new();
        }
        let shown: String = self.as_str().chars().take(60).collect();
        Diagnostics::warning_at(
            voice_path(REGION),
            "Unknown region",
            format!(
                "{shown:?} is none of the regions that Vonage documents: {}. The API may refuse it.",
                Self::WORDS.join(", ")
            ),
        )
    }
}

impl WebhookModel {
    fn check(&self, path: &AttributePath, defaults: WebhookDefaults) -> Diagnostics {
        let at = |name| path.clone().attribute(name);
        let milliseconds = |name, field: &Field<Number>, range| {
            let number = field.as_known()?;
            Some(in_range(at(name), number, range, "milliseconds"))
        };
        let method = self.http_method.as_known();
        let method =
            method.map(|it| choice::check(at(HTTP_METHOD), it.as_str(), &HttpMethod::WORDS));
        let address = self.address.as_known();
        [
            address.map(|address| check_address(at(ADDRESS), address)),
            method,
            milliseconds(
                CONNECT_TIMEOUT,
                &self.connect_timeout,
                300..=DEFAULT_CONNECT_TIMEOUT,
            ),
            milliseconds(
                SOCKET_TIMEOUT,
                &self.socket_timeout,
                1_000..=defaults.socket_timeout,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// No more is quoted than scheme and host: what else stands in an address may be secret.
fn check_address(path: AttributePath, address: &str) -> Diagnostics {
    let problem = match Url::parse(address) {
        Err(error) => format!("is not a URL: {error}"),
        Ok(url) if url.host_str().is_none_or(str::is_empty) => "names no host".to_owned(),
        Ok(url) if url.scheme() == "http" => {
            let detail = format!(
                "`{path}` is requested at http://{} in the clear: who calls whom, and what else is said of a call, can be read and \
                 changed on its way. Use `https`.",
                url.host_str().unwrap_or_default()
            );
            return Diagnostics::warning_at(path, "Webhook without TLS", detail);
        }
        Ok(url) if url.scheme() == "https" => return Diagnostics::new(),
        Ok(url) => format!("has the scheme `{}`", url.scheme()),
    };
    let detail =
        format!("`{path}` {problem}. It should look like \"https://voice.example.com/answer\".");
    Diagnostics::error_at(path, "Invalid webhook address", detail)
}

fn in_range(
    path: AttributePath,
    number: &Number,
    range: RangeInclusive<u64>,
    unit: &str,
) -> Diagnostics {
    if number.to_u64().is_some_and(|count| range.contains(&count)) {
        return Diagnostics::new();
    }
    let (least, most) = range.into_inner();
    let detail = format!("{number} is not a whole number of {unit} from {least} to {most}.");
    let summary = format!("Invalid {path}");
    Diagnostics::error_at(path, summary, detail)
}

#[cfg(test)]
mod tests;
