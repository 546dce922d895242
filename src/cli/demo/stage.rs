//! What the demo takes place in: a temporary folder, an environment of its own, and the signals that end it early.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use tempfile::TempDir;
use tokio::process::Command;
use vonage_sandbox::Options;

use crate::cli::interruptions::Interruptions;
use crate::env::Environment;

/// The folder is removed with the value.
pub(super) struct Stage {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
    pub(super) interruptions: Interruptions,
}

impl Stage {
    /// Makes the folder; the API is at `url`.
    pub(super) fn set_up(url: &str, environment: &dyn Environment) -> io::Result<Self> {
        // First, so that no signal leaves the folder behind.
        let interruptions = Interruptions::listen()?;
        let folder = tempfile::Builder::new().prefix("vonage-demo-").tempdir()?;
        Ok(Self {
            variables: variables(folder.path(), url, environment),
            folder,
            interruptions,
        })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program to run here: what the reader's shell has set for other work has no say in the demo.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let variables = self.variables.iter().map(|(name, value)| (name, value));
        command
            .current_dir(self.folder())
            .env_clear()
            .envs(variables);
        command
    }
}

/// All that a CLI and the provider get to see of an environment.
fn variables(
    folder: &Path,
    url: &str,
    environment: &dyn Environment,
) -> Vec<(&'static str, String)> {
    let options = Options::default();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut variables = vec![
        // The CLI finds this program at home, but no settings, and leaves none.
        ("HOME", text(folder)),
        ("TMPDIR", text(folder)),
        ("TF_IN_AUTOMATION", "1".to_owned()),
        ("TF_INPUT", "0".to_owned()),
        ("CHECKPOINT_DISABLE", "1".to_owned()),
        ("VONAGE_BASE_URL", url.to_owned()),
        ("VONAGE_API_KEY", options.api_key),
        ("VONAGE_API_SECRET", options.api_secret),
    ];
    // Windows has no network for a program without the latter.
    for name in ["PATH", "SystemRoot"] {
        variables.extend(environment.get(name).map(|value| (name, value)));
    }
    if !io::stdout().is_terminal() || environment.get("NO_COLOR").is_some() {
        variables.push(("TF_CLI_ARGS", "-no-color".to_owned()));
    }
    variables
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn nothing_is_left_when_the_stage_is_dropped() {
        let stage = Stage::set_up("http://127.0.0.1:1", &BTreeMap::new()).unwrap();
        let folder = stage.folder().to_owned();
        fs::write(folder.join("main.tf"), "").unwrap();
        drop(stage);
        assert!(!folder.exists());
    }
}
