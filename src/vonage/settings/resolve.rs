//! Finds each setting's value by precedence and turns it into its checked form.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Explicit, Network, Origin, Setting, SettingError, base_url};
use crate::env::Environment;
use crate::vonage::credentials_file::{self, Credentials, FileProblem};
use crate::vonage::duration::parse_duration;
use crate::vonage::http::secrets::Secrets;

const DEFAULT_BASE_URL: &str = "https://api.nexmo.com";
const DEFAULT_REQUESTS_PER_SECOND: f64 = 10.0;
const DEFAULT_RETRIES: u32 = 5;
const SINGLE_READS: &str = "VONAGE_SINGLE_READS";
const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Requests per second: below, a plan would seem to hang; above, the limit would be none.
const RATE_RANGE: std::ops::RangeInclusive<f64> = 0.01..=10_000.0;
const MOST_RETRIES: u32 = 100;
const LONGEST_REQUEST_TIMEOUT: Duration = Duration::from_hours(1);

/// Checked settings. `Debug` hides the secret.
#[derive(Clone, Debug)]
pub struct Settings {
    /// HTTP Basic user.
    pub api_key: String,
    /// HTTP Basic password.
    pub api_secret: SecretString,
    /// Scheme, host and port of the API; the path is `/`.
    pub base_url: Url,
    /// The domain that SIP host names end in, without dots at its ends.
    pub sip_base_domain: String,
    /// The client-side limit, 0.01 to 10,000.
    pub max_requests_per_second: f64,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The limit on one HTTP request, from connecting to the last byte of the answer.
    pub request_timeout: Duration,
    /// Whether one list may stand in for many reads. Switched off by `VONAGE_SINGLE_READS=1`, which is there to measure
    /// what lists are worth, and in no documentation.
    pub share_reads: bool,
    /// The way to the API.
    pub network: Network,
}

impl Settings {
    /// The SIP base domain where nothing else is said: the one in the Programmable SIP guide.
    pub const DEFAULT_SIP_BASE_DOMAIN: &str = "nexmo.com";

    /// Resolves every setting from the configuration, the environment and the credentials file.
    ///
    /// # Errors
    /// All problems at once, in the order of the provider block's attributes.
    pub fn resolve(
        explicit: Explicit,
        environment: &dyn Environment,
    ) -> Result<Self, Vec<SettingError>> {
        let mut problems = Vec::new();
        let sources = Sources { environment };
        let credentials = sources.credentials(
            explicit.api_key,
            explicit.api_secret,
            explicit.credentials_file,
            &mut problems,
        );
        let base_url = sources.text(Setting::BaseUrl, explicit.base_url, DEFAULT_BASE_URL);
        let base_url = keep(base_url.parse(|text| base_url::parse(&text)), &mut problems);
        let sip_base_domain = Self::sip_base_domain(explicit.sip_base_domain, environment);
        let sip_base_domain = keep(sip_base_domain, &mut problems);
        let rate = sources.value(
            Setting::MaxRequestsPerSecond,
            explicit.max_requests_per_second,
            DEFAULT_REQUESTS_PER_SECOND,
            |text| text.parse().map_err(|_| "a number"),
        );
        let rate = keep(
            rate.and_then(|rate| rate.parse(rate_in_range)),
            &mut problems,
        );
        let retries = sources.value(
            Setting::MaxRetries,
            explicit.max_retries,
            i64::from(DEFAULT_RETRIES),
            |text| text.parse().map_err(|_| "a whole number"),
        );
        let retries = keep(
            retries.and_then(|retries| retries.parse(retries_in_range)),
            &mut problems,
        );
        let timeout = sources.value(
            Setting::RequestTimeout,
            explicit.request_timeout,
            DEFAULT_REQUEST_TIMEOUT,
            |text| parse_duration(text).map_err(|_| "a duration such as \"30s\" or \"1m30s\""),
        );
        let timeout = keep(
            timeout.and_then(|timeout| timeout.parse(timeout_in_range)),
            &mut problems,
        );
        match (
            credentials,
            base_url,
            sip_base_domain,
            rate,
            retries,
            timeout,
        ) {
            (
                Some((api_key, api_secret)),
                Some(base_url),
                Some(sip_base_domain),
                Some(max_requests_per_second),
                Some(max_retries),
                Some(request_timeout),
            ) if problems.is_empty() => Ok(Self {
                api_key,
                api_secret,
                base_url,
                sip_base_domain,
                max_requests_per_second,
                max_retries,
                request_timeout,
                share_reads: environment.get(SINGLE_READS).is_none(),
                network: Network::read(environment),
            }),
            _ => Err(problems),
        }
    }

