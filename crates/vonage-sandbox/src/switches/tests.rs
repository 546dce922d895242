//! The flags and the JSON of switches say the same.

use serde_json::json;

use super::*;

#[test]
fn the_json_names_every_switch_with_its_default() {
    let table = Switches::default().to_object();
    let command = Switches::command();
    assert_eq!(table.len(), command.get_arguments().count());
    for switch in command.get_arguments() {
        let value = &table[switch.get_id().as_str()];
        let values = switch.get_possible_values();
        let Some(first) = values.first() else {
            continue;
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(text, first.get_name(), "{switch}");
    }
    assert_eq!(table["visibility_delay"], "0s");
    assert_eq!(table["put_status"], 200);
}

#[test]
fn every_value_that_the_flags_know_is_known_to_json_as_the_same() {
    let defaults = Switches::default().to_object();
    for switch in Switches::command().get_arguments() {
        let key = switch.get_id().as_str();
        for value in switch.get_possible_values() {
            let json = match value.get_name().parse::<u16>() {
                Ok(number) if defaults[key].is_number() => json!(number),
                _ => json!(value.get_name()),
            };
            let patch = Object::from_iter([(key.to_owned(), json.clone())]);
            let patched = Switches::default().patched(patch).unwrap();
            assert_eq!(patched.to_object()[key], json, "{switch}");
            assert!(value.get_help().is_some(), "{switch} {}", value.get_name());
        }
    }
}

#[test]
fn what_json_cannot_set_is_refused_with_the_switch_and_what_is_allowed() {
    for (body, expected) in [
        (
            r#"{"etag":"maybe"}"#,
            "invalid value 'maybe' for '--etag <ETAG>' [possible values: none, sent, required]",
        ),
        (
            r#"{"put_status":202}"#,
            "invalid value '202' for '--put-status <PUT_STATUS>' [possible values: 200, 201, 204]",
        ),
        (
            r#"{"latency":"soon"}"#,
            "invalid value 'soon' for '--latency <TIME>': \"soon\" is not a duration such as 500ms, 3s or 1m",
        ),
        (r#"{"put_status":"200"}"#, "put_status takes a number"),
        (r#"{"acl_echo":null}"#, "acl_echo takes a string"),
    ] {
        let refused = Switches::from_json(body.as_bytes()).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
}

#[test]
fn a_patch_changes_what_it_names_and_nothing_else() {
    let before = Switches {
        put_status: StatusCode::CREATED,
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
            duplicate_status: StatusCode::CONFLICT,
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
            delete_status: StatusCode::NO_CONTENT,
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
