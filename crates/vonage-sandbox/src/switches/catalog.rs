//! All switches by name, for those who list them: documents, and tests that go through every value.

use clap::Args;

use super::Switches;

/// A switch, as the command line knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Its key in JSON, such as `acl_echo`.
    pub key: String,
    /// Its flag, such as `--acl-echo`.
    pub flag: String,
    /// What it decides.
    pub about: String,
    /// What it is grouped under.
    pub group: String,
    /// What it takes where it has no values to choose from, such as `COUNT`.
    pub takes: String,
    /// Its values, the default first; none where it takes a number, a time or a text.
    pub values: Vec<Value>,
}

/// A value that a switch may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// How it is written, also in JSON, where statuses are numbers.
    pub name: String,
    /// What it means.
    pub about: String,
}

/// Every switch, in the order of the help.
pub fn catalog() -> Vec<Switch> {
    let command = Switches::augment_args(clap::Command::new("switches"));
    command.get_arguments().map(switch).collect()
}

fn switch(argument: &clap::Arg) -> Switch {
    let values = argument.get_possible_values();
    Switch {
        key: argument.get_id().to_string(),
        flag: format!("--{}", argument.get_long().unwrap_or_default()),
        about: argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
        group: argument.get_help_heading().unwrap_or_default().to_owned(),
        takes: argument
            .get_value_names()
            .and_then(<[_]>::first)
            .map(ToString::to_string)
            .unwrap_or_default(),
        values: values
            .iter()
            .map(|value| Value {
                name: value.get_name().to_owned(),
                about: value
                    .get_help()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            })
            .collect(),
    }
}
