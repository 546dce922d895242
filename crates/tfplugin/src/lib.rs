//! The provider's side of Terraform's plugin protocol 6: what a provider is made of, and the server that speaks for it.
//!
//! An author implements [`Provider`](provider::Provider) and a [`Resource`](resource::Resource) for each kind of object, and perhaps
//! [data sources](data_source), [lists](list_resource) and [functions](function). They say what configurations look like
//! in [`schema`], and speak in [values](value) and [diagnostics]. `main` [serves](plugin::serve) the provider;
//! `examples/terraform-provider-file.rs` is a whole one.
//!
//! The way of a request: [`plugin`] has let the host in → [`server`], where messages become values by [`codec`], and the general
//! rules of planning are kept → the author's traits → back. Nothing outside of `server` knows a message, and nothing outside of
//! `codec` knows how values are written. [`logging`] and [`env`](mod@env) are leaves that all of it may use.
//!
//! The feature `testing` adds a host and the rules of Terraform's core, to try a provider with.

pub mod codec;
mod context;
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
