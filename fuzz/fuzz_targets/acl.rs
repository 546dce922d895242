//! Runs the target `acl::fuzzing::acl`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| terraform_provider_vonage::acl::fuzzing::acl(bytes));
