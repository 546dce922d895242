//! Switches: one for each question about the real API that nobody outside Vonage can answer.
//!
//! A switch is a field of [`Switches`] and a type that holds its values; a value's effect is where it takes place.
//! The field gives the flag (`--acl-echo`) and the JSON key under `/_sandbox/switches` (`acl_echo`).

mod answers;
mod applications;
mod numbers;
mod rules;
mod users;
mod visibility;
mod writes;

use std::sync::LazyLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Command};
use http::StatusCode;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub use answers::*;
pub use applications::*;
pub use numbers::*;
pub use rules::*;
pub use users::*;
pub use visibility::{InvalidDelay, VisibilityDelay, WriteKind};
pub use writes::*;

use crate::flags;
use crate::json::{self, Object};
use crate::span::Span;

/// How the sandbox answers where the real API's behaviour is unknown. The default is the likeliest answer, and the first
/// of the values.
#[derive(Args, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Switches {
    /// What upper case in names means
    #[arg(long, default_value = "keep", help_heading = "Names")]
    pub name_case: NameCase,
    /// Whether a name may begin or end with a dash, or gives 422
    #[arg(long, default_value = "accept", help_heading = "Names")]
    pub name_dash: Policy,
    /// Status of a POST with a name or key that is taken
    #[arg(long, value_parser = status(["400", "409", "422"]), default_value = "400", help_heading = "Names")]
    #[serde(serialize_with = "number")]
    pub duplicate_status: StatusCode,
    /// Names that another account owns, separated by commas
    #[arg(
        long,
        value_name = "NAME,...",
        value_delimiter = ',',
        help_heading = "Names"
    )]
    #[serde(serialize_with = "joined")]
    pub foreign_names: Vec<String>,
    /// Status of a POST with a name that another account owns
    #[arg(long, value_parser = status(["400", "409", "403", "422"]), default_value = "400", help_heading = "Names")]
    #[serde(serialize_with = "number")]
    pub foreign_status: StatusCode,
    /// Status of all else that is asked about a domain that another account owns; 404 is as if there were none
    #[arg(long, value_parser = status(["404", "403", "401"]), default_value = "404", help_heading = "Names")]
    #[serde(serialize_with = "number")]
    pub foreign_read: StatusCode,
    /// How `acl` comes back in answers
    #[arg(long, default_value = "as-sent", help_heading = "ACL")]
    pub acl_echo: AclEcho,
    /// What becomes of the later ones of entries that mean the same
    #[arg(long, default_value = "keep", help_heading = "ACL")]
    pub acl_duplicates: Surplus,
    /// What becomes of bits outside a prefix, as in `10.1.2.3/24`
    #[arg(long, default_value = "keep", help_heading = "ACL")]
    pub acl_host_bits: AclHostBits,
    /// Whether IPv6 entries in `acl` are taken, or give 422
    #[arg(long, default_value = "accept", help_heading = "ACL")]
    pub acl_ipv6: Policy,
    /// Whether private and loopback addresses are taken, or give 422
    #[arg(long, default_value = "accept", help_heading = "ACL")]
    pub acl_private: Policy,
    /// When an `acl` may be empty
    #[arg(long, default_value = "with-digest", help_heading = "ACL")]
    pub acl_empty: AclEmpty,
    /// The most entries an `acl` may have (version 1.0 of the API said 16) [default: no limit]
    #[arg(long, value_name = "COUNT", help_heading = "ACL")]
    pub acl_max: Option<usize>,
    /// The shortest prefix an `acl` may have, IPv4 only [default: no limit]
    #[arg(long, value_name = "LENGTH", help_heading = "ACL")]
    pub acl_shortest: Option<u8>,
    /// Whether the application of a domain must exist and have voice
    #[arg(long, default_value = "none", help_heading = "Rules")]
    pub application_check: ApplicationCheck,
    /// Whether a domain of the type `trunk` has an application
    #[arg(long, default_value = "optional", help_heading = "Rules")]
    pub trunk_application: TrunkApplication,
    /// What becomes of `trunk_name`, which no document knows
    #[arg(long, default_value = "keep", help_heading = "Rules")]
    pub trunk_name: TrunkName,
    /// Whether `srtp` asks for `tls`
    #[arg(long, default_value = "free", help_heading = "Rules")]
    pub tls_srtp: TlsSrtp,
    /// What becomes of fields that no document knows
    #[arg(long, default_value = "keep", help_heading = "Rules")]
    pub unknown_fields: Surplus,
    /// Status of a POST that made a domain
    #[arg(long, value_parser = status(["201", "200", "202"]), default_value = "201", help_heading = "Writes")]
    #[serde(serialize_with = "number")]
    pub create_status: StatusCode,
    /// Body of the answer to a POST or PUT of a domain that worked
    #[arg(long, default_value = "object", help_heading = "Writes")]
    pub write_body: WriteBody,
    /// Status of a PUT that changed a domain
    #[arg(long, value_parser = status(["200", "201", "204"]), default_value = "200", help_heading = "Writes")]
    #[serde(serialize_with = "number")]
    pub put_status: StatusCode,
    /// What a PUT on an unknown name does
    #[arg(long, default_value = "not-found", help_heading = "Writes")]
    pub put_unknown: PutUnknown,
    /// What becomes of fields that a PUT leaves out
    #[arg(long, default_value = "replace", help_heading = "Writes")]
    pub put_mode: PutMode,
    /// What a PUT does whose body has another name than its path
    #[arg(long, default_value = "reject", help_heading = "Writes")]
    pub put_name: PutKey,
    /// What a PUT does that changes `domain_type`
    #[arg(long, default_value = "accept", help_heading = "Writes")]
    pub put_domain_type: PutDomainType,
    /// Status of a DELETE of a domain that worked
    #[arg(long, value_parser = status(["200", "204", "202"]), default_value = "200", help_heading = "Writes")]
    #[serde(serialize_with = "number")]
    pub delete_status: StatusCode,
    /// Body of a DELETE that worked, where its status may have one
    #[arg(long, default_value = "empty", help_heading = "Writes")]
    pub delete_body: DeleteBody,
    /// What a DELETE of an unknown name or key does
    #[arg(long, default_value = "not-found", help_heading = "Writes")]
    pub delete_unknown: DeleteUnknown,
    /// What a DELETE of a domain with users does, without `cascade`
    #[arg(long, default_value = "reject", help_heading = "Writes")]
    pub delete_with_users: DeleteWithUsers,
    /// Status of such a DELETE where it is refused
    #[arg(long, value_parser = status(["409", "400", "403", "422"]), default_value = "409", help_heading = "Writes")]
    #[serde(serialize_with = "number")]
    pub has_users_status: StatusCode,
    /// What a write does while another one to the same domain is being answered
    #[arg(long, default_value = "accept", help_heading = "Writes")]
    pub concurrent_write: ConcurrentWrite,
    /// Whether versions guard writes
    #[arg(long, default_value = "none", help_heading = "Writes")]
    pub etag: Etag,
    /// Status of a POST that made a user
    #[arg(long, value_parser = status(["201", "200", "204"]), default_value = "201", help_heading = "Users")]
    #[serde(serialize_with = "number")]
    pub user_create_status: StatusCode,
    /// Status of a PUT that changed a user
    #[arg(long, value_parser = status(["200", "201", "204"]), default_value = "200", help_heading = "Users")]
    #[serde(serialize_with = "number")]
    pub user_put_status: StatusCode,
    /// Status of a DELETE of a user that worked
    #[arg(long, value_parser = status(["200", "204", "202"]), default_value = "200", help_heading = "Users")]
    #[serde(serialize_with = "number")]
    pub user_delete_status: StatusCode,
    /// Body of the answer to a POST or PUT of a user that worked
    #[arg(long, default_value = "object", help_heading = "Users")]
    pub user_body: UserBody,
    /// What a read shows of a user beside its key
    #[arg(long, default_value = "domain", help_heading = "Users")]
    pub user_fields: UserFields,
    /// What answers show of a user's secret
    #[arg(long, default_value = "hidden", help_heading = "Users")]
    pub user_secret: UserSecret,
    /// What a PUT on an unknown key does
    #[arg(long, default_value = "not-found", help_heading = "Users")]
    pub user_put_unknown: PutUnknown,
    /// What a PUT does whose body has another key than its path
    #[arg(long, default_value = "reject", help_heading = "Users")]
    pub user_put_key: PutKey,
    /// What a secret must be like
    #[arg(long, default_value = "strict", help_heading = "Users")]
    pub secret_rules: SecretRules,
    /// What a key must be like
    #[arg(long, default_value = "strict", help_heading = "Users")]
    pub key_rules: KeyRules,
    /// Whether a domain without `digest_auth` may have users, or a POST of one is refused
    #[arg(long, default_value = "accept", help_heading = "Users")]
    pub users_without_digest: Policy,
    /// The most users a domain may have [default: 200]
    #[arg(long, value_name = "COUNT", help_heading = "Users")]
    pub user_max: Option<usize>,
    /// Status of a write that breaks a rule of users, the largest number of them included
    #[arg(long, value_parser = status(["422", "400", "403", "409"]), default_value = "422", help_heading = "Users")]
    #[serde(serialize_with = "number")]
    pub user_error_status: StatusCode,
    /// The form of an error's body
    #[arg(long, default_value = "published", help_heading = "Answers")]
    pub error_body: ErrorBody,
    /// How `always`, `never`, `optional`, `app` and `trunk` are written
    #[arg(long, default_value = "lower", help_heading = "Answers")]
    pub enum_case: EnumCase,
    /// How `digest_auth` is written
    #[arg(long, default_value = "boolean", help_heading = "Answers")]
    pub digest_auth_echo: DigestAuthEcho,
    /// Which fields of a domain are left out
    #[arg(long, default_value = "nothing", help_heading = "Answers")]
    pub omitted: Omitted,
    /// What is shown for `application_id` and `trunk_name` where there is none
    #[arg(long, default_value = "absent", help_heading = "Answers")]
    pub unset: Unset,
    /// Whether there are fields that no document knows
    #[arg(long, default_value = "none", help_heading = "Answers")]
    pub extra_fields: ExtraFields,
    /// Status of the list of domains
    #[arg(long, value_parser = status(["200", "403", "404", "405", "500"]), default_value = "200", help_heading = "Lists")]
    #[serde(serialize_with = "number")]
    pub list_status: StatusCode,
    /// The form of lists
    #[arg(long, default_value = "array", help_heading = "Lists")]
    pub list_shape: ListShape,
    /// The most rows on a page, where lists have pages [default: 100]
    #[arg(long, value_name = "COUNT", help_heading = "Lists")]
    pub list_page_size: Option<usize>,
    /// What the rows of the list of domains hold
    #[arg(long, default_value = "complete", help_heading = "Lists")]
    pub list_rows: ListRows,
    /// Time until reads show a write: `3s`, or by kind `create=3s,update=1s,delete=500ms,users=2s`
    #[arg(
        long,
        value_name = "DELAY",
        default_value = "0s",
        help_heading = "Time"
    )]
    pub visibility_delay: VisibilityDelay,
    /// How much later than reads lists show a write
    #[arg(long, value_name = "TIME", default_value = "0s", help_heading = "Time")]
    pub list_lag: Span,
    /// How long, once reads show a write, some of them still show what was before
    #[arg(long, value_name = "TIME", default_value = "0s", help_heading = "Time")]
    pub replica_lag: Span,
    /// Which of them: each so many-th [default: 2]
    #[arg(long, value_name = "COUNT", help_heading = "Time")]
    pub replica_every: Option<usize>,
    /// How long each answer takes
    #[arg(long, value_name = "TIME", default_value = "0s", help_heading = "Time")]
    pub latency: Span,
    /// The most requests in a second; the others get 429 [default: no limit]
    #[arg(long, value_name = "COUNT", help_heading = "Time")]
    pub rate_limit: Option<u32>,
    /// Where a 429 says how long to wait
    #[arg(long, default_value = "header", help_heading = "Time")]
    pub retry_after_in: RetryAfterIn,
    /// Which credentials are taken
    #[arg(long, default_value = "basic", help_heading = "Access")]
    pub auth_scheme: AuthScheme,
    /// What a GET of a trunk's endpoints answers
    #[arg(long, default_value = "not-found", help_heading = "Access")]
    pub endpoints: Endpoints,
    /// Those of applications
    #[command(flatten)]
    #[serde(flatten)]
    pub applications: ApplicationSwitches,
    /// Those of numbers
    #[command(flatten)]
    #[serde(flatten)]
    pub numbers: NumberSwitches,
}

