//! The table of all switches: flags on the command line, one JSON object under `/_sandbox/switches`.

use std::time::Duration;

use super::flags::table;
use super::{
    AclDuplicates, AclEcho, AclEmpty, AclHostBits, AclIpv6, AclPrivate, ApplicationCheck,
    AuthScheme, ConcurrentWrite, CreateStatus, DeleteBody, DeleteStatus, DeleteUnknown,
    DeleteWithUsers, DigestAuthEcho, DuplicateStatus, Endpoints, EnumCase, ErrorBody, Etag,
    ExtraFields, ForeignNames, ForeignRead, ForeignStatus, HasUsersStatus, KeyRules, ListRows,
    ListShape, ListStatus, NameCase, NameDash, Omitted, PutDomainType, PutKey, PutMode, PutStatus,
    PutUnknown, RetryAfterIn, SecretRules, TlsSrtp, TrunkApplication, TrunkName, UnknownFields,
    Unset, UserBody, UserCreateStatus, UserErrorStatus, UserFields, UserSecret, UsersWithoutDigest,
    VisibilityDelay, WriteBody, WriteKind,
};
use crate::json::{self, Object};
use crate::span::Span;
use crate::store::Effect;
use crate::timeline::Delay;

table! {
    "Names" {
        /// What upper case in names means
        name_case: NameCase,
        /// Whether a name may begin or end with a dash
        name_dash: NameDash,
        /// Status of a POST with a name or key that is taken
        duplicate_status: DuplicateStatus,
        /// Names that another account owns, separated by commas
        foreign_names: ForeignNames => "NAME,..." ForeignNames,
        /// Status of a POST with a name that another account owns
        foreign_status: ForeignStatus,
        /// Status of all else that is asked about a domain that another account owns
        foreign_read: ForeignRead,
    }
    "ACL" {
        /// How `acl` comes back in answers
        acl_echo: AclEcho,
        /// What becomes of entries that mean the same
        acl_duplicates: AclDuplicates,
        /// What becomes of bits outside a prefix, as in `10.1.2.3/24`
        acl_host_bits: AclHostBits,
        /// Whether IPv6 entries in `acl` are taken
        acl_ipv6: AclIpv6,
        /// Whether private and loopback addresses are taken
        acl_private: AclPrivate,
        /// When an `acl` may be empty
        acl_empty: AclEmpty,
        /// The most entries an `acl` may have (version 1.0 of the API said 16) [default: no limit]
        acl_max: Option<usize> => "COUNT" usize,
        /// The shortest prefix an `acl` may have, IPv4 only [default: no limit]
        acl_shortest: Option<u8> => "LENGTH" u8,
    }
    "Rules" {
        /// Whether an application must exist; the sandbox has none, so that none does
        application_check: ApplicationCheck,
        /// Whether a domain of the type `trunk` has an application
        trunk_application: TrunkApplication,
        /// What becomes of `trunk_name`, which no document knows
        trunk_name: TrunkName,
        /// Whether `srtp` asks for `tls`
        tls_srtp: TlsSrtp,
        /// What becomes of fields that no document knows
        unknown_fields: UnknownFields,
    }
    "Writes" {
        /// Status of a POST that made a domain
        create_status: CreateStatus,
        /// Body of the answer to a POST or PUT of a domain that worked
        write_body: WriteBody,
        /// Status of a PUT that changed a domain
        put_status: PutStatus,
        /// What a PUT on an unknown name does
        put_unknown: PutUnknown,
        /// What becomes of fields that a PUT leaves out
        put_mode: PutMode,
        /// What a PUT does whose body has another name than its path
        put_name: PutKey,
        /// What a PUT does that changes `domain_type`
        put_domain_type: PutDomainType,
        /// Status of a DELETE of a domain that worked
        delete_status: DeleteStatus,
        /// Body of a DELETE that worked, where its status may have one
        delete_body: DeleteBody,
        /// What a DELETE of an unknown name or key does
        delete_unknown: DeleteUnknown,
        /// What a DELETE of a domain with users does, without `cascade`
        delete_with_users: DeleteWithUsers,
        /// Status of such a DELETE where it is refused
        has_users_status: HasUsersStatus,
        /// What a write does while another one to the same domain is being answered
        concurrent_write: ConcurrentWrite,
        /// Whether versions guard writes
        etag: Etag,
    }
    "Users" {
        /// Status of a POST that made a user
        user_create_status: UserCreateStatus,
        /// Status of a PUT that changed a user
        user_put_status: PutStatus,
        /// Status of a DELETE of a user that worked
        user_delete_status: DeleteStatus,
        /// Body of the answer to a POST or PUT of a user that worked
        user_body: UserBody,
        /// What a read shows of a user beside its key
        user_fields: UserFields,
        /// What answers show of a user's secret
        user_secret: UserSecret,
        /// What a PUT on an unknown key does
        user_put_unknown: PutUnknown,
        /// What a PUT does whose body has another key than its path
        user_put_key: PutKey,
        /// What a secret must be like
        secret_rules: SecretRules,
        /// What a key must be like
        key_rules: KeyRules,
        /// Whether a domain without `digest_auth` has users
        users_without_digest: UsersWithoutDigest,
        /// The most users a domain may have [default: 200]
        user_max: Option<usize> => "COUNT" usize,
        /// Status of a write that breaks a rule of users, the largest number of them included
        user_error_status: UserErrorStatus,
    }
    "Answers" {
        /// The form of an error's body
        error_body: ErrorBody,
        /// How `always`, `never`, `optional`, `app` and `trunk` are written
        enum_case: EnumCase,
        /// How `digest_auth` is written
        digest_auth_echo: DigestAuthEcho,
        /// Which fields of a domain are left out
        omitted: Omitted,
        /// What is shown for `application_id` and `trunk_name` where there is none
        unset: Unset,
        /// Whether there are fields that no document knows
        extra_fields: ExtraFields,
    }
    "Lists" {
        /// Status of the list of domains
        list_status: ListStatus,
        /// The form of lists
        list_shape: ListShape,
        /// The most rows on a page, where lists have pages [default: 100]
        list_page_size: Option<usize> => "COUNT" usize,
        /// What the rows of the list of domains hold
        list_rows: ListRows,
    }
    "Time" {
        /// Time until reads show a write: `3s`, or by kind `create=3s,update=1s,delete=500ms,users=2s`
        visibility_delay: VisibilityDelay => "DELAY" VisibilityDelay,
        /// How much later than reads lists show a write
        list_lag: Span => "TIME" Span,
        /// How long, once reads show a write, some of them still show what was before
        replica_lag: Span => "TIME" Span,
        /// Which of them: each so many-th [default: 2]
        replica_every: Option<usize> => "COUNT" usize,
        /// How long each answer takes
        latency: Span => "TIME" Span,
        /// The most requests in a second; the others get 429 [default: no limit]
        rate_limit: Option<u32> => "COUNT" u32,
        /// Where a 429 says how long to wait
        retry_after_in: RetryAfterIn,
    }
    "Access" {
        /// Which credentials are taken
        auth_scheme: AuthScheme,
        /// What a GET of a trunk's endpoints answers
        endpoints: Endpoints,
    }
}

