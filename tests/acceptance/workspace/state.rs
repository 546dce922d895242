//! The state, read back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::Workspace;
use crate::sandbox::Sandbox;

/// Where the CLI keeps the state.
const FILE: &str = "terraform.tfstate";

/// What `show -json` says about the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State(Value);

impl Workspace {
    /// The present state.
    #[track_caller]
    pub(crate) fn state(&mut self) -> State {
        State(
            self.run(&["show", "-json"])
                .expect_code(0, "the state as JSON")
                .json(),
        )
    }

    /// The sandbox, an hour after whatever was applied last: what is changed there now is drift, and no late sight of an
    /// earlier write.
    #[track_caller]
    pub(crate) fn out_of_band(&mut self) -> &mut Sandbox {
        if self.has(FILE) {
            self.change_state_file(|file| instances(file).for_each(age));
        }
        self.sandbox()
    }

    /// Changes what the state file holds of a resource, past the CLI.
    #[track_caller]
    pub(crate) fn edit_state(&self, name: &str, change: impl FnOnce(&mut Value)) {
        self.change_state_file(|file| {
            let resources = file["resources"].as_array_mut().unwrap().iter_mut();
            let mut resource = resources.filter(|resource| resource["name"] == name);
            change(&mut resource.next().expect("a resource of this name")["instances"][0]);
        });
    }

    /// Fails unless the state has nothing in it.
    #[track_caller]
    pub(crate) fn assert_state_is_empty(&self) {
        if self.has(FILE) {
            let file: Value = serde_json::from_str(&self.read(FILE)).unwrap();
            assert_eq!(file["resources"], json!([]), "the state still has these");
        }
    }

    fn change_state_file(&self, change: impl FnOnce(&mut Value)) {
        let mut file: Value = serde_json::from_str(&self.read(FILE)).unwrap();
        change(&mut file);
        self.write(FILE, &file.to_string());
    }
}

/// The instances of all resources of a state file.
fn instances(file: &mut Value) -> impl Iterator<Item = &mut Value> {
    let resources = file["resources"].as_array_mut().into_iter().flatten();
    resources.flat_map(|it| it["instances"].as_array_mut().into_iter().flatten())
}

/// Makes the provider's note of when an object was written an hour older.
fn age(instance: &mut Value) {
    let Some(private) = instance["private"].as_str() else {
        return;
    };
    let mut private: Value = serde_json::from_slice(&STANDARD.decode(private).unwrap()).unwrap();
    // An object that was imported was never written.
    let Some(written) = private["written"].as_u64() else {
        return;
    };
    private["written"] = (written - 3600).into();
    instance["private"] = STANDARD.encode(private.to_string()).into();
}

impl State {
    /// The attributes of a resource; null when the state does not have it.
    pub(crate) fn values(&self, address: &str) -> &Value {
        self.resources()
            .find(|it| it["address"] == address)
            .map_or(&Value::Null, |it| &it["values"])
    }

    /// The addresses of all resources, sorted.
    pub(crate) fn addresses(&self) -> Vec<&str> {
        let mut addresses: Vec<&str> = self
            .resources()
            .filter_map(|it| it["address"].as_str())
            .collect();
        addresses.sort_unstable();
        addresses
    }

    /// The addresses of resources that the next apply would replace because their creation failed.
    pub(crate) fn tainted(&self) -> Vec<&str> {
        let tainted = self.resources().filter(|it| it["tainted"] == true);
        tainted.filter_map(|it| it["address"].as_str()).collect()
    }

    fn resources(&self) -> impl Iterator<Item = &Value> {
        self.0["values"]["root_module"]["resources"]
            .as_array()
            .into_iter()
            .flatten()
    }
}
