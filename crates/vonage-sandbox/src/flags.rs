//! Reads flags by `clap`: those of the command line, defaults, and switches that came as JSON.

use clap::{Args, Command, Error};

pub(crate) fn command<T: Args>() -> Command {
    T::augment_args(Command::new("sandbox").no_binary_name(true))
}

/// The value that these flags stand for.
pub(crate) fn parse<T: Args>(flags: impl IntoIterator<Item = String>) -> Result<T, Error> {
    T::from_arg_matches(&command::<T>().try_get_matches_from(flags)?)
}

/// The value without any flag.
#[expect(
    clippy::expect_used,
    reason = "each flag has a default or may be left out; whether they can be read is the same at every call, and tested"
)]
pub(crate) fn defaults<T: Args>() -> T {
    parse([]).expect("no flag is required")
}
