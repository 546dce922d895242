//! The settings of switches that the matrix goes through.

use std::iter::once;

use serde_json::{Map, Value, json};
use vonage_sandbox::Switches;

use super::expectation::{Expected, expected};

/// Values of switches, and what is expected of the core under them.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) switches: Map<String, Value>,
    pub(super) expected: Expected,
}

/// One switch at one value, with those beside it that it needs to have an effect.
#[derive(Clone, Debug)]
struct Single {
    key: String,
    value: Value,
}

/// How many values are tried at a time where that is not one.
const LARGEST_GROUP: usize = 4;

impl Single {
    /// Whether no switch is set by both.
    fn goes_with(&self, other: &Self) -> bool {
        let mine = self.switches();
        other.switches().keys().all(|key| !mine.contains_key(key))
    }

    /// It, and what it needs beside it.
    fn switches(&self) -> Map<String, Value> {
        let mut switches = company(&self.key);
        switches.insert(self.key.clone(), self.value.clone());
        switches
    }
}

/// Every value that is not the default, one at a time, and the defaults once.
pub(super) fn singles() -> Vec<Setting> {
    let alone: Vec<_> = all_singles().iter().map(|it| setting(&[it])).collect();
    once(setting(&[])).chain(alone).collect()
}

/// The same in fewer settings: some values at a time, of different switches; alone are those under which the core does not end as
/// it does by default.
pub(super) fn groups() -> Vec<Setting> {
    let all = all_singles();
    let by_default = expected(&Map::new());
    let (grouped, alone): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|it| setting(&[it]).expected == by_default);
    // Neighbours among the switches are about the same thing, and one may hide another.
    let distance = grouped.len().div_ceil(LARGEST_GROUP);
    let apart = (0..distance).flat_map(|first| grouped.iter().skip(first).step_by(distance));
    let mut groups: Vec<Vec<&Single>> = Vec::new();
    for single in apart {
        let has_room = |group: &&mut Vec<&Single>| {
            group.len() < LARGEST_GROUP && group.iter().all(|it| it.goes_with(single))
        };
        match groups.last_mut().filter(has_room) {
            Some(group) => group.push(single),
            None => groups.push(vec![single]),
        }
    }
    groups.extend(alone.into_iter().map(|single| vec![single]));
    once(setting(&[]))
        .chain(groups.iter().map(|group| setting(group)))
        .collect()
}

/// Pairs of values of two switches, drawn by a seed.
pub(super) fn pairs(seed: u64, count: usize) -> Vec<Setting> {
    let singles = all_singles();
    let mut random = seed;
    let mut draw = || {
        // The constants of Knuth's generator; the upper bits are the good ones.
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let upper = usize::try_from(random >> 33).unwrap();
        &singles[upper % singles.len()]
    };
    let mut pairs = Vec::new();
    while pairs.len() < count {
        let pair = [draw(), draw()];
        if pair[0].key != pair[1].key {
            pairs.push(setting(&pair));
        }
    }
    pairs
}

fn all_singles() -> Vec<Single> {
    let of = |switch: &clap::Arg| {
        let key = switch.get_id().to_string();
        values(switch).into_iter().map(move |value| Single {
            key: key.clone(),
            value,
        })
    };
    Switches::command().get_arguments().flat_map(of).collect()
}

/// The values of a switch that are not its default. What takes a number, a time or a text has some of each kind.
fn values(switch: &clap::Arg) -> Vec<Value> {
    let key = switch.get_id().as_str();
    let default = Switches::default().to_object()[key].clone();
    let known = switch.get_possible_values();
    let named = known
        .iter()
        .skip(1)
        .map(|value| match value.get_name().parse::<u16>() {
            Ok(status) if default.is_number() => json!(status),
            _ => json!(value.get_name()),
        });
    let mut values: Vec<Value> = named.collect();
    values.extend(match key {
        "foreign_names" | "disabled_applications" => vec![json!("elsewhere")],
        "acl_max" => vec![json!(16)],
        "application_name_max" => vec![json!(64)],
        "acl_shortest" => vec![json!(8)],
        "user_max" => vec![json!(2)],
        "list_page_size" => vec![json!(1), json!(2)],
        "visibility_delay" => [
            "create=900ms",
            "update=900ms",
            "delete=900ms",
            "users=900ms",
            "700ms",
        ]
        .map(Value::from)
        .to_vec(),
        "list_lag" | "replica_lag" => vec![json!("900ms")],
        "replica_every" => vec![json!(3)],
        "latency" => vec![json!("30ms")],
        "rate_limit" | "number_rate_limit" => vec![json!(5)],
        "number_list_rate_limit" => vec![json!(1)],
        _ => Vec::new(),
    });
    assert!(!values.is_empty(), "the matrix has no value for {key}");
    values
}

/// What a switch needs beside it, so that its value makes a difference.
fn company(key: &str) -> Map<String, Value> {
    let company = match key {
        "list_page_size" => json!({ "list_shape": "embedded" }),
        "replica_every" => json!({ "replica_lag": "900ms" }),
        "retry_after_in" => json!({ "rate_limit": 5 }),
        "concurrent_write" => json!({ "latency": "30ms" }),
        "foreign_status" | "foreign_read" => json!({ "foreign_names": "elsewhere" }),
        "disabled_status" => json!({ "disabled_applications": "elsewhere" }),
        _ => json!({}),
    };
    company.as_object().cloned().unwrap()
}

fn setting(singles: &[&Single]) -> Setting {
    let mut switches = Map::new();
    for single in singles {
        switches.extend(company(&single.key));
    }
    let mut names = Vec::new();
    for Single { key, value } in singles {
        switches.insert(key.clone(), value.clone());
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        names.push(format!("{key}={text}"));
    }
    if names.is_empty() {
        names.push("defaults".to_owned());
    }
    Setting {
        name: names.join("+"),
        expected: expected(&switches),
        switches,
    }
}
