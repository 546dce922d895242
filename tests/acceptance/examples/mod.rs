//! The examples: every folder of `examples/` that has a configuration is a trial on each CLI that knows what it uses.
//!
//! A new folder is picked up by itself. It is validated, applied, planned empty and destroyed; what it has of a page's
//! files in the registry's layout (imports, queries) is run as well. Modules are validated here, and applied by those who call them.

mod features;
mod folder;
mod play;

use std::sync::Arc;

use libtest_mimic::Trial;

pub(crate) use self::{
    folder::{Folder, root},
    play::give_variables,
};
use crate::{
    cli::Cli,
    sandbox::Persistence,
    scenario::{ignored, not_run_at_all, trial},
    settings::Settings,
};

/// The trials of all folders.
pub(crate) fn trials(clis: &[Cli], settings: &Arc<Settings>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for folder in folder::all() {
        let name = format!("example::{}", folder.label());
        let text = folder.text();
        for cli in clis {
            let name = format!("{name}::{}", cli.label());
            trials.push(match features::obstacle(&text, cli) {
                Some(reason) => ignored(name, reason),
                None => one(name, folder.clone(), cli, settings),
            });
        }
        if settings.continuous_integration
            && clis
                .iter()
                .all(|cli| features::obstacle(&text, cli).is_some())
        {
            trials.push(not_run_at_all(&name));
        }
    }
    trials
}

fn one(name: String, folder: Folder, cli: &Cli, settings: &Arc<Settings>) -> Trial {
    let settings = Arc::clone(settings);
    trial(
        name,
        cli.clone(),
        Persistence::Memory,
        settings,
        move |workspace| {
            play::play(workspace, &folder);
        },
    )
}
