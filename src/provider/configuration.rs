//! The `provider` block: its schema, and how its attributes become the client's settings.

use secrecy::SecretString;
use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::number::Number;
use tfplugin::path::AttributePath;
use tfplugin::schema::{Attribute, Block as SchemaBlock, Schema};
use tfplugin::value::Value;

use crate::env::Environment;
use crate::vonage::{Explicit, Setting, SettingError, Settings, parse_duration, register_secret};

const DESCRIPTION: &str = "Manages [Vonage Programmable SIP](https://developer.vonage.com/en/voice/sip/concepts/programmable-sip). \
A value in the configuration beats its environment variable, which beats the credentials file.";

/// The schema of the block.
pub(super) fn schema() -> Schema {
    let attributes = vec![
        Attribute::string("api_key").description("API key of the account. Environment: `VONAGE_API_KEY`."),
        Attribute::string("api_secret")
            .sensitive()
            .description("API secret of the account. Environment: `VONAGE_API_SECRET`."),
        Attribute::string("base_url").description(
            "Where the API is: an `https` URL without a path; `http` only for loopback addresses, such as a local \
             sandbox. Default: `https://api.nexmo.com`. Environment: `VONAGE_BASE_URL`.",
        ),
        Attribute::string("credentials_file").description(
            "The Vonage CLI's configuration file, read only where the key or the secret is given neither here nor by \
             the environment. Default: `~/.vonage/config.json`. Environment: `VONAGE_CREDENTIALS_FILE`.",
        ),
        Attribute::number("max_requests_per_second").description(
            "The most requests that this provider sends in a second; fewer where the API refuses them. Several runs at a \
             time share the account's limit. \
             Default: `10`. Environment: `VONAGE_MAX_REQUESTS_PER_SECOND`.",
        ),
        Attribute::number("max_retries").description(
            "How often a request is sent again after the first attempt, where the API failed or could not be reached; being \
             told to send fewer requests does not count. Default: `5`. Environment: `VONAGE_MAX_RETRIES`.",
        ),
        Attribute::string("request_timeout").description(
            "How long one HTTP request may take, as a duration such as `\"30s\"` or `\"1m30s\"`. Default: `\"30s\"`. \
             Environment: `VONAGE_REQUEST_TIMEOUT`.",
        ),
        Attribute::string("sip_base_domain").description(
            "The domain that the SIP hosts of all domains end in: `nexmo.com`, or `vonage.com`, the newer spelling. \
             Default: `nexmo.com`. Environment: `VONAGE_SIP_BASE_DOMAIN`.",
        ),
    ];
    let block = SchemaBlock {
        attributes,
        description: DESCRIPTION.to_owned(),
        ..SchemaBlock::default()
    };
    Schema { version: 0, block }
}

/// What a block says.
pub(super) struct Block {
    /// The settings that are given and known.
    pub(super) settings: Explicit,
    /// The attributes whose values are not known yet.
    pub(super) unknown: Vec<&'static str>,
    /// What is wrong with the form of a value.
    pub(super) diagnostics: Diagnostics,
}

impl Block {
    /// Reads a block; an absent one says nothing.
    pub(super) fn read(config: &Value) -> Self {
        let mut reader = Reader {
            config,
            unknown: Vec::new(),
            diagnostics: Diagnostics::new(),
        };
        let settings = Explicit {
            api_key: reader.text("api_key"),
            api_secret: reader
                .text("api_secret")
                .inspect(|secret| register_secret(secret))
                .map(SecretString::from),
            credentials_file: reader.text("credentials_file"),
            base_url: reader.text("base_url"),
            sip_base_domain: reader.text("sip_base_domain"),
            max_requests_per_second: reader.number(
                "max_requests_per_second",
                "a number",
                Number::to_f64,
            ),
            max_retries: reader.number("max_retries", "a whole number", Number::to_i64),
            request_timeout: reader.duration("request_timeout"),
        };
        Self {
            settings,
            unknown: reader.unknown,
            diagnostics: reader.diagnostics,
        }
    }

    /// The SIP base domain, where it is known although other values are not.
    pub(super) fn sip_base_domain(&self, environment: &dyn Environment) -> Option<String> {
        if self.unknown.contains(&Setting::SipBaseDomain.attribute()) {
            return None;
        }
        Settings::sip_base_domain(self.settings.sip_base_domain.clone(), environment).ok()
    }
}

struct Reader<'a> {
    config: &'a Value,
    unknown: Vec<&'static str>,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn text(&mut self, name: &'static str) -> Option<String> {
        let field = self.config.string_field(name).map(ToOwned::to_owned);
        self.known(name, field)
    }

    fn number<T>(
        &mut self,
        name: &'static str,
        what: &str,
        convert: impl Fn(&Number) -> Option<T>,
    ) -> Option<T> {
        let field = self
            .config
            .number_field(name)
            .map(|number| (convert(number), number.to_string()));
        let (converted, written) = self.known(name, field)?;
        if converted.is_none() {
            let detail = format!("`{name}` is {written}, which is not {what} that can be used.");
            self.diagnostics
                .error(AttributePath::root(name), format!("Invalid {name}"), detail);
        }
        converted
    }

    fn duration(&mut self, name: &'static str) -> Option<std::time::Duration> {
        let text = self.text(name)?;
        match parse_duration(&text) {
            Ok(duration) => Some(duration),
            Err(error) => {
                let detail = format!("`{name}` is {text:?}: {error}.");
                self.diagnostics.error(
                    AttributePath::root(name),
                    format!("Invalid {name}"),
                    detail,
                );
                None
            }
        }
    }

    fn known<T>(&mut self, name: &'static str, field: Field<T>) -> Option<T> {
        if field.is_unknown() {
            self.unknown.push(name);
        }
        field.known()
    }
}

/// Problems with settings, each at its attribute.
pub(super) fn to_diagnostics(problems: impl IntoIterator<Item = SettingError>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for problem in problems {
        diagnostics.error(
            AttributePath::root(problem.setting.attribute()),
            problem.summary,
            problem.detail,
        );
    }
    diagnostics
}
