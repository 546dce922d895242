//! Runs the target `vonage::psip::fuzzing::api_body`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage::api_body(bytes));
