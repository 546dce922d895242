//! The switch for names that another account owns: they are unique over all accounts.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Names, separated by commas in their text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct ForeignNames(Vec<String>);

impl ForeignNames {
    /// Whether another account owns this name. It is a host's label, so its case does not matter.
    pub(crate) fn own(&self, name: &str) -> bool {
        self.0.iter().any(|owned| owned.eq_ignore_ascii_case(name))
    }
}

impl From<String> for ForeignNames {
    fn from(text: String) -> Self {
        let names = text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        Self(names.map(str::to_owned).collect())
    }
}

impl FromStr for ForeignNames {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.to_owned().into())
    }
}

impl fmt::Display for ForeignNames {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join(","))
    }
}

impl From<ForeignNames> for String {
    fn from(names: ForeignNames) -> Self {
        names.to_string()
    }
}
