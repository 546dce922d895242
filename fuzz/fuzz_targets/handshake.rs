//! Runs the target `plugin::fuzzing::handshake`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage::plugin::fuzzing::handshake(bytes));
