//! What is proved, one file for each theme.

mod acl;
mod applications;
mod data_sources;
/// It sends an interrupt.
#[cfg(unix)]
mod debug;
/// The demo takes a CLI on Unix alone.
#[cfg(unix)]
mod demo;
/// It runs a shell script.
#[cfg(unix)]
mod docs;
mod drift;
mod drift_job;
/// It makes symbolic links.
#[cfg(unix)]
mod example_provider;
mod examples;
mod export;
mod faults;
mod force;
mod functions;
mod guides;
mod ignore_changes;
mod import;
mod install;
/// It sends an interrupt.
#[cfg(unix)]
mod interruption;
/// It looks for a process in its group.
#[cfg(unix)]
mod killed;
mod life;
mod live_mode;
mod logs;
mod modules;
mod moved;
mod nulls;
mod numbers;
mod other_account;
mod policy;
mod query;
/// It runs a shell script.
#[cfg(unix)]
mod release;
mod replacement;
mod scale;
mod secrets;
mod stale_plan;
mod unknown;
mod unknowns;
mod upgrade;
mod users;
mod validation;

use crate::scenario::Scenario;

/// Every scenario of the suite.
pub(crate) fn all() -> Vec<Scenario> {
    [
        acl::scenarios(),
        applications::scenarios(),
        data_sources::scenarios(),
        #[cfg(unix)]
        debug::scenarios(),
        #[cfg(unix)]
        demo::scenarios(),
        #[cfg(unix)]
        docs::scenarios(),
        drift::scenarios(),
        drift_job::scenarios(),
        #[cfg(unix)]
        example_provider::scenarios(),
        examples::scenarios(),
        export::scenarios(),
        faults::scenarios(),
        force::scenarios(),
        functions::scenarios(),
        guides::scenarios(),
        ignore_changes::scenarios(),
        import::scenarios(),
        install::scenarios(),
        #[cfg(unix)]
        interruption::scenarios(),
        #[cfg(unix)]
        killed::scenarios(),
        life::scenarios(),
        live_mode::scenarios(),
        logs::scenarios(),
        modules::scenarios(),
        moved::scenarios(),
        nulls::scenarios(),
        numbers::scenarios(),
        other_account::scenarios(),
        policy::scenarios(),
        query::scenarios(),
        #[cfg(unix)]
        release::scenarios(),
        replacement::scenarios(),
        scale::scenarios(),
        secrets::scenarios(),
        stale_plan::scenarios(),
        unknown::scenarios(),
        unknowns::scenarios(),
        upgrade::scenarios(),
        users::scenarios(),
        validation::scenarios(),
    ]
    .concat()
}
