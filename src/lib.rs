//! Terraform and OpenTofu provider for Vonage Programmable SIP.
//!
//! One call's way through the modules: the package [`tfplugin`] has let the host in, decodes the request by the schema
//! and hands it to `provider`, which plans and words; [`acl`] checks who may call; `vonage` speaks to the API; and
//! the answer goes back the same way. [`cli`] puts the parts together, and the package [`vonage_sandbox`] is an API to try
//! it all on. `probe` asks the real one what is not known of it. `causes` and [`env`](mod@env) are leaves that all may use.
//! `docs/architecture.md` has the whole of it.
//!
//! A newcomer's route, in this order: `cli/serve.rs`, `server/plan.rs` of `tfplugin`,
//! `provider/resources/sip_domain/mod.rs`, `provider/resources/sip_domain/plan.rs`, `acl/lint.rs`,
//! `vonage/psip/create.rs`.

pub mod acl;
mod causes;
pub mod cli;
mod probe;
mod provider;
mod vonage;

pub use provider::Vonage;
pub use tfplugin::env;
#[doc(hidden)]
pub use vonage::told_of_answer;
