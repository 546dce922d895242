//! Changes outside Terraform of what is ours.

use serde_json::{Value as Json, json};
use vonage_sandbox::Object as ApiObject;

use super::life::Life;
use crate::workspace::Workspace;
use crate::workspace::agreement::{Contents, Path};
use crate::workspace::application::KEYS;
use crate::workspace::apply::Plan;

/// Members of an object of ours that somebody sets.
#[derive(Debug)]
pub(super) struct Drift {
    path: Path,
    change: ApiObject,
}

impl Life<'_> {
    pub(super) fn choose_drift(&mut self) -> Option<Drift> {
        let ours = self.ours().into_iter();
        let ours = ours.filter(|path| !matches!(path, Path::User(..)));
        let path = self.choices.any(ours)?;
        let change = match &path {
            Path::Application(id) => self.change_of_application(id),
            Path::Link(_) => self.foreign_link().into(),
            _ => self.choices.pick(&[
                json!({ "tls": "never" }),
                json!({ "acl": ["9.9.7.7"] }),
                json!({ "acl": [], "digest_auth": true }),
                json!({ "digest_auth": false, "srtp": "always" }),
            ]),
        };
        let change = change.as_object().unwrap().clone();
        Some(Drift { path, change })
    }

    fn change_of_application(&mut self, id: &str) -> Json {
        let application = self.workspace.sandbox.application(id).unwrap();
        let mut capabilities = application["capabilities"].clone();
        let video = json!({ "storage": { "cloud_storage": self.choices.one_in(2) } });
        match self.choices.below(8) {
            0 => return json!({ "name": "renamed" }),
            1 => return json!({ "privacy": { "improve_ai": self.choices.one_in(2) } }),
            2 => return json!({ "keys": { "public_key": KEYS[2] } }),
            3 => drop(capabilities.as_object_mut().unwrap().remove("voice")),
            4 => capabilities["messages"] = json!({ "version": "v1" }),
            5 => drop(capabilities.as_object_mut().unwrap().remove("messages")),
            6 => capabilities["video"] = video,
            _ => {
                let voice = &mut capabilities["voice"];
                voice["webhooks"]["event_url"] = json!({
                    "address": "https://elsewhere.example.com", "http_method": "GET", "connect_timeout": 300,
                    "socket_timeout": 1_000,
                });
                voice["signed_callbacks"] = self.choices.one_in(2).into();
                voice["conversations_ttl"] = self.choices.below(9).into();
                voice["leg_persistence_time"] = 9.into();
                voice["region"] = self.choices.pick(&["eu-west", "apac-sng"]).into();
            }
        }
        json!({ "capabilities": capabilities })
    }

    pub(super) fn drift(&mut self) {
        if let Some(drift) = self.choose_drift() {
            self.tell(format!("{drift:?}"));
            drift.happen(&self.workspace, &mut self.foreign);
        }
    }
}

impl Drift {
    /// Whether there was anything to change.
    fn happen(&self, workspace: &Workspace, foreign: &mut Contents) -> bool {
        let change = self.change.clone();
        match &self.path {
            Path::Application(id) => {
                let is_there = workspace.sandbox.patch_application(id, change).is_ok();
                let others = workspace.contents().capabilities.remove(id);
                foreign
                    .capabilities
                    .extend(others.map(|it| (id.clone(), it)));
                is_there
            }
            Path::Domain(name) => workspace.sandbox.patch_domain(name, change).is_ok(),
            Path::Link(number) => {
                workspace.link_outside(number, change.clone());
                foreign.links.insert(number.clone(), change);
                true
            }
            Path::User(..) => false,
        }
    }

    /// Happens after the plan. Given back where the plan leaves alone all that was changed: then it is to be there after the
    /// apply.
    pub(super) async fn since_plan(
        self,
        workspace: &mut Workspace,
        plan: &Plan,
        foreign: &mut Contents,
    ) -> Option<Self> {
        // An apply of a saved plan is another process, which has no list of before.
        workspace.restart().await;
        if !self.happen(workspace, foreign) {
            return None;
        }
        let mut state = workspace.state.iter();
        let (address, object) =
            state.find(|(address, _)| workspace.known_as(address) == self.path)?;
        let attributes = self.change.keys().map(|member| match member.as_str() {
            "capabilities" => "voice",
            "keys" => "public_key",
            "privacy" => "improve_ai",
            attribute => attribute,
        });
        let attributes: Vec<_> = match self.path {
            Path::Link(_) => vec!["application_id", "forward_to_sip"],
            _ => attributes.collect(),
        };
        plan.leaves_alone(address, &object.state, attributes.into_iter())
            .then_some(self)
    }

    pub(super) fn assert_there(&self, there: &Contents) {
        let object = match &self.path {
            Path::Application(id) => &there.applications[id],
            Path::Domain(name) => &there.domains[name],
            Path::Link(number) => &there.links[number],
            Path::User(..) => return,
        };
        for (member, value) in &self.change {
            let path = &self.path;
            assert_eq!(object[member], *value, "{path:?} was changed back unseen");
        }
    }
}
