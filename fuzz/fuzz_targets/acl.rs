//! Runs the target `acl`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage_fuzz::acl(bytes));
