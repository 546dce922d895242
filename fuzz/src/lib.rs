//! The fuzz targets: each takes any bytes, hands them to a parser, and panics where an answer breaks what must always hold.
//! `fuzz_targets` runs them under libFuzzer, and `tests/it/fuzzing.rs` on a stable compiler.

mod acl;
mod answer;
mod start;
mod values;

pub use self::acl::acl;
pub use self::answer::api_body;
pub use self::start::{certificate, handshake};
pub use self::values::{json_state, message_pack};
