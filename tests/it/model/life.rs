//! One life: what there is, the step that comes next, and what must hold after each.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread;

use serde_json::json;

use crate::core::random::Choices;
use crate::workspace::Workspace;
use crate::workspace::agreement::Contents;
use crate::workspace::config::Address;

/// See the module's own words.
pub(super) struct Life<'a> {
    pub(super) workspace: Workspace,
    pub(super) choices: Choices,
    /// What is not ours, which nobody but its owner may touch.
    pub(super) foreign: Contents,
    /// What a message called unclear. A person applies again before the configuration says something else there.
    pub(super) in_doubt: BTreeSet<Address>,
    /// What has been done so far.
    told: Vec<String>,
    story: &'a Mutex<String>,
}

impl<'a> Life<'a> {
    pub(super) async fn new(seed: u64, story: &'a Mutex<String>) -> Self {
        let workspace = Workspace::new().await;
        let object = |json: serde_json::Value| serde_json::from_value(json).unwrap();
        for name in ["bystander", "alpha-0"] {
            let domain = json!({ "acl": ["9.9.9.9"], "domain_type": "trunk", "trunk_name": "T" });
            workspace.sandbox.put_domain(name, object(domain)).unwrap();
            let user = object(json!({ "secret": "Stranger12Secret" }));
            workspace.sandbox.put_user(name, "user-0", user).unwrap();
        }
        let foreign = workspace.contents();
        let mut choices = Choices::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        choices.below(2);
        Self {
            workspace,
            choices,
            foreign,
            in_doubt: BTreeSet::new(),
            told: Vec::new(),
            story,
        }
    }

    /// Notes what is done, for whoever reads a failure.
    pub(super) fn tell(&mut self, what: impl Into<String>) {
        self.told.push(what.into());
    }

    /// Does one thing.
    pub(super) async fn step(&mut self) {
        match self.choices.below(20) {
            0..=5 => self.configure(),
            6..=8 => self.edit(),
            9..=11 => self.set_faults(),
            12 => self.set_switches(),
            13 => {
                self.tell("restart");
                self.workspace.restart().await;
            }
            14..=17 => self.apply_amid_faults().await,
            _ => self.settle().await,
        }
        self.assert_foreign_untouched();
    }

    pub(super) fn assert_foreign_untouched(&self) {
        let there = self.workspace.contents();
        for (name, domain) in &self.foreign.domains {
            assert_eq!(there.domains.get(name), Some(domain), "not ours: {name}");
        }
        for (path, user) in &self.foreign.users {
            assert_eq!(there.users.get(path), Some(user), "not ours: {path:?}");
        }
    }
}

impl Drop for Life<'_> {
    fn drop(&mut self) {
        if !thread::panicking() {
            return;
        }
        let mut story = self.story.lock().unwrap();
        for step in &self.told {
            let _ = writeln!(story, "  {step}");
        }
        let _ = writeln!(story, "the last requests:");
        let journal = self.workspace.sandbox.journal();
        for record in &journal[journal.len().saturating_sub(40)..] {
            let body = record.body.clone().unwrap_or_default();
            let _ = writeln!(
                story,
                "  {:>9} ms {} {} {body} -> {:?}",
                record.at_ms, record.method, record.path, record.status
            );
        }
    }
}
