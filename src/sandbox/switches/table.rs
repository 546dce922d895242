//! The table of all switches: flags on the command line, one JSON object under `/_sandbox/switches`.

use serde::{Deserialize, Serialize};

use super::{
    AclEcho, AclIpv6, DeleteBody, DeleteStatus, DuplicateStatus, PutStatus, PutUnknown,
    VisibilityDelay,
};
use crate::sandbox::json::{self, Object};

/// How the sandbox answers where the real API's behaviour is unknown. The default is the likeliest answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// How `acl` comes back in answers
    #[arg(long, value_enum, default_value_t)]
    pub acl_echo: AclEcho,
    /// Whether IPv6 entries in `acl` are taken
    #[arg(long, value_enum, default_value_t)]
    pub acl_ipv6: AclIpv6,
    /// The most entries an `acl` may have (version 1.0 of the API said 16) [default: no limit]
    #[arg(long, value_name = "COUNT")]
    pub acl_max: Option<usize>,
    /// Time until reads show a write: `3s`, or by kind `create=3s,update=1s,delete=500ms`
    #[arg(long, value_name = "DELAY", default_value_t)]
    pub visibility_delay: VisibilityDelay,
    /// Status of a PUT that changed something
    #[arg(long, value_enum, default_value_t)]
    pub put_status: PutStatus,
    /// What a PUT on an unknown name does
    #[arg(long, value_enum, default_value_t)]
    pub put_unknown: PutUnknown,
    /// Status of a DELETE that worked
    #[arg(long, value_enum, default_value_t)]
    pub delete_status: DeleteStatus,
    /// Body of a DELETE that worked with 200
    #[arg(long, value_enum, default_value_t)]
    pub delete_body: DeleteBody,
    /// Status of a POST with a name that is taken
    #[arg(long, value_enum, default_value_t)]
    pub duplicate_status: DuplicateStatus,
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

    /// These switches with those named in `body` changed.
    pub fn patched(&self, body: &[u8]) -> Result<Self, SwitchesError> {
        let mut table = self.to_object();
        table.extend(json::object(body)?);
        Self::from_object(table)
    }

    /// All switches with their present values.
    pub fn to_object(&self) -> Object {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(table)) => table,
            // Every switch is a string, a number or null under a plain key: there is nothing that could fail.
            _ => Object::new(),
        }
    }

    fn from_object(table: Object) -> Result<Self, SwitchesError> {
        Ok(serde_json::from_value(table.into())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_names_every_switch_with_its_default() {
        assert_eq!(
            serde_json::Value::from(Switches::default().to_object()),
            serde_json::json!({
                "acl_echo": "as-sent", "acl_ipv6": "accept", "acl_max": null, "visibility_delay": "0s",
                "put_status": 200, "put_unknown": "not-found", "delete_status": 200, "delete_body": "empty",
                "duplicate_status": 400,
            })
        );
    }

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else() {
        let before = Switches {
            put_status: PutStatus::Created,
            ..Switches::default()
        };
        let after = before
            .patched(br#"{"acl_echo":"add-32","acl_max":16,"duplicate_status":409}"#)
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
        assert_eq!(after.patched(br#"{"acl_max":null}"#).unwrap().acl_max, None);
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
            r#"{"visibility_delay":3}"#,
            r#"{"acl_max":-1}"#,
            "[]",
            "",
        ] {
            assert!(Switches::from_json(body.as_bytes()).is_err(), "{body}");
        }
    }
}
