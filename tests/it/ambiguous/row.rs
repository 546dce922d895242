//! One row: a write, the fault that falls on it, and what a person has to do until all agree.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use vonage_sandbox::{Fault, Object, Sandbox};

use super::operation::{Kind, OFFICE, Operation, SECRETS};
use crate::workspace::agreement::Contents;
use crate::workspace::application::KEYS;
use crate::workspace::number::{NUMBERS, forward};
use crate::workspace::told::import_ids;
use crate::workspace::{Failures, Workspace};

/// Whether the looks that follow a write with an unclear end find out anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    Answered,
    Failing,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) operation: Operation,
    pub(super) name: &'static str,
    pub(super) fault: fn() -> Value,
    pub(super) looks: Looks,
}

/// Applies that may fail before all agree: one for each time that a fault strikes.
const MOST: usize = 3;

impl Row {
    /// How the apply ended, and what was to be done then until state, account and configuration agreed.
    pub(super) async fn outcome(&self) -> String {
        let mut workspace = Workspace::new().await;
        add_strangers(&workspace.sandbox);
        // A number of which ours begins with the digits.
        workspace.link_outside(NUMBERS[2], forward("sip:somebody@elsewhere.example.com"));
        let mut foreign = workspace.contents();
        self.operation.prepare(&mut workspace, &mut foreign).await;
        self.operation.configure(&mut workspace);
        workspace.refresh().await.unwrap();
        let plan = workspace.plan().await.unwrap();
        let write = Write {
            method: self.operation.method(),
            path: self.operation.path(&workspace),
            fault: self.fault,
        };
        workspace.sandbox.clear_journal();
        workspace.sandbox.set_faults(vec![write.fault()]);
        let sandbox = Arc::clone(&workspace.sandbox);
        let (applied, ()) = tokio::join!(
            workspace.carry_out(plan),
            write.spoil_looks(&sandbox, self.looks)
        );
        sandbox.set_faults(write.left(&sandbox));
        let mut steps = Vec::new();
        let mut last = applied;
        while let Err(failures) = last {
            assert!(steps.len() < MOST, "{self:?}: {}", failures.text());
            // A link is an update, which does no harm twice.
            if self.operation.kind != Kind::Link {
                let creations = sandbox.count("POST", &write.path);
                assert!(creations <= 1 + steps.len(), "a creation was sent again");
            }
            steps.push(self.as_told(&mut workspace, &foreign, &failures).await);
            last = workspace.apply().await;
        }
        let differences = workspace.differences(&foreign);
        assert_eq!(differences, Vec::<String>::new(), "{self:?}");
        workspace.assert_settled().await;
        summary(&steps)
    }

    /// Does what the message of a failure says, up to the next apply.
    async fn as_told(
        &self,
        workspace: &mut Workspace,
        foreign: &Contents,
        failures: &Failures,
    ) -> &'static str {
        let text = failures.text();
        for secret in SECRETS {
            assert!(!text.contains(secret), "a secret is told: {text}");
        }
        if self.operation.kind.is_application() && text.contains("may have been created") {
            return workspace.find_new_application(OFFICE, &text, foreign).await;
        }
        if let [id] = import_ids(&text).as_slice() {
            workspace.import(&self.operation.address(), id).await;
            return "import it";
        }
        let says_what_to_run = ["un `terraform apply` again", "Run the command again"]
            .iter()
            .any(|words| text.contains(words));
        assert!(says_what_to_run, "{text}");
        "apply again"
    }
}

/// The very write that a fault falls on.
struct Write {
    method: &'static str,
    path: String,
    fault: fn() -> Value,
}

impl Write {
    /// Its answer takes a moment, in which looks can be spoilt, too.
    fn fault(&self) -> Fault {
        let mut fault = (self.fault)();
        let fields = fault.as_object_mut().unwrap();
        fields.insert("method".to_owned(), self.method.into());
        fields.insert("path".to_owned(), self.path.as_str().into());
        fields.entry("first_byte").or_insert_with(|| "200ms".into());
        fault.to_string().parse().unwrap()
    }

    /// Lets all reads fail from when the write has come.
    async fn spoil_looks(&self, sandbox: &Sandbox, looks: Looks) {
        while sandbox.count(self.method, &self.path) == 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if looks == Looks::Failing {
            let reads = json!({ "method": "GET", "status": 500 }).to_string();
            let mut faults = self.left(sandbox);
            faults.push(reads.parse().unwrap());
            sandbox.set_faults(faults);
        }
    }

    /// The fault, as often as it has not struck yet.
    fn left(&self, sandbox: &Sandbox) -> Vec<Fault> {
        let struck = sandbox.count(self.method, &self.path);
        let mut fault = self.fault();
        let times = fault.times.unwrap_or_default();
        fault.times = Some(times.saturating_sub(u32::try_from(struck).unwrap()));
        vec![fault]
    }
}

/// What is in the account, and none of ours.
fn add_strangers(sandbox: &Sandbox) {
    let object = |json: Value| -> Object { serde_json::from_value(json).unwrap() };
    let domain = json!({ "acl": ["9.9.9.9"], "domain_type": "trunk", "trunk_name": "T" });
    sandbox.put_domain("stranger", object(domain)).unwrap();
    let user = json!({ "secret": "Stranger12Secret" });
    sandbox.put_user("stranger", "alice", object(user)).unwrap();
    // Of the name of ours, which is not unique.
    let application = json!({
        "name": OFFICE, "keys": { "public_key": KEYS[1] }, "privacy": { "improve_ai": false },
        "capabilities": { "rtc": { "signed_callbacks": true } },
    });
    let id = "c49f3586-9c3c-458b-89fc-3c8beb58865f";
    sandbox.put_application(id, object(application)).unwrap();
}

/// The apply, and what its messages said to do, for the table.
pub(super) fn summary(steps: &[&'static str]) -> String {
    let mut words = String::new();
    for (index, step) in steps.iter().enumerate() {
        let before = if index == 0 { "fails: " } else { ", fails: " };
        words = format!("{words}{before}{step}");
    }
    let end = if steps.is_empty() { "done" } else { ", done" };
    format!("{words}{end}")
}
