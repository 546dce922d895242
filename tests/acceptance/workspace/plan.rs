//! A saved plan, read back.

use serde_json::Value;

use super::Workspace;

/// What `show -json` says about a plan.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    json: Value,
    /// The text that a person sees.
    pub(crate) text: String,
}

impl Workspace {
    /// `plan -out`, which must succeed, and what it would do.
    #[track_caller]
    pub(crate) fn plan(&mut self, options: &[&str]) -> Plan {
        let arguments = [&["plan", "-no-color", "-out=plan.bin"], options].concat();
        let text = self.run(&arguments).expect_code(0, "a plan").text();
        let json = self
            .run(&["show", "-json", "plan.bin"])
            .expect_code(0, "the plan as JSON")
            .json();
        Plan { json, text }
    }
}

impl Plan {
    /// The actions on a resource: `["update"]`, `["delete", "create"]`, `["no-op"]`; none when it is not in the plan.
    pub(crate) fn actions(&self, address: &str) -> Vec<&str> {
        let change = self.change(address);
        change["actions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// A resource after the plan is applied; unknown values are missing.
    pub(crate) fn after(&self, address: &str) -> &Value {
        &self.change(address)["after"]
    }

    /// A resource as the plan found it.
    pub(crate) fn before(&self, address: &str) -> &Value {
        &self.change(address)["before"]
    }

    /// `true` at each value that is known only after the plan is applied.
    pub(crate) fn unknown(&self, address: &str) -> &Value {
        &self.change(address)["after_unknown"]
    }

    /// The names of the attributes that differ between before and after, sorted.
    pub(crate) fn changed(&self, address: &str) -> Vec<&str> {
        let (before, after) = (self.before(address), self.after(address));
        let names = after
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let mut changed: Vec<&str> = names.filter(|name| before[name] != after[name]).collect();
        changed.sort_unstable();
        changed
    }

    /// Whether nothing is to be done to any resource or output.
    pub(crate) fn is_empty(&self) -> bool {
        let idle = |change: &Value| change["actions"] == serde_json::json!(["no-op"]);
        let resources = self.json["resource_changes"]
            .as_array()
            .into_iter()
            .flatten()
            .all(|it| idle(&it["change"]));
        let outputs = self.json["output_changes"]
            .as_object()
            .into_iter()
            .flatten()
            .all(|(_, it)| idle(it));
        resources && outputs
    }

    /// Whether the resource is being imported by this plan.
    pub(crate) fn imports(&self, address: &str) -> bool {
        self.change(address)["importing"].is_object()
    }

    fn change(&self, address: &str) -> &Value {
        let changes = self.json["resource_changes"].as_array();
        changes
            .into_iter()
            .flatten()
            .find(|it| it["address"] == address)
            .map_or(&Value::Null, |it| &it["change"])
    }
}
