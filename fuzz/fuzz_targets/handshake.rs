//! Runs the target `tfplugin::plugin::fuzzing::handshake`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tfplugin::plugin::fuzzing::handshake(bytes));
