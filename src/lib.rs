//! Terraform provider for Vonage Programmable SIP.

pub mod acl;
pub mod cli;
pub mod env;
pub mod logging;
pub mod plugin;
pub mod provider;
pub mod sandbox;
pub mod tfplugin;
pub mod vonage;
