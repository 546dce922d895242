//! The switches for applications.

use clap::{Args, ValueEnum};
use http::StatusCode;
use serde::Serialize;

use super::{Policy, joined, number, status};

/// What is unknown of the Applications API.
#[derive(Args, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApplicationSwitches {
    /// What a name must be like
    #[arg(long, default_value = "not-blank", help_heading = "Applications")]
    pub application_name: NameRules,
    /// The most characters a name may have [default: no limit]
    #[arg(long, value_name = "COUNT", help_heading = "Applications")]
    pub application_name_max: Option<usize>,
    /// Whether two applications may have the same name, or the second one gives 400
    #[arg(long, default_value = "accept", help_heading = "Applications")]
    pub application_duplicate_names: Policy,
    /// What an ID in a path must be like
    #[arg(long, default_value = "exact", help_heading = "Applications")]
    pub application_id_case: IdCase,
    /// What becomes of `capabilities` where a PUT leaves all of it out
    #[arg(long, default_value = "reset", help_heading = "Applications")]
    pub application_put_capabilities: Kept,
    /// What becomes of what a PUT leaves out of a capability that it sends
    #[arg(long, default_value = "reset", help_heading = "Applications")]
    pub application_put_fields: Kept,
    /// What becomes of `region` where a PUT leaves it out
    #[arg(long, default_value = "reset", help_heading = "Applications")]
    pub application_put_region: Kept,
    /// What becomes of `privacy` where a PUT leaves it out
    #[arg(long, default_value = "reset", help_heading = "Applications")]
    pub application_put_privacy: Kept,
    /// What becomes of the keys where a PUT has no public key
    #[arg(long, default_value = "kept", help_heading = "Applications")]
    pub application_put_keys: PutKeys,
    /// Whether the answer to a PUT shows the private key of a pair that the API has made
    #[arg(long, default_value = "hidden", help_heading = "Applications")]
    pub application_put_private_key: PutPrivateKey,
    /// What becomes of `id` and `_links` in a PUT
    #[arg(long, default_value = "id", help_heading = "Applications")]
    pub application_put_read_only: PutReadOnly,
    /// What becomes of what a PUT sends back as it was read, and no document knows
    #[arg(long, default_value = "accept", help_heading = "Applications")]
    pub application_put_unknown: PutSurplus,
    /// What becomes of the versions of `messages` and `verify` and of `authenticate_inbound_media` in a PUT
    #[arg(long, default_value = "accept", help_heading = "Applications")]
    pub application_put_undocumented: PutSurplus,
    /// What the address of a webhook must be like, else 400
    #[arg(long, default_value = "web", help_heading = "Applications")]
    pub application_urls: UrlRules,
    /// Which regions there are; others give 400
    #[arg(long, default_value = "known", help_heading = "Applications")]
    pub application_regions: Regions,
    /// What is shown for `fallback_answer_url` where there is none
    #[arg(long, default_value = "absent", help_heading = "Applications")]
    pub application_no_fallback: NoFallback,
    /// The default of `leg_persistence_time`
    #[arg(long, default_value = "7", help_heading = "Applications")]
    pub application_leg_persistence_time: LegPersistence,
    /// The default of `improve_ai`
    #[arg(long, default_value = "off", help_heading = "Applications")]
    pub application_improve_ai: ImproveAi,
    /// What a DELETE of an application does that SIP domains or numbers refer to
    #[arg(long, default_value = "dangle", help_heading = "Applications")]
    pub application_delete_linked: DeleteLinked,
    /// Names of applications that are disabled, separated by commas
    #[arg(
        long,
        value_name = "NAME,...",
        value_delimiter = ',',
        help_heading = "Applications"
    )]
    #[serde(serialize_with = "joined")]
    pub disabled_applications: Vec<String>,
    /// Status of all that is asked about a disabled application; 200 is as if it were not, 404 as if there were none
    #[arg(long, value_parser = status(["200", "403", "404"]), default_value = "200", help_heading = "Applications")]
    #[serde(serialize_with = "number")]
    pub disabled_status: StatusCode,
    /// The order of the list
    #[arg(long, default_value = "created", help_heading = "Applications")]
    pub application_list_order: ListOrder,
    /// What a list without applications looks like
    #[arg(long, default_value = "empty", help_heading = "Applications")]
    pub application_empty_list: EmptyList,
}

/// What the name of an application must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameRules {
    /// More than spaces; it is kept as it was sent.
    NotBlank,
    /// More than spaces, and those around it are taken away.
    Trimmed,
    /// Any text.
    Any,
}

/// What an ID must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdCase {
    /// As answers show it.
    Exact,
    /// That, in any case, with or without dashes.
    Ignore,
}

/// What becomes of what a PUT leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// It has its default afterwards, or is gone.
    Reset,
    /// It stays as it is.
    Kept,
}

/// What becomes of the keys where a PUT has no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutKeys {
    /// They stay as they are.
    Kept,
    /// A new pair is made where `keys` is an empty object.
    RenewedByEmpty,
    /// A new pair is made, whether `keys` is empty or left out.
    Renewed,
}

/// Whether the answer to a PUT shows a private key that was shown before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutPrivateKey {
    /// It does not.
    Hidden,
    /// It does.
    Shown,
}

/// What becomes of `id` and `_links` in a PUT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutReadOnly {
    /// The ID is ignored, links are refused.
    Id,
    /// Both are ignored.
    Ignore,
    /// Both are refused.
    Reject,
}

/// What becomes of what a PUT holds beyond the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutSurplus {
    /// It is kept.
    Accept,
    /// It is refused with 400.
    Reject,
    /// It is dropped.
    Drop,
}

/// What the address of a webhook must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UrlRules {
    /// `http` or `https`, and a host.
    Web,
    /// `https`, and a host.
    Https,
    /// `http` or `https`, and a host that is neither private nor loopback.
    Public,
    /// `http` or `https`, a host, no user info, no fragment, at most 2,000 characters.
    Plain,
    /// `http` or `https`, and a host that answers: all do but those under `.invalid`.
    Probed,
}

/// Which regions there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regions {
    /// The six that the specification names.
    Known,
    /// Any: new ones appear over time.
    Any,
}

/// What is shown for a fallback address that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoFallback {
    /// Nothing.
    Absent,
    /// An address that is an empty text.
    Empty,
}

/// The default of `leg_persistence_time`, on which documents and answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
pub enum LegPersistence {
    /// Seven days, as in answers.
    #[value(name = "7")]
    #[serde(rename = "7")]
    Week,
    /// Two days, as in the specification.
    #[value(name = "2")]
    #[serde(rename = "2")]
    TwoDays,
}

/// The default of `improve_ai`, on which documents and answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImproveAi {
    /// `false`, as in answers.
    Off,
    /// `true`, as in the specification.
    On,
}

/// What a DELETE of an application does that SIP domains or numbers refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeleteLinked {
    /// Deletes it; they keep its ID.
    Dangle,
    /// Deletes it; they have no application afterwards.
    Unlink,
    /// Refuses it with 409.
    Reject,
}

/// The order of the list of applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListOrder {
    /// As they were created, which is the order of their IDs.
    Created,
    /// The newest first.
    Newest,
    /// By name.
    Name,
}

/// What a list without applications looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyList {
    /// `_embedded` has an empty list.
    Empty,
    /// `_embedded` is an empty object.
    WithoutApplications,
    /// There is no `_embedded`.
    WithoutEmbedded,
}
