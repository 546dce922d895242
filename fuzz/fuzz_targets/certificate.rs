//! Runs the target `tfplugin::plugin::fuzzing::certificate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tfplugin::plugin::fuzzing::certificate(bytes));
