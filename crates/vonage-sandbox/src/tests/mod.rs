//! Tests of the sandbox as a whole. Those of time work on the state with a paused clock, the others over loopback.

mod answers;
mod application_examples;
mod application_rules;
mod application_switches;
mod applications;
mod control;
mod faults;
pub(crate) mod harness;
mod number_rules;
mod number_switches;
mod numbers;
mod persistence;
mod published;
mod rules;
mod switches;
mod transport;
mod users;
mod visibility;
