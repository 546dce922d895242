//! The list of settings, and what each may be. A new one is an entry here, and a field for its value.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use secrecy::SecretString;
use tfplugin::schema::Attribute;
use url::Url;

use crate::env::Environment;
use crate::provider::duration::parse_duration;
use crate::provider::hosts;
use crate::vonage::settings::{Network, base_url};
use crate::vonage::{Settings, register_secret};

/// Requests per second: below, a plan would seem to hang; above, the limit would be none.
const RATES: RangeInclusive<f64> = 0.01..=10_000.0;
const RETRIES: RangeInclusive<i64> = 0..=100;
const LONGEST_REQUEST_TIMEOUT: Duration = Duration::from_hours(1);

pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
    /// What counts where nothing is given.
    pub(super) default: Option<&'static str>,
    pub(super) attribute: fn(&str) -> Attribute,
    /// What the setting is for, in Markdown; default and variable are added to it.
    pub(super) description: &'static str,
    /// Checks a text and keeps its value. The error continues the sentence `The value of … `, and shows no secret.
    pub(super) read: fn(String, &mut Values) -> Result<(), String>,
}

#[derive(Default)]
pub(super) struct Values {
    api_key: Option<String>,
    api_secret: Option<SecretString>,
    base_url: Option<Url>,
    rest_base_url: Option<Url>,
    pub(super) sip_base_domain: Option<String>,
    max_requests_per_second: Option<f64>,
    max_retries: Option<u32>,
    request_timeout: Option<Duration>,
}

impl Values {
    /// The client's settings and the SIP base domain; `None` where a value is missing.
    pub(super) fn resolved(self, environment: &dyn Environment) -> Option<(Settings, String)> {
        let base_url = self.base_url?;
        let rest_base_url = self.rest_base_url;
        let settings = Settings {
            api_key: self.api_key?,
            api_secret: self.api_secret?,
            rest_base_url: match rest_base_url {
                Some(given) => given,
                None => base_url::rest_beside(&base_url)?,
            },
            base_url,
            max_requests_per_second: self.max_requests_per_second?,
            max_retries: self.max_retries?,
            request_timeout: self.request_timeout?,
            network: Network::read(environment),
        };
        Some((settings, self.sip_base_domain?))
    }
}

/// All settings, in the order in which problems with them are told.
pub(super) const SETTINGS: [Setting; 9] = [
    API_KEY,
    API_SECRET,
    CREDENTIALS_FILE,
    Setting {
        name: "base_url",
        variable: "VONAGE_BASE_URL",
        default: Some("https://api.nexmo.com"),
        attribute: Attribute::string,
        description: "Where the API is: an `https` URL without a path; `http` only for loopback addresses, such as a local \
                      sandbox.",
        read: |text, values| keep(&mut values.base_url, base_url::parse(&text)),
    },
    Setting {
        name: "rest_base_url",
        variable: "VONAGE_REST_BASE_URL",
        // It follows from `base_url`.
        default: None,
        attribute: Attribute::string,
        description: "Where the API of numbers is, by the same rules. Default: `https://rest.nexmo.com`, or `base_url` where that is \
                      a loopback address.",
        read: |text, values| keep(&mut values.rest_base_url, base_url::parse(&text)),
    },
    SIP_BASE_DOMAIN,
    Setting {
        name: "max_requests_per_second",
        variable: "VONAGE_MAX_REQUESTS_PER_SECOND",
        default: Some("10"),
        attribute: Attribute::number,
        description: "The most requests that this provider sends in a second; fewer where the API refuses them. Several runs \
                      at a time share the account's limit.",
        read: |text, values| keep(&mut values.max_requests_per_second, rate(&text)),
    },
    Setting {
        name: "max_retries",
        variable: "VONAGE_MAX_RETRIES",
        default: Some("5"),
        attribute: Attribute::number,
        description: "How often a request is sent again after the first attempt, where the API failed or could not be \
                      reached; being told to send fewer requests does not count.",
        read: |text, values| keep(&mut values.max_retries, retries(&text)),
    },
    Setting {
        name: "request_timeout",
        variable: "VONAGE_REQUEST_TIMEOUT",
        default: Some("30s"),
        attribute: Attribute::string,
        description: "How long one HTTP request may take, as a duration such as `\"30s\"` or `\"1m30s\"`.",
        read: |text, values| keep(&mut values.request_timeout, timeout(&text)),
    },
];

