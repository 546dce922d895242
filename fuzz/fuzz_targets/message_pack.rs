//! Runs the target `tfplugin::fuzzing::message_pack`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tfplugin::fuzzing::message_pack(bytes));
