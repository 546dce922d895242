//! Runs the target `api_body`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage_fuzz::api_body(bytes));
