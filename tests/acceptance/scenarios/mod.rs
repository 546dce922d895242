//! What is proved, one file for each theme.

mod life;

use crate::scenario::Scenario;

/// Every scenario of the suite.
pub(crate) fn all() -> Vec<Scenario> {
    [life::scenarios()].concat()
}
