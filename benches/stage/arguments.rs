//! What a bench is asked for on its command line.

use std::path::PathBuf;

/// The words of a command line, each of which is known.
pub(crate) struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    /// Reads the command line: `flags` stand alone, `options` have a value.
    pub(crate) fn read(flags: &[&str], options: &[&str]) -> Self {
        // Cargo adds a flag of its own.
        let words: Vec<String> = std::env::args()
            .skip(1)
            .filter(|word| word != "--bench")
            .collect();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let is_option = options.contains(&word.as_str());
            assert!(
                is_option || flags.contains(&word.as_str()),
                "{word}: there are {flags:?}, and with a value {options:?}"
            );
            assert!(!is_option || rest.next().is_some(), "{word} needs a value");
        }
        Self { words }
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.words.iter().any(|word| word == flag)
    }

    pub(crate) fn value(&self, option: &str) -> Option<&str> {
        let at = self.words.iter().position(|word| word == option)?;
        self.words.get(at + 1).map(String::as_str)
    }

    /// The value of an option, as a number.
    pub(crate) fn number(&self, option: &str) -> Option<usize> {
        self.value(option)
            .map(|value| value.parse().unwrap_or_else(|_| panic!("{option} {value}")))
    }

    /// The provider to measure: the one that was built along with the bench, unless another is named.
    pub(crate) fn provider(&self) -> PathBuf {
        let built = env!("CARGO_BIN_EXE_terraform-provider-vonage");
        let path = PathBuf::from(self.value("--provider").unwrap_or(built));
        path.canonicalize()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}
