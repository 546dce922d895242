//! A host as Terraform is one: starts the built binary, reads its handshake, connects with a certificate, ends it.

mod process;
mod tls;

pub(crate) use process::{Death, Plugin, Start, in_time, is_served};
pub(crate) use tls::Identity;