    /// Resolves the SIP base domain alone, for where the other settings are not known yet.
    ///
    /// # Errors
    /// When it is no DNS name.
    pub fn sip_base_domain(
        explicit: Option<String>,
        environment: &dyn Environment,
    ) -> Result<String, SettingError> {
        let sources = Sources { environment };
        sources
            .text(
                Setting::SipBaseDomain,
                explicit,
                Settings::DEFAULT_SIP_BASE_DOMAIN,
            )
            .parse(dns_name)
    }
}

/// A setting's value with the place it came from.
struct Sourced<T> {
    setting: Setting,
    origin: Origin,
    value: T,
}

impl<T> Sourced<T> {
    /// Checks the value; the check's error continues the sentence `The value of … `.
    fn parse<U>(self, check: impl FnOnce(T) -> Result<U, String>) -> Result<U, SettingError> {
        check(self.value).map_err(|what| SettingError::invalid(self.setting, self.origin, &what))
    }
}

/// Where values are looked up once the configuration has none.
struct Sources<'a> {
    environment: &'a dyn Environment,
}

impl Sources<'_> {
    fn text(&self, setting: Setting, explicit: Option<String>, default: &str) -> Sourced<String> {
        self.given(setting, explicit).unwrap_or_else(|| Sourced {
            setting,
            origin: Origin::Default,
            value: default.to_owned(),
        })
    }

    fn given<T: From<String>>(&self, setting: Setting, explicit: Option<T>) -> Option<Sourced<T>> {
        let (origin, value) = match explicit {
            Some(value) => (Origin::Configuration, value),
            None => (
                Origin::Environment(setting.variable()),
                self.environment.get(setting.variable())?.into(),
            ),
        };
        Some(Sourced {
            setting,
            origin,
            value,
        })
    }

    /// A value that is typed in the configuration and text in the environment.
    fn value<T>(
        &self,
        setting: Setting,
        explicit: Option<T>,
        default: T,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Result<Sourced<T>, SettingError> {
        let (origin, value) = if let Some(value) = explicit {
            (Origin::Configuration, value)
        } else if let Some(text) = self.environment.get(setting.variable()) {
            let origin = Origin::Environment(setting.variable());
            let value = read(&text).map_err(|expected| {
                let what = format!("is {text:?}, which is not {expected}.");
                SettingError::invalid(setting, origin.clone(), &what)
            })?;
            (origin, value)
        } else {
            (Origin::Default, default)
        };
        Ok(Sourced {
            setting,
            origin,
            value,
        })
    }

    fn credentials(
        &self,
        key: Option<String>,
        secret: Option<SecretString>,
        file: Option<String>,
        problems: &mut Vec<SettingError>,
    ) -> Option<(String, SecretString)> {
        let mut key = self.given(Setting::ApiKey, key);
        let mut secret = self.given(Setting::ApiSecret, secret);
        let mut remark = String::new();
        if key.is_none() || secret.is_none() {
            match self.read_file(file) {
                Ok(Some((path, credentials))) => {
                    fill(&path, credentials, &mut key, &mut secret, &mut remark);
                }
                Ok(None) => {}
                Err(FileError::Fatal(problem)) => {
                    problems.push(problem);
                    check_credential(key, String::as_str, problems);
                    check_credential(secret, SecretString::expose_secret, problems);
                    return None;
                }
                Err(FileError::Remark(text)) => remark = text,
            }
        }
        if let Some(secret) = &secret {
            let user = key.as_ref().map_or("", |key| &key.value);
            Secrets::of_this_process().register_pair(user, secret.value.expose_secret());
        }
        let missing = missing_credentials(key.is_some(), secret.is_some(), &remark);
        problems.extend(missing);
        let key = check_credential(key, String::as_str, problems);
        let secret = check_credential(secret, SecretString::expose_secret, problems);
        key.zip(secret)
    }

    fn read_file(
        &self,
        explicit: Option<String>,
    ) -> Result<Option<(PathBuf, Credentials)>, FileError> {
        let home = self
            .environment
            .get("HOME")
            .or_else(|| self.environment.get("USERPROFILE"));
        if let Some(named) = self.given(Setting::CredentialsFile, explicit) {
            let path = credentials_file::expand_home(&named.value, home.as_deref());
            return match credentials_file::read(&path) {
                Ok(credentials) => Ok(Some((path, credentials))),
                Err(problem) => {
                    let what = format!("names {}, which {problem}.", path.display());
                    Err(FileError::Fatal(SettingError::invalid(
                        Setting::CredentialsFile,
                        named.origin,
                        &what,
                    )))
                }
            };
        }
        let Some(home) = home else { return Ok(None) };
        let path = credentials_file::default_path(&home);
        match credentials_file::read(&path) {
            Ok(credentials) => Ok(Some((path, credentials))),
            Err(FileProblem::Missing) => Ok(None),
            Err(problem) => Err(FileError::Remark(format!(
                " The default file {} was not used: it {problem}.",
                path.display()
            ))),
        }
    }
}

