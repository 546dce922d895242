//! The switches as flags of the command line: one rule for all of them, where `clap`'s derive would write each out, which
//! was a sixtieth of the program.

use clap::builder::{PossibleValue, PossibleValuesParser, ValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};
use serde_json::Value;

use super::Switches;
use crate::json::Object;

/// A switch as the table declares it.
pub(super) struct Row {
    /// The field, and its key in JSON.
    pub(super) key: &'static str,
    /// What it decides, with the blank that a comment begins with.
    pub(super) about: &'static str,
    /// What help lists it under.
    pub(super) group: &'static str,
    /// What help calls a value, where there are none to choose from.
    pub(super) takes: Option<&'static str>,
    /// What a value must be.
    pub(super) parser: fn() -> ValueParser,
}

/// Declares [`Switches`] and its rows: fields by group, each a choice, or `=>` what help calls its value and how it is read.
macro_rules! table {
    ($($group:literal {
        $(#[doc = $about:literal] $key:ident: $values:ty $(=> $takes:literal $read:ty)?,)+
    })+) => {
        /// How the sandbox answers where the real API's behaviour is unknown. The default is the likeliest answer.
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Switches {
            $($(#[doc = $about] pub $key: $values,)+)+
        }

        /// Every switch, in the order of the help.
        pub(super) const ROWS: &[$crate::switches::flags::Row] = &[$($(
            $crate::switches::flags::Row {
                key: stringify!($key),
                about: $about,
                group: $group,
                takes: table!(@takes $($takes)?),
                parser: table!(@parser $values $(, $read)?),
            },
        )+)+];
    };
    (@takes) => { None };
    (@takes $takes:literal) => { Some($takes) };
    (@parser $values:ty) => { $crate::switches::flags::one_of::<$values> };
    (@parser $values:ty, $read:ty) => { || clap::value_parser!($read).into() };
}
pub(super) use table;

/// A parser that takes the values of `T` alone.
pub(super) fn one_of<T: ValueEnum>() -> ValueParser {
    let values = T::value_variants().iter();
    chosen(values.filter_map(T::to_possible_value).collect())
}

fn chosen(values: Vec<PossibleValue>) -> ValueParser {
    PossibleValuesParser::new(values).into()
}

impl Row {
    fn flag(&self, default: &Value) -> Arg {
        let takes = self.takes.unwrap_or_else(|| kept(self.key.to_uppercase()));
        let argument = Arg::new(self.key)
            .long(kept(self.key.replace('_', "-")))
            .value_name(takes)
            .help(self.about.trim_start())
            .help_heading(self.group)
            .value_parser((self.parser)());
        match default {
            Value::Null => argument,
            Value::String(text) => argument.default_value(kept(text.clone())),
            number => argument.default_value(kept(number.to_string())),
        }
    }

    /// What was given, as JSON has it: a number where the default is one, or where there is no default.
    fn given(&self, matches: &ArgMatches, default: &Value) -> Option<Value> {
        let text = matches.get_raw(self.key)?.next_back()?.to_str()?;
        match default {
            Value::String(_) => Some(text.into()),
            _ => text.parse().ok().map(|number: u64| number.into()),
        }
    }
}

/// `clap` takes texts that stay; the command line is read once.
fn kept(text: String) -> &'static str {
    text.leak()
}

/// Each row with its default.
fn rows() -> impl Iterator<Item = (&'static Row, Value)> {
    let mut defaults = Switches::default().to_object();
    let rows = super::table::ROWS.iter();
    rows.map(move |row| (row, defaults.remove(row.key).unwrap_or_default()))
}

impl Args for Switches {
    fn augment_args(command: Command) -> Command {
        rows().fold(command, |command, (row, default)| {
            command.arg(row.flag(&default))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Switches {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = rows().filter_map(|(row, default)| {
            let value = row.given(matches, &default)?;
            Some((row.key.to_owned(), value))
        });
        let table: Object = given.collect();
        Self::from_object(table).map_err(|error| Error::raw(ErrorKind::ValueValidation, error))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
