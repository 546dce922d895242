//! What happens between a plan and its apply that the plan does not know of, and what a person has to do then.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use vonage_sandbox::Object;

use super::operation::{ALICE, Act, Kind, NUMBER, OFFICE, Operation};
use super::row::summary;
use crate::workspace::Workspace;
use crate::workspace::agreement::Contents;
use crate::workspace::number::forward;
use crate::workspace::told::import_ids;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meanwhile {
    /// What is to be created is there.
    Made,
    /// There is another one of the name, which is not unique.
    Namesake,
    /// What the plan leaves alone has another value.
    Changed,
    /// What the plan changes has another value.
    ChangedAsPlanned,
    /// What is to be changed or deleted is gone.
    Deleted,
    /// The calls to the number go somewhere else.
    Relinked,
    /// They go nowhere.
    Unlinked,
    /// The number is not the account's any more.
    Gone,
    /// A domain that is not ours sends its calls to it.
    InUse,
    /// The credentials lead to an account that has none of it.
    OtherAccount,
}

/// Applies that may fail before all agree.
const MOST: usize = 2;

/// A domain that is not ours.
const STRANGER: &str = "stranger";

/// An application that is not ours.
const NAMESAKE: &str = "c49f3586-9c3c-458b-89fc-3c8beb58865f";

pub(super) fn rows() -> Vec<(Operation, Meanwhile)> {
    let of = |operation: Operation| -> &[Meanwhile] {
        match (operation.act, operation.kind) {
            (Act::Create, Kind::User) => &[Meanwhile::Made, Meanwhile::OtherAccount],
            (Act::Create, Kind::Domain) => &[Meanwhile::Made],
            (Act::Create, Kind::Link) => &[
                Meanwhile::Made,
                Meanwhile::Changed,
                Meanwhile::Relinked,
                Meanwhile::Gone,
                Meanwhile::OtherAccount,
            ],
            (_, Kind::Link) => &[
                Meanwhile::Changed,
                Meanwhile::Relinked,
                Meanwhile::Unlinked,
                Meanwhile::Gone,
                Meanwhile::OtherAccount,
            ],
            (Act::Create, _) => &[Meanwhile::Namesake],
            (_, Kind::User) => &[Meanwhile::Deleted, Meanwhile::OtherAccount],
            (Act::Update, _) => &[
                Meanwhile::Changed,
                Meanwhile::ChangedAsPlanned,
                Meanwhile::Deleted,
                Meanwhile::OtherAccount,
            ],
            (Act::Delete, Kind::Domain) => &[
                Meanwhile::Changed,
                Meanwhile::Deleted,
                Meanwhile::OtherAccount,
            ],
            (Act::Delete, _) => &[
                Meanwhile::Changed,
                Meanwhile::Deleted,
                Meanwhile::InUse,
                Meanwhile::OtherAccount,
            ],
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
        let mut foreign = Contents::default();
        operation.prepare(&mut workspace, &mut foreign).await;
        operation.configure(&mut workspace);
        workspace.refresh().await.unwrap();
        let plan = workspace.plan().await.unwrap();
        // An apply of a saved plan is another process.
        workspace.restart().await;
        self.happen(&mut workspace, operation, &mut foreign).await;
        let before = workspace.contents();
        let mut last = workspace.carry_out(plan).await;
        let mut steps = Vec::new();
        while let Err(failures) = last {
            if steps.is_empty() {
                assert_eq!(workspace.contents(), before, "something was written");
            }
            assert!(steps.len() < MOST, "{self:?}: {}", failures.text());
            let text = failures.text();
            steps.push(self.as_told(&mut workspace, operation, &text).await);
            last = workspace.apply().await;
        }
        let differences = workspace.differences(&foreign);
        assert_eq!(differences, Vec::<String>::new(), "{self:?}");
        workspace.assert_settled().await;
        summary(&steps)
    }

    async fn happen(self, workspace: &mut Workspace, operation: Operation, foreign: &mut Contents) {
        match self {
            Self::Made => make(workspace, operation.kind),
            Self::Namesake => {
                let application = json!({ "name": OFFICE, "capabilities": {} });
                let made = workspace
                    .sandbox
                    .put_application(NAMESAKE, object(application));
                foreign
                    .applications
                    .insert(NAMESAKE.to_owned(), made.unwrap());
            }
            Self::Changed => change(workspace, operation.kind, false),
            Self::ChangedAsPlanned => change(workspace, operation.kind, true),
            Self::Deleted => workspace.delete_outside(&workspace.known_as(&operation.address())),
            Self::InUse => {
                let id = workspace.application_id(OFFICE);
                let domain =
                    json!({ "acl": ["9.9.9.9"], "domain_type": "app", "application_id": id });
                let domain = workspace.sandbox.put_domain(STRANGER, object(domain));
                foreign.domains.insert(STRANGER.to_owned(), domain.unwrap());
            }
            Self::Relinked => {
                let link = forward("sip:somebody@elsewhere.example.com");
                workspace.link_outside(NUMBER, link.clone());
                // What is linked elsewhere is not unlinked.
                if operation.act == Act::Delete {
                    foreign.links.insert(NUMBER.to_owned(), link);
                }
            }
            Self::Unlinked => workspace.link_outside(NUMBER, Object::new()),
            Self::Gone => workspace.lose_number(NUMBER),
            Self::OtherAccount => workspace.enter_another_account().await,
        }
    }

    /// Does what the message of a failure says, up to the next apply.
    async fn as_told(
        self,
        workspace: &mut Workspace,
        operation: Operation,
        text: &str,
    ) -> &'static str {
        if let [id] = import_ids(text).as_slice() {
            workspace.import(&operation.address(), id).await;
            "import it"
        } else if self == Self::OtherAccount {
            let words = [
                "another API key",
                "check the name and the account",
                "that the API key is of the account",
            ];
            assert!(words.iter().any(|it| text.contains(it)), "{text}");
            workspace.restart().await;
            "use the right API key"
        } else if ["owns no such number", "get the number back"]
            .iter()
            .any(|words| text.contains(words))
        {
            workspace.regain_number(NUMBER);
            // A list of this very moment may be of before.
            tokio::time::sleep(Duration::from_secs(1)).await;
            "get the number back"
        } else if text.contains("set `take_over = true`") {
            workspace.config.links.get_mut(OFFICE).unwrap().take_over = true;
            "set `take_over`"
        } else if text.contains("Run `terraform plan` again") {
            "plan again"
        } else if text.contains("set `force_destroy = true`") {
            let Operation { kind, .. } = operation;
            let prepared = Operation {
                act: Act::Update,
                kind,
            };
            prepared.configure(workspace);
            let application = workspace.config.applications.get_mut(OFFICE).unwrap();
            application.force_destroy = true;
            workspace.apply().await.unwrap();
            operation.configure(workspace);
            "set `force_destroy`, apply, delete again"
        } else {
            assert!(text.contains("Run `terraform apply` again"), "{text}");
            "apply again"
        }
    }
}

