//! The switches for statuses that the API's documents and Vonage's own test disagree on or leave open.

use http::StatusCode;
use serde::{Deserialize, Serialize};

/// A status that this switch does not offer.
#[derive(Debug, thiserror::Error)]
#[error("status {0} is not one that this switch offers")]
pub struct NotOffered(u16);

/// Status of a PUT that changed something: 200 in Vonage's test, 201 in specification 1.0.0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub enum PutStatus {
    /// 200 OK.
    #[default]
    #[value(name = "200")]
    Ok,
    /// 201 Created.
    #[value(name = "201")]
    Created,
}

/// What a PUT on an unknown name does: specification 1.0.0 lists no 404 for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutUnknown {
    /// Answers the 404 of the other operations.
    #[default]
    NotFound,
    /// Creates it and answers 201.
    Upsert,
}

/// Status of a DELETE that worked: 200 in the documents, 204 in a third party's stub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub enum DeleteStatus {
    /// 200 OK.
    #[default]
    #[value(name = "200")]
    Ok,
    /// 204 No Content, which never has a body.
    #[value(name = "204")]
    NoContent,
}

/// Body of a DELETE that worked with 200: the documents give no schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeleteBody {
    /// No body.
    #[default]
    Empty,
    /// The JSON object `{}`.
    Object,
}

/// Status of a POST with a name that is taken: 400 in Vonage's test, 409 in a third party's stub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub enum DuplicateStatus {
    /// 400 Bad Request.
    #[default]
    #[value(name = "400")]
    BadRequest,
    /// 409 Conflict.
    #[value(name = "409")]
    Conflict,
}

/// Ties the values of a switch to the statuses they stand for.
macro_rules! statuses {
    ($switch:ident { $($value:ident => $status:ident),+ }) => {
        impl $switch {
            /// The status that this value stands for.
            pub fn code(self) -> StatusCode {
                match self { $(Self::$value => StatusCode::$status),+ }
            }
        }

        impl From<$switch> for u16 {
            fn from(switch: $switch) -> Self {
                switch.code().as_u16()
            }
        }

        impl TryFrom<u16> for $switch {
            type Error = NotOffered;

            fn try_from(status: u16) -> Result<Self, NotOffered> {
                [$(Self::$value),+]
                    .into_iter()
                    .find(|value| u16::from(*value) == status)
                    .ok_or(NotOffered(status))
            }
        }
    };
}

statuses!(PutStatus { Ok => OK, Created => CREATED });
statuses!(DeleteStatus { Ok => OK, NoContent => NO_CONTENT });
statuses!(DuplicateStatus { BadRequest => BAD_REQUEST, Conflict => CONFLICT });