/// Takes these statuses alone.
fn status<const N: usize>(offered: [&'static str; N]) -> impl TypedValueParser<Value = StatusCode> {
    let reason = |code: &str| {
        StatusCode::from_bytes(code.as_bytes())
            .ok()?
            .canonical_reason()
    };
    let value = |code| PossibleValue::new(code).help(reason(code).unwrap_or_default());
    PossibleValuesParser::new(offered.map(value))
        .try_map(|code| StatusCode::from_bytes(code.as_bytes()))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn number<S: Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

fn joined<S: Serializer>(names: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&names.join(","))
}

/// JSON that sets no switches: which one is wrong, and what is allowed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SwitchesError(String);

static DEFAULTS: LazyLock<Switches> = LazyLock::new(flags::defaults);

impl Default for Switches {
    fn default() -> Self {
        DEFAULTS.clone()
    }
}

impl Switches {
    /// All switches as flags, for those who list them.
    pub fn command() -> Command {
        flags::command::<Self>()
    }

    /// The switches in a JSON object; those that it leaves out have their default.
    pub fn from_json(text: &[u8]) -> Result<Self, SwitchesError> {
        let table = json::object(text).map_err(|error| SwitchesError(error.to_string()))?;
        Self::from_object(&table)
    }

    /// These switches with those named in `changes` changed.
    pub(crate) fn patched(&self, changes: Object) -> Result<Self, SwitchesError> {
        let mut table = self.to_object();
        table.extend(changes);
        Self::from_object(&table)
    }

    /// All switches with their present values.
    pub fn to_object(&self) -> Object {
        // Every switch is a string, a number or null under a plain key: there is nothing that could fail.
        json::fields(serde_json::to_value(self).unwrap_or_default())
    }

    /// Reads JSON as the command line would: one parser for both.
    fn from_object(table: &Object) -> Result<Self, SwitchesError> {
        let defaults = DEFAULTS.to_object();
        let mut given = Vec::new();
        for (key, value) in table {
            let default = defaults
                .get(key)
                .ok_or_else(|| SwitchesError(format!("unknown field `{key}`")))?;
            if value == default {
                continue;
            }
            let text = match (default, value) {
                (Value::String(_), Value::String(text)) => text.clone(),
                (Value::Number(_) | Value::Null, Value::Number(number)) => number.to_string(),
                (Value::String(_), _) => {
                    return Err(SwitchesError(format!("{key} takes a string")));
                }
                _ => return Err(SwitchesError(format!("{key} takes a number"))),
            };
            given.push(format!("--{}={text}", key.replace('_', "-")));
        }
        flags::parse(given).map_err(|error| {
            // The first paragraph says what is wrong and what is allowed, the others how to get help.
            let text = error.to_string();
            let (reason, _) = text.split_once("\n\n").unwrap_or((&text, ""));
            let words: Vec<&str> = reason.split_whitespace().skip(1).collect();
            SwitchesError(words.join(" "))
        })
    }

    /// Whether another account owns this name. It is a host's label, so its case does not matter.
    pub(crate) fn is_foreign(&self, name: &str) -> bool {
        let mut names = self.foreign_names.iter();
        names.any(|foreign| foreign.trim().eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests;