pub(super) const API_KEY: Setting = Setting {
    name: "api_key",
    variable: "VONAGE_API_KEY",
    default: None,
    attribute: Attribute::string,
    description: "API key of the account.",
    read: |text, values| {
        check_credential(&text)?;
        if text.contains(':') {
            return Err(
                "holds a colon, which HTTP Basic authentication does not allow in a key. Give the key alone, and the \
                 secret in its own setting."
                    .to_owned(),
            );
        }
        keep(&mut values.api_key, Ok(text))
    },
};

pub(super) const API_SECRET: Setting = Setting {
    name: "api_secret",
    variable: "VONAGE_API_SECRET",
    default: None,
    attribute: |name| Attribute::string(name).sensitive(),
    description: "API secret of the account.",
    read: |text, values| {
        register_secret(&text);
        check_credential(&text)?;
        keep(&mut values.api_secret, Ok(text.into()))
    },
};

pub(super) const CREDENTIALS_FILE: Setting = Setting {
    name: "credentials_file",
    variable: "VONAGE_CREDENTIALS_FILE",
    default: Some("~/.vonage/config.json"),
    attribute: Attribute::string,
    description: "The Vonage CLI's configuration file, read only where the key or the secret is given neither here nor by \
                  the environment.",
    // It is a source of others, and has been read before them.
    read: |_, _| Ok(()),
};

pub(super) const SIP_BASE_DOMAIN: Setting = Setting {
    name: "sip_base_domain",
    variable: "VONAGE_SIP_BASE_DOMAIN",
    default: Some(hosts::DEFAULT_BASE_DOMAIN),
    attribute: Attribute::string,
    description: "The domain that the SIP hosts of all domains end in: `nexmo.com`, or `vonage.com`, the newer spelling.",
    read: |text, values| keep(&mut values.sip_base_domain, hosts::base_domain(text)),
};

fn keep<T>(field: &mut Option<T>, value: Result<T, String>) -> Result<(), String> {
    *field = Some(value?);
    Ok(())
}

/// Refuses what would break the `Authorization` header, without showing it.
fn check_credential(text: &str) -> Result<(), String> {
    let problem = if text.is_empty() {
        "is empty. Give a value, or leave it out to use the next source."
    } else if text.trim() != text {
        "begins or ends with white space, often a line break that came along from a file. Remove it."
    } else if text.chars().any(char::is_control) {
        "holds a control character. Copy it again from the Vonage dashboard."
    } else {
        return Ok(());
    };
    Err(problem.to_owned())
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().map_err(|_| is_not(text, "a number"))?;
    in_range(rate, &RATES)
}

fn retries(text: &str) -> Result<u32, String> {
    let retries = text.parse().map_err(|_| is_not(text, "a whole number"))?;
    let retries = in_range(retries, &RETRIES)?;
    u32::try_from(retries).map_err(|error| error.to_string())
}

fn timeout(text: &str) -> Result<Duration, String> {
    let timeout = parse_duration(text)
        .map_err(|error| format!("is {text:?}, which is not a duration: {error}."))?;
    if timeout.is_zero() {
        Err("is zero, so that no request could ever be answered in time.".to_owned())
    } else if timeout > LONGEST_REQUEST_TIMEOUT {
        Err("is longer than an hour (\"1h\"), the longest that is accepted.".to_owned())
    } else {
        Ok(timeout)
    }
}

fn in_range<T: Display + PartialOrd>(value: T, range: &RangeInclusive<T>) -> Result<T, String> {
    if range.contains(&value) {
        return Ok(value);
    }
    let (least, most) = (range.start(), range.end());
    Err(format!(
        "is {value}, but must be between {least} and {most}."
    ))
}

fn is_not(text: &str, expected: &str) -> String {
    format!("is {text:?}, which is not {expected} that can be used.")
}
