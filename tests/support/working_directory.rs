//! The folder that a CLI runs in, and the environment of its commands: the user's home, network and settings have no say.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// Declares the provider; in a file of its own, so that the others have only what they are about.
const PROVIDER: &str = r#"
terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}
"#;

/// What sets the provider's limit of requests in a second.
pub(crate) const REQUEST_RATE: &str = "VONAGE_MAX_REQUESTS_PER_SECOND";

/// A folder with a configuration, which is gone with the value.
pub(crate) struct WorkingDirectory {
    pub(crate) folder: TempDir,
    environment: Vec<(String, String)>,
}

impl WorkingDirectory {
    /// One whose commands use the provider in `provider_folder`, and find other programs in the folders of `path`.
    pub(crate) fn new(provider_folder: &Path, path: &[PathBuf]) -> Self {
        let folder = tempfile::Builder::new().prefix("vonage-acc-").tempdir();
        let folder = folder.unwrap();
        for name in ["home", "tmp", "configuration"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let rc = folder.path().join("cli.tfrc");
        fs::write(rc, cli_configuration(provider_folder)).unwrap();
        let directory = Self {
            environment: environment(folder.path(), path),
            folder,
        };
        directory.write("versions.tf", PROVIDER);
        directory
    }

    pub(crate) fn configuration(&self) -> PathBuf {
        self.folder.path().join("configuration")
    }

    /// Writes a file of the configuration.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.configuration().join(name), text).unwrap();
    }

    /// Sets a variable of the commands that follow, or takes it away.
    pub(crate) fn set_variable(&mut self, name: &str, value: Option<&str>) {
        self.environment.retain(|(known, _)| known != name);
        self.environment
            .extend(value.map(|value| (name.to_owned(), value.to_owned())));
    }

    /// A command that inherits nothing; `defaults` hold where no variable of that name was set.
    pub(crate) fn command(&self, program: &Path, defaults: [(&str, String); 3]) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.configuration())
            .env_clear()
            .envs(defaults)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }
}

fn environment(folder: &Path, path: &[PathBuf]) -> Vec<(String, String)> {
    let path = std::env::join_paths(path).unwrap();
    let inside = |name: &str| folder.join(name).display().to_string();
    [
        ("PATH", path.into_string().unwrap()),
        ("HOME", inside("home")),
        ("TMPDIR", inside("tmp")),
        ("TF_CLI_CONFIG_FILE", inside("cli.tfrc")),
        ("TF_IN_AUTOMATION", "1".to_owned()),
        ("TF_INPUT", "0".to_owned()),
        ("CHECKPOINT_DISABLE", "1".to_owned()),
        // The default would make most of a run's time waiting; the scenarios that are about it take it away.
        (REQUEST_RATE, "1000".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Points both registries' addresses of the provider to the folder of the build, and forbids every other source.
fn cli_configuration(provider_folder: &Path) -> String {
    let folder = provider_folder.display();
    format!(
        r#"
provider_installation {{
  dev_overrides {{
    "registry.terraform.io/vonage/vonage" = "{folder}"
    "registry.opentofu.org/vonage/vonage" = "{folder}"
  }}
}}
"#
    )
}
