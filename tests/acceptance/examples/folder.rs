//! A folder of `examples/`: finding it, and bringing it into a workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::workspace::Workspace;

/// Where the examples are.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// One folder that has a configuration.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    /// Below `examples`.
    path: PathBuf,
}

/// What a folder shows, and so what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page's resource, with its imports.
    Resource,
    /// Something that looks up what exists.
    DataSource,
    /// A query for what exists.
    ListResource,
    /// What others call, or a module's tests do.
    Module,
    /// All else: a configuration to be applied.
    Whole,
}

/// Every folder with a configuration, sorted.
pub(super) fn all() -> Vec<Folder> {
    let mut found = Vec::new();
    collect(&root(), &mut found);
    found.sort();
    let root = root();
    let folders = found.iter().map(|path| path.strip_prefix(&root).unwrap());
    folders.map(Folder::named).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, found);
        } else if is_configuration(&path) && !found.iter().any(|known| known == folder) {
            found.push(folder.to_owned());
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn is_configuration(path: &Path) -> bool {
    [".tf", ".tfquery.hcl"]
        .iter()
        .any(|ending| name(path).ends_with(ending))
}

/// Files that a page shows beside the configuration: each is brought in when its turn comes.
fn is_import(path: &Path) -> bool {
    name(path).starts_with("import")
}

impl Folder {
    /// The folder of this path below `examples`.
    pub(crate) fn named(path: impl AsRef<Path>) -> Self {
        Self {
            path: path.as_ref().to_owned(),
        }
    }

    /// Its part of a trial's name.
    pub(super) fn label(&self) -> String {
        let parts: Vec<_> = self.path.iter().filter_map(|part| part.to_str()).collect();
        parts.join("::").replace('-', "_")
    }

    pub(super) fn kind(&self) -> Kind {
        let mut parts = self.path.iter().filter_map(|part| part.to_str());
        match parts.next() {
            Some("resources") => Kind::Resource,
            Some("data-sources") => Kind::DataSource,
            Some("list-resources") => Kind::ListResource,
            Some("modules") => Kind::Module,
            _ => Kind::Whole,
        }
    }

    /// The text of one of its files, where there is one.
    pub(super) fn file(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.place().join(name)).ok()
    }

    /// The text of its configuration, each file after a line break.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for path in self.files().iter().filter(|path| is_configuration(path)) {
            text.push('\n');
            text.push_str(&fs::read_to_string(path).unwrap());
        }
        text
    }

    /// Brings it into the workspace, with the modules that it may call beside it, as they are beside it here.
    pub(crate) fn bring_into(&self, workspace: &mut Workspace) {
        let text = self.text();
        if text.contains("required_providers") {
            workspace.remove("versions.tf");
        }
        for path in self.files() {
            // Queries are written by those who run them.
            if !name(&path).ends_with(".tfquery.hcl") {
                workspace.write(name(&path), &fs::read_to_string(&path).unwrap());
            }
        }
        if text.contains("\nmodule \"") {
            workspace.place(&root().join("modules"), "modules");
            workspace
                .run(&["get", "-no-color"])
                .expect_code(0, "the modules are found");
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        let paths = entries(&self.place()).into_iter();
        paths
            .filter(|path| path.is_file() && !is_import(path))
            .collect()
    }

    fn place(&self) -> PathBuf {
        root().join(&self.path)
    }
}
