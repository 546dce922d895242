//! Random settings of the switches that a run can tell anything of, or that are in its way.

use fastrand::Rng;
use serde_json::{Value, json};
use vonage_sandbox::{Object, Switches};

/// What stays as it is: what would let nothing happen, takes the time that it says, or needs names.
const LEFT: [&str; 13] = [
    "auth_scheme",
    "foreign_names",
    "user_max",
    "list_lag",
    "replica_lag",
    "replica_every",
    "latency",
    "rate_limit",
    "disabled_applications",
    "disabled_status",
    "concurrent_write",
    "number_rate_limit",
    "number_list_rate_limit",
];

/// The limits, each with the least and the most that is set. None of them hides all others.
const LIMITS: [(&str, u64, u64); 4] = [
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
        } else if name == "visibility_delay" {
            let delays = ["0s", "0s", "0s", "400ms"];
            json!(delays[rng.usize(..delays.len())])
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
