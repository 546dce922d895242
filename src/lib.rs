//! Terraform and OpenTofu provider for Vonage Programmable SIP.
//!
//! One call's way through the modules: [`plugin`] has let the host in; [`tfplugin`] decodes the request by the schema
//! and hands it to [`provider`], which plans and words; [`acl`] checks who may call; [`vonage`] speaks to the API; and
//! the answer goes back the same way. [`cli`] puts the parts together, and [`sandbox`] is an API to try it all on.
//! [`causes`], [`env`](mod@env) and [`logging`] are leaves that all may use. `docs/architecture.md` has the whole of it.
//!
//! A newcomer's route, in this order: `cli/serve.rs`, `tfplugin/server/plan.rs`,
//! `provider/resources/sip_domain/mod.rs`, `provider/resources/sip_domain/plan.rs`, `acl/lint.rs`,
//! `vonage/psip/create.rs`.

pub mod acl;
pub mod causes;
pub mod cli;
pub use tfplugin::env;
pub mod provider;
pub mod vonage;
