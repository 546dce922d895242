//! The switches for what a POST, PUT or DELETE does and answers.

use clap::ValueEnum;
use serde::Serialize;

/// Body of the answer to a POST or PUT that worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBody {
    /// The object.
    Object,
    /// No byte.
    Empty,
    /// A word of plain text.
    Text,
    /// An empty JSON object.
    Braces,
}

/// What a PUT on an unknown name or key does: specification 1.0.0 lists no 404 for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutUnknown {
    /// Answers the 404 of the other operations.
    NotFound,
    /// Creates it and answers as a POST does.
    Upsert,
}

/// What becomes of fields that a PUT leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutMode {
    /// They have their default afterwards, or are gone.
    Replace,
    /// They stay as they are.
    Merge,
}

/// What a PUT does whose body has another name or key than its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutKey {
    /// Refuses it.
    Reject,
    /// Keeps the one in the path.
    Ignore,
    /// Renames the object.
    Rename,
}

/// What a PUT does that changes `domain_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutDomainType {
    /// Changes it.
    Accept,
    /// Refuses it with 422.
    Reject,
    /// Keeps the type, and changes the rest.
    Ignore,
}

/// Body of a DELETE that worked: the documents give no schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeleteBody {
    /// No byte.
    Empty,
    /// The JSON object `{}`.
    Object,
    /// What was deleted.
    Deleted,
    /// A word of plain text.
    Text,
}

/// What a DELETE of a domain with users does, without `cascade`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeleteWithUsers {
    /// Refuses it.
    Reject,
    /// Deletes the users along with it.
    Cascade,
}

/// What a DELETE of an unknown name or key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeleteUnknown {
    /// Answers 404.
    NotFound,
    /// Answers as if it had been there.
    Succeed,
}

/// What a write does while another one to the same domain is being answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConcurrentWrite {
    /// Both are done, one after the other.
    Accept,
    /// The later one is refused with 409.
    Conflict,
}

/// Whether versions guard writes; no document mentions them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Etag {
    /// There are none.
    None,
    /// Reads of one domain have theirs in the header `ETag`.
    Sent,
    /// A PUT or DELETE of a domain must name it in `If-Match`, else 428, or 412 where it is old.
    Required,
}
