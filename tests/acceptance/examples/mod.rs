//! The examples: every folder of `examples/` that has a configuration is a trial on a CLI that knows what it uses.
//!
//! A new folder is picked up by itself. It is validated, applied, planned empty and destroyed; what it has of a page's
//! files in the registry's layout (imports, queries) is run as well. Modules are validated here, and applied by those who call them.

mod features;
mod folder;
mod play;

use libtest_mimic::Trial;

pub(crate) use self::{
    folder::{Folder, root},
    play::give_variables,
};
use crate::{sandbox::Persistence, scenario::trial, suite::Suite};

/// The trials of all folders.
pub(crate) fn trials(suite: &Suite) -> Vec<Trial> {
    let of = |folder: Folder| {
        let text = folder.text();
        suite.trials(
            &format!("example::{}", folder.label()),
            false,
            |cli| features::obstacle(&text, cli),
            |name, cli| {
                let folder = folder.clone();
                trial(name, cli, Persistence::Memory, &suite.settings, move |it| {
                    play::play(it, &folder);
                })
            },
        )
    };
    folder::all().into_iter().flat_map(of).collect()
}
