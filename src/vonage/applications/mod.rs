//! The Application API, version 2: applications and their voice capability, one file for each call.
//!
//! A `PUT` replaces the whole application, so an update sends back all that was read and is not managed here.

mod application;
mod client;
mod create;
mod delete;
mod list;
mod read;
mod requests;
mod told;
mod update;
mod voice;

pub(crate) use application::Application;
pub(crate) use client::Applications;
pub(crate) use create::CreateApplicationError;
pub(in crate::vonage) use told::problems;
pub(crate) use voice::{Voice, Webhook};
