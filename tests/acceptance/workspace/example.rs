//! Folders of `examples/`, as a user would copy them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Output, Workspace};

impl Workspace {
    /// Makes a folder of `examples/` the configuration.
    #[track_caller]
    pub(crate) fn write_example(&self, name: &str) {
        copy(&example(name), &self.configuration());
    }

    /// Puts a folder of `examples/` where the configuration finds it as `../<name>`.
    #[track_caller]
    pub(crate) fn write_example_beside(&self, name: &str) {
        self.place(&example(name), name);
    }

    /// Copies a folder beside the configuration.
    #[track_caller]
    pub(crate) fn place(&self, source: &Path, name: &str) {
        copy(source, &self.beside(name));
    }

    /// Runs a script of the configuration to its end.
    #[track_caller]
    pub(crate) fn run_script(&mut self, name: &str, arguments: &[&str]) -> Output {
        let running = self.spawn(&self.configuration().join(name), name, arguments);
        self.finish(running)
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(name)
}

/// Copies a folder, without what somebody's trial of it has left there.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".terraform") || name.contains(".tfstate") {
            continue;
        }
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}
