//! What is proved, one file for each theme.

mod acl;
mod data_sources;
mod demo;
mod drift;
mod force;
mod import;
mod interruption;
mod life;
mod query;
mod replacement;
mod scale;
mod secrets;
mod unknown;
mod users;
mod validation;

use crate::scenario::Scenario;

/// Every scenario of the suite.
pub(crate) fn all() -> Vec<Scenario> {
    [
        acl::scenarios(),
        data_sources::scenarios(),
        demo::scenarios(),
        drift::scenarios(),
        force::scenarios(),
        import::scenarios(),
        interruption::scenarios(),
        life::scenarios(),
        query::scenarios(),
        replacement::scenarios(),
        scale::scenarios(),
        secrets::scenarios(),
        unknown::scenarios(),
        users::scenarios(),
        validation::scenarios(),
    ]
    .concat()
}
