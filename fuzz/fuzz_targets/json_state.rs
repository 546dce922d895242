//! Runs the target `json_state`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage_fuzz::json_state(bytes));