enum FileError {
    /// A file that the person named cannot be used.
    Fatal(SettingError),
    /// The default file cannot be used; worth saying only if credentials are missing in the end.
    Remark(String),
}

/// Fills in from the file what is not given above it.
fn fill(
    path: &Path,
    file: Credentials,
    key: &mut Option<Sourced<String>>,
    secret: &mut Option<Sourced<SecretString>>,
    remark: &mut String,
) {
    if let (Some(given), Some(of_file)) = (&*key, &file.api_key)
        && given.value != *of_file
    {
        // A secret belongs to its key; another account's would only give a puzzling 401.
        *remark = format!(
            " The secret in {} was not used, because it belongs to another API key.",
            path.display()
        );
        return;
    }
    let origin = || Origin::File(path.to_owned());
    if key.is_none() {
        *key = file.api_key.map(|value| Sourced {
            setting: Setting::ApiKey,
            origin: origin(),
            value,
        });
    }
    if secret.is_none() {
        *secret = file.api_secret.map(|value| Sourced {
            setting: Setting::ApiSecret,
            origin: origin(),
            value,
        });
    }
}

fn missing_credentials(has_key: bool, has_secret: bool, remark: &str) -> Option<SettingError> {
    let (setting, what) = match (has_key, has_secret) {
        (true, true) => return None,
        (false, false) => (Setting::ApiKey, "Neither an API key nor an API secret was"),
        (true, false) => (Setting::ApiSecret, "An API key, but no API secret was"),
        (false, true) => (Setting::ApiKey, "An API secret, but no API key was"),
    };
    Some(SettingError {
        setting,
        origin: Origin::Default,
        summary: "Missing Vonage API credentials".to_owned(),
        detail: format!(
            "{what} found.{remark} Give both in one of three ways: set `api_key` and `api_secret` in the \
             provider configuration; set the environment variables VONAGE_API_KEY and VONAGE_API_SECRET; or \
             keep them in the Vonage CLI's file ~/.vonage/config.json, or in another such file that \
             `credentials_file` or VONAGE_CREDENTIALS_FILE names. The values are on the API settings page of \
             the Vonage dashboard."
        ),
    })
}

/// Refuses what would break the `Authorization` header, without showing it.
fn check_credential<T>(
    value: Option<Sourced<T>>,
    text_of: impl FnOnce(&T) -> &str,
    problems: &mut Vec<SettingError>,
) -> Option<T> {
    let value = value?;
    let is_key = value.setting == Setting::ApiKey;
    let checked = value.parse(|value| {
        let text = text_of(&value);
        if text.is_empty() {
            Err("is empty. Give a value, or leave it out to use the next source.".to_owned())
        } else if text.trim() != text {
            Err(
                "begins or ends with white space, often a line break that came along from a file. Remove it."
                    .to_owned(),
            )
        } else if text.chars().any(char::is_control) {
            Err("holds a control character. Copy it again from the Vonage dashboard.".to_owned())
        } else if is_key && text.contains(':') {
            Err(
                "holds a colon, which HTTP Basic authentication does not allow in a key. Give the key alone, \
                 and the secret in its own setting."
                    .to_owned(),
            )
        } else {
            Ok(value)
        }
    });
    keep(checked, problems)
}

fn dns_name(text: String) -> Result<String, String> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric_end = text
        .rsplit('.')
        .next()
        .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if text.len() <= 253 && text.split('.').all(label) && !numeric_end {
        Ok(text)
    } else {
        Err(format!(
            "is {text:?}, which is not a DNS name. Give the part behind the region of a SIP host name, such as \
             \"nexmo.com\" or \"vonage.com\"."
        ))
    }
}

fn rate_in_range(rate: f64) -> Result<f64, String> {
    if RATE_RANGE.contains(&rate) {
        Ok(rate)
    } else {
        Err(out_of_range(&rate, RATE_RANGE.start(), RATE_RANGE.end()))
    }
}

fn retries_in_range(retries: i64) -> Result<u32, String> {
    u32::try_from(retries)
        .ok()
        .filter(|retries| *retries <= MOST_RETRIES)
        .ok_or_else(|| out_of_range(&retries, &0, &MOST_RETRIES))
}

fn timeout_in_range(timeout: Duration) -> Result<Duration, String> {
    if timeout.is_zero() {
        Err("is zero, so that no request could ever be answered in time.".to_owned())
    } else if timeout > LONGEST_REQUEST_TIMEOUT {
        Err("is longer than an hour (\"1h\"), the longest that is accepted.".to_owned())
    } else {
        Ok(timeout)
    }
}

fn out_of_range(value: &dyn Display, least: &dyn Display, most: &dyn Display) -> String {
    format!("is {value}, but must be between {least} and {most}.")
}

/// Sorts a result into its value or the list of problems.
fn keep<T>(result: Result<T, SettingError>, problems: &mut Vec<SettingError>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}
