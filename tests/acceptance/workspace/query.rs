//! `terraform query`, read back.

use std::fs;

use serde_json::Value;

use super::{Workspace, diagnostics::Diagnostics};

/// The file that the `list` blocks are in. Only files with this ending are read for them.
const FILE: &str = "main.tfquery.hcl";

/// What `query -json` found.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// Each object, in order: `display_name`, `identity`, `resource_object` where it was asked for.
    pub(crate) found: Vec<Value>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) code: Option<i32>,
}

impl Workspace {
    /// Runs `list` blocks.
    #[track_caller]
    pub(crate) fn query(&mut self, blocks: &str) -> Query {
        self.write(FILE, blocks);
        let output = self.run(&["query", "-json"]);
        let found = output
            .stdout
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["type"] == "list_resource_found")
            .map(|mut message| message["list_resource_found"].take());
        Query {
            found: found.collect(),
            diagnostics: self.streamed_diagnostics(&output.stdout),
            code: output.code,
        }
    }

    /// Runs `list` blocks, and gives the configuration that is written for what they find, with its `import` blocks.
    /// The query is gone afterwards.
    #[track_caller]
    pub(crate) fn generate(&mut self, blocks: &str) -> String {
        self.write(FILE, blocks);
        // The file must not exist yet, and out of the configuration it is no part of it.
        let path = self.directory.folder.path().join("generated.tf");
        let option = format!("-generate-config-out={}", path.display());
        self.run(&["query", "-no-color", &option])
            .expect_code(0, "configuration is written");
        self.remove(FILE);
        fs::read_to_string(path).unwrap()
    }
}

impl Query {
    /// What the objects are called.
    pub(crate) fn names(&self) -> Vec<&str> {
        let names = self.found.iter();
        names.filter_map(|it| it["display_name"].as_str()).collect()
    }
}
