//! The state, read back.

use serde_json::Value;

use super::Workspace;

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

    /// Whether anything in it was only looked up.
    pub(crate) fn has_data_sources(&self) -> bool {
        self.resources().any(|it| it["mode"] == "data")
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
