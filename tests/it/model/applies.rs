//! Applies, and what must hold after each of them, faults or not.

use std::collections::BTreeSet;
use std::time::Duration;

use http::StatusCode;
use tfplugin::diagnostics::Diagnostic;
use vonage_sandbox::switches::ListShape;

use super::drift::Drift;
use super::life::Life;
use crate::workspace::agreement::{Contents, Path};
use crate::workspace::config::{Address, Config};
use crate::workspace::told::has_private_key;
use crate::workspace::{Failures, Workspace};

impl Life<'_> {
    /// An apply that may fail, or be interrupted.
    pub(super) async fn apply_amid_faults(&mut self) {
        let interruption = self.choices.one_in(6).then(|| self.choices.below(20_000));
        let drift = self
            .choices
            .one_in(4)
            .then(|| self.choose_drift())
            .flatten();
        self.tell(format!(
            "apply, interrupted after {interruption:?} ms, with {drift:?} since the plan"
        ));
        let provider = self.workspace.provider();
        let interrupt = async {
            if let Some(after) = interruption {
                tokio::time::sleep(Duration::from_millis(after)).await;
                provider.interrupt().await;
            }
        };
        let (outcome, ()) = {
            let apply = Self::apply(
                &mut self.workspace,
                &mut self.foreign,
                &mut self.in_doubt,
                drift,
            );
            tokio::join!(apply, interrupt)
        };
        self.tally.applies += 1;
        if let Err(failures) = outcome {
            self.tally.failed += 1;
            self.tally.unclear += u64::from(!self.in_doubt.is_empty());
            self.tell(format!("which failed: {}", failures.text()));
            self.look_for_applications(&failures).await;
        }
    }

    /// Refresh, plan and apply, and what must hold after each of them, faults or not.
    pub(super) async fn apply(
        workspace: &mut Workspace,
        foreign: &mut Contents,
        in_doubt: &mut BTreeSet<Address>,
        drift: Option<Drift>,
    ) -> Result<(), Failures> {
        let before: Vec<_> = workspace.state.keys().cloned().collect();
        let ids: Vec<_> = before.iter().map(|it| workspace.known_as(it)).collect();
        let refreshed = workspace.refresh().await;
        let there = workspace.contents();
        for (address, path) in before.iter().zip(ids) {
            assert!(
                workspace.state.contains_key(address) || !there.has(&path),
                "a refresh has lost {path:?}, which is there"
            );
        }
        refreshed?;
        let plan = workspace.plan().await?;
        let forced = workspace.force_destroyed();
        let in_use = workspace.in_use_by_others(foreign);
        let relinkable = workspace.may_be_relinked();
        let planned = workspace.sandbox.journal().last().map_or(0, |it| it.seq);
        let left_alone = match drift {
            Some(drift) => drift.since_plan(workspace, &plan, foreign).await,
            None => None,
        };
        let outcome = workspace.carry_out(plan).await;
        if let Some(drift) = left_alone {
            drift.assert_there(&workspace.contents());
        }
        assert_none_in_use_deleted(workspace, &in_use);
        if let Err(failures) = &outcome {
            for (address, refused) in &failures.0 {
                let is_unclear = |it: &Diagnostic| {
                    it.summary.contains("may not have been created")
                        || it.summary.contains("may have been created")
                        || it.detail.contains("may have been linked all the same")
                };
                if refused.iter().any(is_unclear) {
                    in_doubt.insert(address.clone());
                }
            }
        }
        // A forced destruction takes along whatever is in the domain, as documented, and a user of ours may follow under
        // the same key. The API makes none where one is: only a PUT overwrites somebody else's.
        let journal = workspace.sandbox.journal();
        let was_put = |(domain, key): &(String, String)| {
            let path = format!("/v1/psip/{domain}/users/{key}");
            let mut of_apply = journal.iter().filter(|it| it.seq > planned);
            of_apply.any(|it| it.method == "PUT" && it.path == path)
        };
        let there = workspace.contents();
        foreign.users.retain(|path, user| {
            let is_same = there.users.get(path) == Some(user);
            is_same || was_put(path) || !forced.contains(&path.0)
        });
        foreign.links.retain(|number, link| {
            there.links.get(number) == Some(link) || !relinkable.contains(number)
        });
        unlink(foreign, &there);
        let known = workspace.known();
        for path in there.paths() {
            let is_unclear = in_doubt.iter().any(|it| workspace.may_be(it, &path));
            assert!(
                known.contains(&path) || is_unclear || foreign.has(&path),
                "{path:?} was made, is not in the state, and no message calls it unclear"
            );
        }
        for object in workspace.state.values() {
            let state = format!("{:?}", object.state);
            assert!(!has_private_key(&state), "a private key is in the state");
        }
        outcome
    }

    /// Credentials of another account: neither a refresh nor a destruction forgets anything.
    pub(super) async fn try_another_account(&mut self) {
        self.tell("credentials of another account");
        let before = self.workspace.state.clone();
        self.workspace.enter_another_account().await;
        let refused = self.workspace.refresh().await.err().unwrap_or_default();
        let all = self.workspace.config.clone();
        self.workspace.config = Config::default();
        let deletions = self.workspace.plan().await.unwrap();
        let kept = self.workspace.carry_out(deletions).await.err();
        self.workspace.config = all;
        assert_eq!(self.workspace.state, before, "something was forgotten");
        assert_eq!(refused.0.len(), before.len(), "something was not refused");
        assert_eq!(kept.unwrap_or_default().0.len(), before.len());
        self.workspace.restart().await;
    }
}

