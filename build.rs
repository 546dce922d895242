//! Links the binary for glibc on x86-64 at a fixed address, as Go links Terraform and its providers.
//!
//! A position-independent binary of this size spends a tenth of its start on relocating itself, and Terraform starts a
//! provider three to five times for one command. Heap, stack and libraries are at random addresses all the same.

#![allow(
    clippy::disallowed_methods,
    reason = "Cargo speaks to build scripts by environment variables alone"
)]

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
