//! Runs the target `tfplugin::fuzzing::message_pack`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage::tfplugin::fuzzing::message_pack(bytes));
