//! The switches for numbers.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Kept;

/// What is unknown of the Numbers API.
#[derive(Args, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberSwitches {
    /// What becomes of what an update leaves out
    #[arg(long, default_value = "reset", help_heading = "Numbers")]
    pub number_update_omitted: Kept,
    /// When `moHttpUrl` is tried; all answer but those under `.invalid`, for which an update fails
    #[arg(long, default_value = "always", help_heading = "Numbers")]
    pub number_probe: Probe,
    /// What becomes of `moSmppSysType` and `voiceStatusCallback`
    #[arg(long, default_value = "reset", help_heading = "Numbers")]
    pub number_hidden_fields: HiddenFields,
    /// What becomes of an application and a forward on one number
    #[arg(long, default_value = "both", help_heading = "Numbers")]
    pub number_app_and_forward: AppAndForward,
    /// Which update takes the application away
    #[arg(long, default_value = "omitted", help_heading = "Numbers")]
    pub number_unlink: Unlink,
    /// What an update with the deprecated `voiceCallbackType=app` does
    #[arg(long, default_value = "link", help_heading = "Numbers")]
    pub number_callback_app: CallbackApp,
    /// Whether the application of an update must exist and have voice
    #[arg(long, default_value = "none", help_heading = "Numbers")]
    pub number_application_check: LinkCheck,
    /// What an update does that names a number of another account, or another country than the number's
    #[arg(long, default_value = "reject", help_heading = "Numbers")]
    pub number_not_owned: NotOwned,
    /// What the account's key may do with numbers
    #[arg(long, default_value = "granted", help_heading = "Numbers")]
    pub number_access: NumberAccess,
    /// What a number with an application shows beside `app_id`
    #[arg(long, default_value = "voice", help_heading = "Numbers")]
    pub number_link_fields: LinkFields,
    /// Status of an error
    #[arg(long, default_value = "code", help_heading = "Numbers")]
    pub number_error_status: ErrorStatus,
    /// How `error-code` is written
    #[arg(long, default_value = "text", help_heading = "Numbers")]
    pub number_error_code: ErrorCode,
    /// The order of the list
    #[arg(long, default_value = "ascending", help_heading = "Numbers")]
    pub number_list_order: NumberOrder,
    /// The most requests to this API in a second; the others get 429 [default: no limit]
    #[arg(long, value_name = "COUNT", help_heading = "Numbers")]
    pub number_rate_limit: Option<u32>,
    /// The most lists of numbers in a second; the others get 429 [default: no limit]
    #[arg(long, value_name = "COUNT", help_heading = "Numbers")]
    pub number_list_rate_limit: Option<u32>,
}

/// When the webhook for messages is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Probe {
    /// In each update that has one.
    Always,
    /// In an update that changes it.
    Changed,
    /// Never.
    Never,
}

/// What becomes of fields that an update may set and no list is known to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenFields {
    /// No list shows them, and they are gone where an update leaves them out.
    Reset,
    /// No list shows them, and they stay where an update leaves them out.
    Kept,
    /// Lists show them, and they are gone where an update leaves them out.
    Shown,
}

/// What becomes of an application and a forward to a SIP address or a telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppAndForward {
    /// Both stay.
    Both,
    /// The forward is dropped.
    Application,
    /// The application is dropped.
    Forward,
    /// The update is refused with 420.
    Reject,
}

/// Which update takes the application away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unlink {
    /// One whose `app_id` is empty; one without `app_id` does as with all that is left out.
    Omitted,
    /// One whose `app_id` is empty, and no other.
    Empty,
    /// None: it can be changed alone.
    Never,
}

/// What an update with the deprecated `voiceCallbackType=app` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallbackApp {
    /// What `app_id` does.
    Link,
    /// Links the number for voice alone, beside `app_id`.
    Voice,
    /// It gets 500.
    Error,
}

/// Whether the application of an update must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkCheck {
    /// It need not.
    None,
    /// It must exist, else 420.
    Exists,
    /// It must exist and have voice, else 420.
    Voice,
}

/// What an update of a number does that the account does not own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotOwned {
    /// It is refused with 420.
    Reject,
    /// It is answered as one that worked, and does nothing.
    Ignore,
}

/// What the account's key may do with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberAccess {
    /// All that this API does.
    Granted,
    /// Nothing: each answer is an empty object, with 200.
    Empty,
    /// Nothing: each answer is an empty object, with 403.
    Forbidden,
}

/// What a number with an application shows beside `app_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkFields {
    /// `voiceCallbackType` and `voiceCallbackValue`.
    Voice,
    /// Nothing.
    None,
    /// These, `messagesCallbackType` and `messagesCallbackValue`.
    Messages,
}

/// Status of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorStatus {
    /// The number in `error-code`.
    Code,
    /// 200: only the body tells.
    Ok,
}

/// How `error-code` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// `"420"`.
    Text,
    /// `420`.
    Number,
}

/// The order of the list of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberOrder {
    /// By country and number.
    Ascending,
    /// That, the other way round.
    Descending,
}
