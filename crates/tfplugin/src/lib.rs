//! The provider's side of Terraform's plugin protocol 6: what a provider is made of, and the server that speaks for it.
//!
//! The way of a request: [`plugin`] has let the host in → [`generated`] messages → `convert` → values by [`codec`] → the
//! author's traits → back. [`logging`] and [`env`](mod@env) are leaves that all of it may use. Nothing here knows any provider.

pub mod codec;
pub mod data_source;
pub mod diagnostics;
pub mod env;
pub mod field;
pub mod function;
pub mod generate;
pub mod list_resource;
pub mod logging;
pub mod number;
pub mod path;
mod plan;
pub mod plugin;
pub mod provider;
pub mod resource;
pub mod schema;
pub mod server;
#[cfg(feature = "testing")]
pub mod testing;
pub mod types;
pub mod value;
