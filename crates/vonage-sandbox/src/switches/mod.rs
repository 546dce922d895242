//! Switches: one for each question about the real API that nobody outside Vonage can answer.
//!
//! A switch is a field of [`Switches`] and a type that holds its values; a value's effect is where it takes place.
//! The field gives the flag (`--acl-echo`) and the JSON key under `/_sandbox/switches` (`acl_echo`).

mod acl_echo;
mod answers;
mod catalog;
mod choice;
mod flags;
mod foreign;
mod rate_limit;
mod rules;
mod statuses;
mod table;
mod users;
mod visibility;
mod writes;

pub use acl_echo::AclEcho;
pub use answers::{
    AuthScheme, DigestAuthEcho, Endpoints, EnumCase, ErrorBody, ExtraFields, ListRows, ListShape,
    Omitted, Unset,
};
pub use catalog::{Switch, Value, catalog};
pub use choice::NotOffered;
pub use foreign::ForeignNames;
pub use rate_limit::RetryAfterIn;
pub use rules::{
    AclDuplicates, AclEmpty, AclHostBits, AclIpv6, AclPrivate, ApplicationCheck, NameCase,
    NameDash, TlsSrtp, TrunkApplication, TrunkName,
};
pub use statuses::{
    CreateStatus, DeleteStatus, DuplicateStatus, ForeignRead, ForeignStatus, HasUsersStatus,
    ListStatus, PutStatus, UserCreateStatus, UserErrorStatus,
};
pub use table::{Switches, SwitchesError};
pub use users::{KeyRules, SecretRules, UserBody, UserFields, UserSecret, UsersWithoutDigest};
pub use visibility::{InvalidDelay, VisibilityDelay, WriteKind};
pub use writes::{
    ConcurrentWrite, DeleteBody, DeleteUnknown, DeleteWithUsers, Etag, PutDomainType, PutKey,
    PutMode, PutUnknown, UnknownFields, WriteBody,
};
