//! A folder with a configuration, a CLI to run in it, and a sandbox of its own.
//!
//! The steps are those of terraform-plugin-testing: whatever is applied must leave an empty plan behind, with
//! and without a refresh, and an import must be a no-op.

mod command;
pub(crate) mod diagnostics;
mod example;
mod group;
mod plan;
mod query;
mod state;
mod steps;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    cli::Cli,
    sandbox::{Persistence, Sandbox},
    settings::Settings,
    support::working_directory::WorkingDirectory,
};
pub(crate) use command::{Output, wait_until};
pub(crate) use plan::Plan;

/// Where one trial takes place. Nothing in it touches the user's home, network or settings.
pub(crate) struct Workspace {
    cli: Cli,
    directory: WorkingDirectory,
    sandbox: Sandbox,
    /// Everything that ran, for the person who reads a failure.
    transcript: Vec<Output>,
    /// How many commands were started.
    started: usize,
    /// The provider's own program.
    pub(crate) provider_program: PathBuf,
    /// Whether `plan -refresh-only` was found clean once already; it costs a whole command.
    refresh_only_checked: bool,
}

impl Workspace {
    pub(crate) fn new(cli: Cli, persistence: Persistence, settings: &Settings) -> Self {
        let directory = WorkingDirectory::new(&settings.provider_folder, &settings.path);
        Self {
            sandbox: Sandbox::start(persistence, directory.folder.path()),
            cli,
            directory,
            transcript: Vec::new(),
            started: 0,
            provider_program: settings.provider_program(),
            refresh_only_checked: false,
        }
    }

    /// The API that the provider talks to.
    pub(crate) fn sandbox(&mut self) -> &mut Sandbox {
        &mut self.sandbox
    }

    /// The program that this trial runs.
    pub(crate) fn cli(&self) -> &Cli {
        &self.cli
    }

    /// Has the CLI install the provider from a folder as it does from a registry, instead of running the build.
    pub(crate) fn install_from(&self, mirror: &Path) {
        let text = format!(
            "provider_installation {{\n  filesystem_mirror {{\n    path = \"{}\"\n  }}\n}}\n",
            mirror.display()
        );
        fs::write(self.directory.folder.path().join("cli.tfrc"), text).unwrap();
    }

    /// Removes what `init` has installed, and its lock file.
    pub(crate) fn forget_installed(&self) {
        fs::remove_dir_all(self.configuration().join(".terraform")).unwrap();
        self.remove(".terraform.lock.hcl");
    }

    /// Writes a file of the configuration.
    pub(crate) fn write(&self, name: &str, text: &str) {
        self.directory.write(name, text);
    }

    /// The path of this name beside the configuration.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.directory.folder.path().join(name)
    }

    /// Reads a file of the configuration or what a command has written beside it, whatever its bytes mean.
    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.configuration().join(name)).unwrap()).into_owned()
    }

    /// Whether there is such a file of the configuration.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.configuration().join(name).exists()
    }

    /// Removes a file of the configuration.
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.configuration().join(name)).unwrap();
    }

    /// Sets a variable for the CLI and the provider, or takes it away again.
    pub(crate) fn set_variable(&mut self, name: &str, value: Option<&str>) {
        self.directory.set_variable(name, value);
    }

    fn configuration(&self) -> PathBuf {
        self.directory.configuration()
    }

    /// The user's home, empty at first.
    pub(crate) fn home(&self) -> PathBuf {
        self.directory.folder.path().join("home")
    }

    /// Where sockets and other temporary files of the CLI and the provider are.
    fn temporary(&self) -> PathBuf {
        self.directory.folder.path().join("tmp")
    }

    /// Fails when a command has left something behind, such as the provider's socket.
    pub(crate) fn assert_left_clean(&self) {
        let left: Vec<_> = fs::read_dir(self.temporary())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(
            left.is_empty(),
            "temporary files were left behind: {left:?}"
        );
        // A provider may take a moment to end after the CLI that started it.
        wait_until("no process is left in the folder", || {
            self.processes().is_empty()
        });
    }

    /// Removes the one file that a killed provider cannot: its socket.
    #[track_caller]
    pub(crate) fn remove_socket_of_killed(&self) {
        let entries = fs::read_dir(self.temporary()).unwrap();
        let left: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        let [socket] = left.as_slice() else {
            panic!("not one socket was left behind, but {left:?}")
        };
        fs::remove_file(socket).unwrap();
    }

    /// The processes that run in this folder, where the system tells.
    pub(crate) fn processes(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir("/proc").into_iter().flatten();
        let links = entries.map(|entry| entry.unwrap().path().join("cwd"));
        links
            .filter_map(|link| fs::read_link(link).ok())
            .filter(|folder| folder.starts_with(self.directory.folder.path()))
            .collect()
    }

    /// Writes a program that stands in for the CLI, and gives its path.
    #[cfg(unix)]
    pub(crate) fn write_program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.directory.folder.path().join(name);
        crate::support::program::write_program(&path, script);
        path
    }

    /// All that helps to understand a failure.
    pub(crate) fn post_mortem(self, keep_folder: bool) -> String {
        let mut text = String::new();
        for output in &self.transcript {
            let _ = writeln!(text, "{output}");
        }
        let _ = writeln!(text, "requests:\n{}", self.sandbox.journal_text());
        let path = self.directory.folder.path().to_owned();
        if keep_folder {
            let _ = writeln!(text, "kept: {}", self.directory.folder.keep().display());
        } else {
            let _ = writeln!(text, "(TF_ACC_KEEP=1 keeps {})", path.display());
        }
        text
    }
}
