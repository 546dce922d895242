//! One life: what there is, the step that comes next, and what must hold after each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::AddAssign;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::core::random::Choices;
use crate::workspace::Workspace;
use crate::workspace::agreement::Contents;
use crate::workspace::application::{Application, KEYS};
use crate::workspace::config::Address;
use crate::workspace::number::{NUMBERS, forward};

/// How often what happened that lives are for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) steps: u64,
    /// Applies amid faults, and those of them that failed.
    pub(super) applies: u64,
    pub(super) failed: u64,
    /// Requests that faults fell on.
    pub(super) struck: u64,
    /// Creations that messages called unclear, and what was imported as they said.
    pub(super) unclear: u64,
    pub(super) imported: u64,
    pub(super) imported_applications: u64,
    /// Updates of numbers, and refusals to link what somebody else has linked.
    pub(super) number_updates: u64,
    pub(super) refused_links: u64,
}

/// A name of applications of ours, and of one that is not.
pub(super) const SHARED: &str = "shared";

/// See the module's own words.
pub(super) struct Life<'a> {
    pub(super) tally: Tally,
    pub(super) workspace: Workspace,
    pub(super) choices: Choices,
    /// What is not ours, which nobody but its owner may touch.
    pub(super) foreign: Contents,
    /// What a message called unclear. A person applies again before the configuration says something else there.
    pub(super) in_doubt: BTreeSet<Address>,
    /// Applications that the configuration had, by label.
    pub(super) removed: BTreeMap<String, Application>,
    /// What has been done so far.
    told: Vec<String>,
    story: &'a Mutex<String>,
}

impl<'a> Life<'a> {
    pub(super) async fn new(seed: u64, story: &'a Mutex<String>) -> Self {
        let mut workspace = Workspace::new().await;
        let object = |json: serde_json::Value| serde_json::from_value(json).unwrap();
        // Unlike anything that is ever configured: what equals the plan passes for ours after an unclear creation.
        for name in ["bystander", "alpha-0"] {
            let domain = json!({ "acl": ["9.9.9.1"], "domain_type": "trunk", "trunk_name": "T" });
            workspace.sandbox.put_domain(name, object(domain)).unwrap();
            let user = object(json!({ "secret": "Stranger12Secret" }));
            workspace.sandbox.put_user(name, "user-0", user).unwrap();
        }
        // Its name is configured, too, which is not unique.
        let application = json!({
            "name": SHARED, "keys": { "public_key": KEYS[2] }, "privacy": { "improve_ai": true },
            "capabilities": { "rtc": { "signed_callbacks": true } },
        });
        let id = "c49f3586-9c3c-458b-89fc-3c8beb58865f";
        let put = workspace.sandbox.put_application(id, object(application));
        put.unwrap();
        for number in [NUMBERS[0], NUMBERS[4]] {
            workspace.link_outside(number, forward("sip:somebody@elsewhere.example.com"));
        }
        // Messages to a number that is configured now and then.
        let messages = json!({ "messagesCallbackType": "app", "messagesCallbackValue": id });
        workspace.change_number(NUMBERS[2], object(messages));
        let foreign = workspace.contents();
        let mut choices = Choices::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        choices.below(2);
        Self {
            tally: Tally::default(),
            workspace,
            choices,
            foreign,
            in_doubt: BTreeSet::new(),
            removed: BTreeMap::new(),
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
        self.tally.steps += 1;
        // Nothing happens at the very moment of what was before.
        tokio::time::sleep(Duration::from_millis(1)).await;
        match self.choices.below(20) {
            0..=7 => self.configure(),
            8..=9 => self.edit(),
            10..=11 => self.set_faults(),
            12 => self.set_switches(),
            13 if self.choices.one_in(4) => self.try_another_account().await,
            13 => {
                self.tell("restart");
                self.workspace.restart().await;
            }
            14..=18 => {
                if self.choices.one_in(2) {
                    self.set_faults();
                }
                self.apply_amid_faults().await;
                if !self.in_doubt.is_empty() && self.choices.one_in(2) {
                    self.settle().await;
                }
            }
            _ => self.settle().await,
        }
        self.assert_foreign_untouched();
    }

    #[track_caller]
    pub(super) fn assert_foreign_untouched(&self) {
        let there = self.workspace.contents();
        assert_eq!(self.foreign.touched(&there), Vec::<String>::new());
        assert_eq!(self.workspace.touched_numbers(), Vec::<String>::new());
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.steps += other.steps;
        self.applies += other.applies;
        self.failed += other.failed;
        self.struck += other.struck;
        self.unclear += other.unclear;
        self.imported += other.imported;
        self.imported_applications += other.imported_applications;
        self.number_updates += other.number_updates;
        self.refused_links += other.refused_links;
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
