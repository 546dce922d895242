//! `terraform-provider-vonage demo`: the life of a SIP domain on a sandbox, with the real CLI, in front of the reader.
//!
//! [`run`] finds a CLI ([`locate`]), lays out a folder that it can install this program from ([`stage`]), and plays
//! the steps of the [`story`] on it. Each step says what it runs, shows what the CLI prints, and checks what came of it.

mod command;
mod error;
mod locate;
mod run;
mod stage;
mod story;

use error::{DemoError, Problem};
pub(super) use run::{DemoArgs, run};
