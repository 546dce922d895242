//! What a CLI complains about, with the place in the configuration that it points to.

use std::fs;

use serde_json::Value;

use super::Workspace;

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// `error` or `warning`.
    pub(crate) severity: String,
    pub(crate) summary: String,
    pub(crate) detail: String,
    /// The block that it is about: `vonage_sip_domain.example`, `provider.vonage`, or nothing.
    pub(crate) block: String,
    /// The attribute that it points to; empty when it points to the block as a whole.
    pub(crate) attribute: String,
}

/// All that one command said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Diagnostics(pub(crate) Vec<Diagnostic>);

impl Workspace {
    /// `validate -json`: the diagnostics, whether or not there are errors among them.
    #[track_caller]
    pub(crate) fn validate(&mut self, configuration: &str) -> Diagnostics {
        self.write("main.tf", configuration);
        let report = self.run(&["validate", "-json"]).json();
        self.diagnostics(report["diagnostics"].as_array().unwrap())
    }

    /// `plan -json`: the diagnostics of a plan that may fail.
    #[track_caller]
    pub(crate) fn plan_diagnostics(&mut self, configuration: &str) -> Diagnostics {
        self.write("main.tf", configuration);
        let output = self.run(&["plan", "-json"]);
        self.streamed_diagnostics(&output.stdout)
    }

    /// Validates, and plans what is valid or not; both must complain of the same, and nothing may be sent.
    #[track_caller]
    pub(crate) fn complaints(&mut self, configuration: &str) -> Diagnostics {
        let found = self.validate(configuration);
        let planned = self.plan_diagnostics(configuration);
        assert_eq!(
            found.errors().0.len(),
            planned.errors().0.len(),
            "a plan says something else than `validate`"
        );
        assert!(self.sandbox().requests().is_empty(), "something was sent");
        found
    }

    /// The diagnostics among the lines that `-json` makes `plan`, `apply` and `destroy` print.
    #[track_caller]
    pub(crate) fn streamed_diagnostics(&self, stdout: &str) -> Diagnostics {
        let messages: Vec<Value> = stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["type"] == "diagnostic")
            .map(|mut message| message["diagnostic"].take())
            .collect();
        self.diagnostics(&messages)
    }

    fn diagnostics(&self, values: &[Value]) -> Diagnostics {
        Diagnostics(values.iter().map(|value| self.diagnostic(value)).collect())
    }

    fn diagnostic(&self, value: &Value) -> Diagnostic {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Diagnostic {
            severity: text("severity"),
            summary: text("summary"),
            detail: text("detail"),
            block: block(value["snippet"]["context"].as_str().unwrap_or_default()),
            attribute: self.attribute(&value["range"]),
        }
    }

    /// The name left of `=` in the line where a diagnostic's range starts.
    fn attribute(&self, range: &Value) -> String {
        let Some(file) = range["filename"].as_str() else {
            return String::new();
        };
        let text = fs::read_to_string(self.configuration().join(file)).unwrap_or_default();
        let number = range["start"]["line"]
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(1);
        let line = text
            .lines()
            .nth(number.saturating_sub(1))
            .unwrap_or_default();
        line.split_once('=')
            .map(|(name, _)| name.trim().to_owned())
            .unwrap_or_default()
    }
}

/// `resource "vonage_sip_domain" "x"` as an address.
fn block(context: &str) -> String {
    let words: Vec<&str> = context
        .split_whitespace()
        .map(|word| word.trim_matches('"'))
        .collect();
    match words.as_slice() {
        ["resource", kind, name] => format!("{kind}.{name}"),
        ["provider", name] => format!("provider.{name}"),
        other => other.join("."),
    }
}

impl Diagnostics {
    /// Those about one block.
    pub(crate) fn of(&self, block: &str) -> Self {
        Self(
            self.0
                .iter()
                .filter(|diagnostic| diagnostic.block == block)
                .cloned()
                .collect(),
        )
    }

    /// Those that stop the command.
    pub(crate) fn errors(&self) -> Self {
        Self(
            self.0
                .iter()
                .filter(|diagnostic| diagnostic.severity == "error")
                .cloned()
                .collect(),
        )
    }

    /// Those that do not.
    pub(crate) fn warnings(&self) -> Self {
        Self(
            self.0
                .iter()
                .filter(|diagnostic| diagnostic.severity == "warning")
                .cloned()
                .collect(),
        )
    }

    /// Fails unless one of them points to `attribute` and says all of `words`, in any case.
    #[track_caller]
    pub(crate) fn expect(&self, attribute: &str, words: &[&str]) {
        let found = self.0.iter().any(|diagnostic| {
            let text = format!("{}\n{}", diagnostic.summary, diagnostic.detail).to_lowercase();
            diagnostic.attribute == attribute
                && words.iter().all(|word| text.contains(&word.to_lowercase()))
        });
        assert!(
            found,
            "nothing points to `{attribute}` and says {words:?} in {self:#?}"
        );
    }
}