/// A body that is no table of switches.
#[derive(Debug, thiserror::Error)]
#[error("not a valid table of switches")]
pub struct SwitchesError(#[from] serde_json::Error);

impl Switches {
    /// The switches in `body`; those that it leaves out have their default.
    pub fn from_json(body: &[u8]) -> Result<Self, SwitchesError> {
        Self::from_object(json::object(body)?)
    }

    /// These switches with those named in `changes` changed.
    pub(crate) fn patched(&self, changes: Object) -> Result<Self, SwitchesError> {
        let mut table = self.to_object();
        table.extend(changes);
        Self::from_object(table)
    }

    /// When reads show a write to a domain.
    pub(crate) fn effect_on_domain(&self, kind: WriteKind) -> Effect {
        self.effect(self.visibility_delay.of_domain(kind))
    }

    /// When reads show a write to a user.
    pub(crate) fn effect_on_user(&self, kind: WriteKind) -> Effect {
        self.effect(self.visibility_delay.of_user(kind))
    }

    fn effect(&self, first: Duration) -> Effect {
        let behind = self.replica_lag.0 + self.list_lag.0;
        Effect::After(Delay { first, behind })
    }

    /// All switches with their present values.
    pub fn to_object(&self) -> Object {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(table)) => table,
            // Every switch is a string, a number or null under a plain key: there is nothing that could fail.
            _ => Object::new(),
        }
    }

    pub(super) fn from_object(table: Object) -> Result<Self, SwitchesError> {
        Ok(serde_json::from_value(table.into())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::switches::catalog;

    #[test]
    fn the_json_names_every_switch_with_its_default() {
        let table = Switches::default().to_object();
        let catalog = catalog();
        assert_eq!(table.len(), catalog.len());
        for switch in catalog {
            let value = &table[&switch.key];
            let Some(first) = switch.values.first() else {
                continue;
            };
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            assert_eq!(text, first.name, "{}", switch.key);
        }
        assert_eq!(table["visibility_delay"], "0s");
        assert_eq!(table["put_status"], 200);
    }

    #[test]
    fn every_value_that_the_flags_know_is_known_to_json_as_the_same() {
        for switch in catalog() {
            for value in switch.values {
                let number: Option<u16> = value.name.parse().ok();
                let of_table = Switches::default().to_object()[&switch.key].clone();
                let json = match number {
                    Some(number) if of_table.is_number() => serde_json::json!(number),
                    _ => serde_json::json!(value.name),
                };
                let patch = Object::from_iter([(switch.key.clone(), json.clone())]);
                let patched = Switches::default().patched(patch).unwrap();
                assert_eq!(patched.to_object()[&switch.key], json, "{}", switch.key);
                assert!(!value.about.is_empty(), "{} {}", switch.key, value.name);
            }
        }
    }

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else() {
        let before = Switches {
            put_status: PutStatus::Created,
            ..Switches::default()
        };
        let patch = |json: &str| serde_json::from_str(json).unwrap();
        let after = before
            .patched(patch(
                r#"{"acl_echo":"add-32","acl_max":16,"duplicate_status":409}"#,
            ))
            .unwrap();
        assert_eq!(
            after,
            Switches {
                acl_echo: AclEcho::Add32,
                acl_max: Some(16),
                duplicate_status: DuplicateStatus::Conflict,
                ..before
            }
        );
        let unlimited = after.patched(patch(r#"{"acl_max":null}"#)).unwrap();
        assert_eq!(unlimited.acl_max, None);
    }

    #[test]
    fn a_whole_table_starts_from_the_defaults() {
        let table = Switches::from_json(br#"{"delete_status":204}"#).unwrap();
        assert_eq!(
            table,
            Switches {
                delete_status: DeleteStatus::NoContent,
                ..Switches::default()
            }
        );
    }

    #[test]
    fn unknown_switches_and_values_are_refused() {
        for body in [
            r#"{"acl-echo":"sorted"}"#,
            r#"{"acl_echo":"upside-down"}"#,
            r#"{"put_status":202}"#,
            r#"{"put_status":"200"}"#,
            r#"{"latency":"soon"}"#,
            r#"{"visibility_delay":3}"#,
            r#"{"acl_max":-1}"#,
            "[]",
            "",
        ] {
            assert!(Switches::from_json(body.as_bytes()).is_err(), "{body}");
        }
    }
}
