//! What happens between a plan and its apply that the plan does not know of, and what a person has to do then.

use std::fmt;

use serde_json::{Value, json};
use vonage_sandbox::Object;

use super::operation::{OFFICE, Operation};
use super::row::summary;
use crate::workspace::Workspace;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meanwhile {
    /// What is to be created is there.
    Made,
    /// What the plan leaves alone has another value.
    Changed,
    /// What the plan changes has another value.
    ChangedAsPlanned,
    /// What is to be changed or deleted is gone.
    Deleted,
    /// The credentials lead to an account that has none of it.
    OtherAccount,
}

/// Applies that may fail before all agree.
const MOST: usize = 2;

pub(super) fn rows() -> Vec<(Operation, Meanwhile)> {
    let of = |operation| -> &[Meanwhile] {
        match operation {
            Operation::CreateDomain => &[Meanwhile::Made],
            Operation::CreateUser => &[Meanwhile::Made, Meanwhile::OtherAccount],
            Operation::UpdateDomain => &[
                Meanwhile::Changed,
                Meanwhile::ChangedAsPlanned,
                Meanwhile::Deleted,
                Meanwhile::OtherAccount,
            ],
            Operation::DeleteDomain => &[
                Meanwhile::Changed,
                Meanwhile::Deleted,
                Meanwhile::OtherAccount,
            ],
            Operation::UpdateUser | Operation::DeleteUser => {
                &[Meanwhile::Deleted, Meanwhile::OtherAccount]
            }
        }
    };
    let rows = Operation::ALL.into_iter();
    rows.flat_map(|operation| of(operation).iter().map(move |it| (operation, *it)))
        .collect()
}

impl Meanwhile {
    /// How the apply ended, and what was to be done then until state, account and configuration agreed.
    pub(super) async fn outcome(self, operation: Operation) -> String {
        let mut workspace = Workspace::new().await;
        operation.prepare(&mut workspace);
        workspace.apply().await.unwrap();
        operation.configure(&mut workspace);
        workspace.refresh().await.unwrap();
        let plan = workspace.plan().await.unwrap();
        // An apply of a saved plan is another process.
        workspace.restart().await;
        self.happen(&mut workspace, operation).await;
        let before = workspace.sandbox.domains();
        let mut last = workspace.carry_out(plan).await;
        let mut steps = Vec::new();
        while let Err(failures) = last {
            if steps.is_empty() {
                assert_eq!(workspace.sandbox.domains(), before, "something was written");
            }
            assert!(steps.len() < MOST, "{self:?}: {}", failures.text());
            steps.push(as_told(&mut workspace, operation, &failures.text()).await);
            last = workspace.apply().await;
        }
        let differences = workspace.differences(&crate::workspace::agreement::Contents::default());
        assert_eq!(differences, Vec::<String>::new(), "{self:?}");
        workspace.assert_settled().await;
        summary(&steps)
    }

    async fn happen(self, workspace: &mut Workspace, operation: Operation) {
        let object = |json: Value| -> Object { serde_json::from_value(json).unwrap() };
        let is_user = operation.path().contains("/users");
        let sandbox = &workspace.sandbox;
        match self {
            Self::Made if is_user => {
                let user = object(json!({ "secret": "Stranger12Secret" }));
                sandbox.put_user(OFFICE, "alice", user).unwrap();
            }
            Self::Made => {
                let domain = json!({ "acl": ["9.9.9.9"], "domain_type": "trunk" });
                sandbox.put_domain(OFFICE, object(domain)).unwrap();
            }
            Self::Changed => {
                let change = json!({ "srtp": "always" });
                sandbox.patch_domain(OFFICE, object(change)).unwrap();
            }
            Self::ChangedAsPlanned => {
                let change = json!({ "acl": ["9.9.9.9"] });
                sandbox.patch_domain(OFFICE, object(change)).unwrap();
            }
            Self::Deleted if is_user => sandbox.delete_user(OFFICE, "alice").unwrap(),
            Self::Deleted => sandbox.delete_domain(OFFICE).unwrap(),
            Self::OtherAccount => workspace.enter_another_account().await,
        }
    }
}

/// Does what the message of a failure says, up to the next apply.
async fn as_told(workspace: &mut Workspace, operation: Operation, text: &str) -> &'static str {
    if text.contains("import {") {
        workspace.import(&operation.address()).await;
        "import it"
    } else if text.contains("another API key") || text.contains("check the name and the account") {
        workspace.restart().await;
        "use the right API key"
    } else if text.contains("Run `terraform plan` again") {
        "plan again"
    } else {
        assert!(text.contains("Run `terraform apply` again"), "{text}");
        "apply again"
    }
}

impl fmt::Display for Meanwhile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Made => "somebody created it",
            Self::Changed => "somebody changed what the plan leaves alone",
            Self::ChangedAsPlanned => "somebody changed what the plan changes",
            Self::Deleted => "somebody deleted it",
            Self::OtherAccount => "the credentials are of another account",
        })
    }
}