fn object(json: Value) -> Object {
    serde_json::from_value(json).unwrap()
}

fn make(workspace: &Workspace, kind: Kind) {
    let sandbox = &workspace.sandbox;
    if kind == Kind::Link {
        let link = forward("sip:desk@pbx.example.com;transport=tls,sip:b@c");
        workspace.link_outside(NUMBER, link);
    } else if kind == Kind::User {
        let user = json!({ "secret": "Stranger12Secret" });
        sandbox.put_user(OFFICE, ALICE, object(user)).unwrap();
    } else {
        let domain = json!({ "acl": ["9.9.9.9"], "domain_type": "trunk" });
        sandbox.put_domain(OFFICE, object(domain)).unwrap();
    }
}

fn change(workspace: &mut Workspace, kind: Kind, as_planned: bool) {
    if kind == Kind::Link {
        let change = json!({ "moHttpUrl": "https://messages.example.org" });
        workspace.change_number(NUMBER, object(change));
        return;
    }
    let sandbox = &workspace.sandbox;
    if !kind.is_application() {
        let change = if as_planned {
            json!({ "acl": ["9.9.9.9"] })
        } else {
            json!({ "srtp": "always" })
        };
        sandbox.patch_domain(OFFICE, object(change)).unwrap();
        return;
    }
    let id = workspace.application_id(OFFICE).unwrap();
    let mut application = Value::from(sandbox.application(&id).unwrap());
    if as_planned {
        let webhooks = &mut application["capabilities"]["voice"]["webhooks"];
        webhooks["event_url"] = json!({ "address": "https://elsewhere.example.com" });
    } else {
        application["name"] = "renamed".into();
    }
    sandbox.put_application(&id, object(application)).unwrap();
}

impl fmt::Display for Meanwhile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Made => "somebody created it",
            Self::Namesake => "somebody created another of its name",
            Self::Changed => "somebody changed what the plan leaves alone",
            Self::ChangedAsPlanned => "somebody changed what the plan changes",
            Self::Deleted => "somebody deleted it",
            Self::Relinked => "somebody linked the number elsewhere",
            Self::Unlinked => "somebody unlinked the number",
            Self::Gone => "the number left the account",
            Self::InUse => "somebody's domain refers to it",
            Self::OtherAccount => "the credentials are of another account",
        })
    }
}
