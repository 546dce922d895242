//! The folder that the demo takes place in: the configuration, and a mirror to install this program from.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::cli::install::place::{self, SOURCES};

/// The example that readers find in the repository is the very one that runs.
const CONFIGURATION: &str = include_str!("../../../examples/basic/main.tf");

/// A temporary folder, removed with the value.
#[derive(Debug)]
pub(super) struct Stage {
    folder: TempDir,
}

impl Stage {
    /// Lays everything out; `program` is what the CLI is to install as the provider.
    pub(super) fn set_up(program: &Path) -> io::Result<Self> {
        let stage = Self {
            folder: tempfile::Builder::new().prefix("vonage-demo-").tempdir()?,
        };
        for folder in [stage.configuration(), stage.home(), stage.temporary()] {
            fs::create_dir(folder)?;
        }
        fs::write(stage.configuration().join("main.tf"), CONFIGURATION)?;
        fs::write(
            stage.cli_configuration(),
            cli_configuration(&stage.mirror()),
        )?;
        SOURCES
            .iter()
            .try_for_each(|address| offer(program, &stage.mirror().join(address)))?;
        Ok(stage)
    }

    /// Where the CLI runs.
    pub(super) fn configuration(&self) -> PathBuf {
        self.folder.path().join("configuration")
    }

    /// A home folder for the CLI, so that it finds no settings and leaves none.
    pub(super) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A folder for sockets and other short-lived files.
    pub(super) fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// The file for `TF_CLI_CONFIG_FILE`.
    pub(super) fn cli_configuration(&self) -> PathBuf {
        self.folder.path().join("cli.tfrc")
    }

    fn mirror(&self) -> PathBuf {
        self.folder.path().join("mirror")
    }
}

/// Puts the program where a mirror's unpacked layout has it.
fn offer(program: &Path, provider: &Path) -> io::Result<()> {
    let package = place::package(provider);
    fs::create_dir_all(&package)?;
    symlink(program, package.join(place::program()))
}

/// The provider comes from the mirror and from nowhere else; whatever else a configuration may use is not affected.
fn cli_configuration(mirror: &Path) -> String {
    let addresses = format!("{SOURCES:?}");
    let mirror = mirror.to_string_lossy();
    format!(
        "provider_installation {{\n  filesystem_mirror {{\n    path    = {mirror:?}\n    include = {addresses}\n  }}\n  \
         direct {{\n    exclude = {addresses}\n  }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_registries_addresses_lead_to_the_program() {
        let program = tempfile::NamedTempFile::new().unwrap();
        fs::write(&program, "the program").unwrap();
        let stage = Stage::set_up(program.path()).unwrap();
        for address in SOURCES {
            let package = place::package(&stage.mirror().join(address));
            let provider = fs::read_to_string(package.join(place::program())).unwrap();
            assert_eq!(provider, "the program");
        }
    }

    #[test]
    fn nothing_is_left_when_the_stage_is_dropped() {
        let program = tempfile::NamedTempFile::new().unwrap();
        let stage = Stage::set_up(program.path()).unwrap();
        let folder = stage.folder.path().to_owned();
        assert!(folder.join("configuration/main.tf").is_file());
        drop(stage);
        assert!(!folder.exists());
    }
}
