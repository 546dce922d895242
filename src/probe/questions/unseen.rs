//! What no run can see, and why.

use crate::probe::question::{Question, not_seen, question};

const FOREIGN: &str = "it needs the name of another account's domain, and names are not guessed";
const LAG: &str = "how far a read is behind cannot be told from the outside";
const NETWORK: &str = "the network's own time is in it";
const TOO_MANY: &str = "it would take more requests at once than an account should send";
const UPDATE: &str = "no number is changed";
const DISABLED: &str = "it needs an application that Vonage has disabled";

/// A question that is never answered.
macro_rules! unseen {
    ($unknown:literal, $switch:literal, $why:expr) => {
        question($unknown, $switch, |_| not_seen($why))
    };
}

pub(super) const QUESTIONS: &[Question] = &[
    unseen!("7", "foreign_names", FOREIGN),
    unseen!("7", "foreign_status", FOREIGN),
    unseen!("7", "foreign_read", FOREIGN),
    unseen!("18", "user_max", "it would take more than 200 users"),
    unseen!("21", "list_lag", LAG),
    unseen!("21", "replica_lag", LAG),
    unseen!("21", "replica_every", LAG),
    unseen!("21", "latency", NETWORK),
    unseen!("22", "rate_limit", TOO_MANY),
    unseen!(
        "31",
        "concurrent_write",
        "two writes cannot be made to overlap for certain"
    ),
    unseen!(
        "A13",
        "application_put_unknown",
        "it needs a capability that no document names, which nobody can add"
    ),
    unseen!("A22", "disabled_applications", DISABLED),
    unseen!("A22", "disabled_status", DISABLED),
    unseen!("N1", "number_update_omitted", UPDATE),
    unseen!("N2", "number_probe", UPDATE),
    unseen!("N4", "number_app_and_forward", UPDATE),
    unseen!("N5", "number_unlink", UPDATE),
    unseen!("N5", "number_callback_app", UPDATE),
    unseen!("N7", "number_application_check", UPDATE),
    unseen!("N9", "number_not_owned", UPDATE),
    unseen!("N15", "number_rate_limit", TOO_MANY),
    unseen!("N15", "number_list_rate_limit", TOO_MANY),
];
