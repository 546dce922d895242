//! The Programmable SIP API: domains and their users, one file for each call.
//!
//! Every write is followed by reads of its object until it shows: the API is replicated, and an answer to a read may be
//! some 10 s old.

mod client;
mod create;
mod delete;
mod domain;
mod duplicate;
mod list;
mod read;
mod requests;
mod told;
mod update;
mod users;

pub(crate) use client::Psip;
pub(crate) use create::CreateError;
pub(crate) use domain::Domain;
pub(in crate::vonage) use told::problems;
pub(crate) use users::{CreateUserError, User};
