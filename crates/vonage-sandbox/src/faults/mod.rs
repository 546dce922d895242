//! Scripted faults: what goes wrong with which requests, how often, and before or after they took effect.

mod fault;
mod pattern;
mod schedule;
mod shape;

pub use fault::{Fault, InvalidFault, Moment};
pub use pattern::{InvalidPattern, PathPattern};
pub use schedule::FaultStatus;
pub use shape::Shape;

pub(super) use schedule::Schedule;
