//! Runs the target `message_pack`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage_fuzz::message_pack(bytes));
