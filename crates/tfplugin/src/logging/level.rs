//! The level that the environment asks for, by the conventions of Terraform and terraform-plugin-log.

use tracing::Level;

use crate::env::Environment;

/// The first of `TF_LOG_PROVIDER_<TYPE>`, `TF_LOG_PROVIDER` and `TF_LOG` that is set decides; `None` is no logging.
pub(super) fn asked_for(provider_type: &str, environment: &dyn Environment) -> Option<Level> {
    let own = format!(
        "TF_LOG_PROVIDER_{}",
        provider_type.to_uppercase().replace('-', "_")
    );
    [own.as_str(), "TF_LOG_PROVIDER", "TF_LOG"]
        .into_iter()
        .find_map(|name| environment.get(name))
        .and_then(|word| parse(&word))
}

/// `JSON` is Terraform's word for everything, in JSON. It takes a word that it does not know for `TRACE`, so we do too.
fn parse(word: &str) -> Option<Level> {
    match word.trim().to_ascii_lowercase().as_str() {
        "off" => None,
        "error" => Some(Level::ERROR),
        "warn" => Some(Level::WARN),
        "info" => Some(Level::INFO),
        "debug" => Some(Level::DEBUG),
        _ => Some(Level::TRACE),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn level(variables: &[(&str, &str)]) -> Option<Level> {
        let environment: BTreeMap<String, String> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        asked_for("my-type", &environment)
    }

    #[test]
    fn nothing_is_logged_unless_asked_for() {
        assert_eq!(level(&[]), None);
        assert_eq!(level(&[("TF_LOG", "")]), None);
        assert_eq!(level(&[("TF_LOG_CORE", "trace")]), None);
    }

    #[test]
    fn the_narrower_variable_decides() {
        let all = ("TF_LOG", "trace");
        let providers = ("TF_LOG_PROVIDER", "info");
        let own = ("TF_LOG_PROVIDER_MY_TYPE", "off");
        assert_eq!(level(&[all]), Some(Level::TRACE));
        assert_eq!(level(&[all, providers]), Some(Level::INFO));
        assert_eq!(level(&[all, providers, own]), None);
    }

    #[test]
    fn words_are_read_as_terraform_reads_them() {
        for (word, wanted) in [
            ("ERROR", Level::ERROR),
            ("Warn", Level::WARN),
            ("debug", Level::DEBUG),
            ("JSON", Level::TRACE),
            ("verbose", Level::TRACE),
        ] {
            assert_eq!(level(&[("TF_LOG", word)]), Some(wanted), "{word}");
        }
    }
}
