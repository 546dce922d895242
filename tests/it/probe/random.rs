//! Random settings of the switches that a run can tell anything of, or that are in its way.

use fastrand::Rng;
use serde_json::{Value, json};
use vonage_sandbox::{Object, Switches};

/// What stays as it is: what would let nothing happen, or needs names.
const LEFT: [&str; 7] = [
    "auth_scheme",
    "foreign_names",
    "user_max",
    "disabled_applications",
    "disabled_status",
    "number_rate_limit",
    "number_list_rate_limit",
];

/// What is about time, with a value that is set now and then.
const TIMES: [(&str, &str); 4] = [
    ("visibility_delay", "400ms"),
    ("list_lag", "300ms"),
    ("replica_lag", "300ms"),
    ("latency", "3ms"),
];

/// The limits, each with the least and the most that is set. None of them hides all others.
const LIMITS: [(&str, u64, u64); 6] = [
    ("rate_limit", 30, 200),
    ("replica_every", 2, 3),
    ("acl_max", 1, 70),
    ("acl_shortest", 1, 32),
    ("list_page_size", 1, 120),
    ("application_name_max", 26, 270),
];

/// Of each switch any value, but for those that are left.
pub(super) fn settings(rng: &mut Rng) -> Object {
    let defaults = Switches::default().to_object();
    let mut table = Object::new();
    for switch in Switches::command().get_arguments() {
        let name = switch.get_id().as_str();
        if LEFT.contains(&name) {
            continue;
        }
        let limit = LIMITS.iter().find(|(limit, ..)| *limit == name);
        let value = if let Some(&(_, least, most)) = limit {
            if rng.bool() {
                Value::Null
            } else {
                json!(rng.u64(least..=most))
            }
        } else if let Some((_, time)) = TIMES.iter().find(|(time, _)| *time == name) {
            json!(if rng.u8(..4) == 0 { *time } else { "0s" })
        } else {
            let values = switch.get_possible_values();
            let value = values[rng.usize(..values.len())].get_name().to_owned();
            if defaults[name].is_number() {
                json!(value.parse::<u16>().unwrap())
            } else {
                json!(value)
            }
        };
        table.insert(name.to_owned(), value);
    }
    table
}