impl Workspace {
    /// Whether an object may be the one whose creation at an address had an unclear end.
    fn may_be(&self, address: &Address, path: &Path) -> bool {
        match (address, path) {
            (Address::Application(label), Path::Application(id)) => {
                let name = self.config.applications[label].name.as_str();
                let found = self.sandbox.application(id);
                found.is_some_and(|it| it["name"] == name)
            }
            (Address::Application(_), _) => false,
            (address, path) => self.named(address) == *path,
        }
    }

    /// Applications, by ID, that domains of others refer to, unless they are to be destroyed all the same.
    fn in_use_by_others(&self, foreign: &Contents) -> Vec<String> {
        let domains = foreign.domains.values();
        let referred = domains.filter_map(|it| it.get("application_id")?.as_str());
        let is_forced = |id: &&str| {
            let mut objects = self.state.values().map(|it| &it.state);
            objects.any(|it| {
                let is_it = it.attribute("id").as_str() == Some(*id);
                is_it && it.attribute("force_destroy").as_bool() == Some(true)
            })
        };
        let there = self.contents().applications;
        let unforced = referred.filter(|id| there.contains_key(*id) && !is_forced(id));
        unforced.map(str::to_owned).collect()
    }
}

/// Where the domains of the account can be listed, nothing is deleted that one of them refers to.
fn assert_none_in_use_deleted(workspace: &Workspace, in_use: &[String]) {
    let sandbox = &workspace.sandbox;
    let switches = sandbox.switches();
    let is_listed =
        switches.list_status == StatusCode::OK && switches.list_shape != ListShape::Wrapped;
    if !sandbox.faults().is_empty() || !is_listed {
        return;
    }
    for id in in_use {
        assert!(
            sandbox.application(id).is_some(),
            "{id} was in use, and is deleted"
        );
    }
}

/// The API may take an application out of the domains of others when it is deleted.
fn unlink(foreign: &mut Contents, there: &Contents) {
    for (name, domain) in &mut foreign.domains {
        let id = domain.get("application_id").and_then(|id| id.as_str());
        let is_gone = id.is_some_and(|id| !there.applications.contains_key(id));
        if is_gone && !there.domains[name].contains_key("application_id") {
            domain.remove("application_id");
        }
    }
}
