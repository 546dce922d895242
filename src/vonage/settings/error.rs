//! What is wrong with a setting, and where that setting was written.

use std::fmt;
use std::path::PathBuf;

/// One setting of the client.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Setting {
    /// HTTP Basic user.
    ApiKey,
    /// HTTP Basic password.
    ApiSecret,
    /// The file that holds both.
    CredentialsFile,
    /// Where the API is.
    BaseUrl,
    /// The domain that SIP host names end in.
    SipBaseDomain,
    /// The client-side rate limit.
    MaxRequestsPerSecond,
    /// Retries after the first attempt.
    MaxRetries,
    /// The limit on one HTTP request.
    RequestTimeout,
}

impl Setting {
    /// The attribute's name in the provider block.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key",
            Self::ApiSecret => "api_secret",
            Self::CredentialsFile => "credentials_file",
            Self::BaseUrl => "base_url",
            Self::SipBaseDomain => "sip_base_domain",
            Self::MaxRequestsPerSecond => "max_requests_per_second",
            Self::MaxRetries => "max_retries",
            Self::RequestTimeout => "request_timeout",
        }
    }

    /// The environment variable's name.
    pub fn variable(self) -> &'static str {
        match self {
            Self::ApiKey => "VONAGE_API_KEY",
            Self::ApiSecret => "VONAGE_API_SECRET",
            Self::CredentialsFile => "VONAGE_CREDENTIALS_FILE",
            Self::BaseUrl => "VONAGE_BASE_URL",
            Self::SipBaseDomain => "VONAGE_SIP_BASE_DOMAIN",
            Self::MaxRequestsPerSecond => "VONAGE_MAX_REQUESTS_PER_SECOND",
            Self::MaxRetries => "VONAGE_MAX_RETRIES",
            Self::RequestTimeout => "VONAGE_REQUEST_TIMEOUT",
        }
    }
}

/// Where a setting's value was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// The provider block.
    Configuration,
    /// The environment variable of this name.
    Environment(&'static str),
    /// A credentials file.
    File(PathBuf),
    /// Nowhere: it is missing, or the built-in default was used.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration => f.write_str("the provider configuration"),
            Self::Environment(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// One problem with one setting, worded for the person who can mend it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{summary}: {detail}")]
pub struct SettingError {
    /// The setting.
    pub setting: Setting,
    /// Where its value came from.
    pub origin: Origin,
    /// A title, without a full stop.
    pub summary: String,
    /// What is wrong, where, and what to do, in sentences; never a secret.
    pub detail: String,
}

impl SettingError {
    /// A value that cannot be used; the detail gets the origin put in front.
    pub(super) fn invalid(setting: Setting, origin: Origin, what: &str) -> Self {
        let detail = format!("The value of {} {what}", place(setting, &origin));
        Self {
            setting,
            origin,
            summary: format!("Invalid {}", setting.attribute()),
            detail,
        }
    }
}

fn place(setting: Setting, origin: &Origin) -> String {
    match origin {
        Origin::Configuration | Origin::Default => {
            format!("`{}` in the provider configuration", setting.attribute())
        }
        Origin::Environment(name) => format!("the environment variable {name}"),
        Origin::File(path) => format!("`{}` in the file {}", setting.attribute(), path.display()),
    }
}
