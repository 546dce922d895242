//! Applies: amid faults, where little may be lost, and without, where all must agree.

use std::collections::BTreeSet;
use std::time::Duration;

use vonage_sandbox::Object as ApiObject;

use super::life::Life;
use crate::workspace::agreement::Contents;
use crate::workspace::apply::Plan;
use crate::workspace::config::{Address, Config};
use crate::workspace::{Failures, Workspace};

/// Longer than any write takes to show.
const REST: Duration = Duration::from_secs(30);

/// Applies, with what a person does between them, until all agree.
const MOST_ROUNDS: usize = 5;

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
        }
    }

    /// Refresh, plan and apply, and what must hold after each of them, faults or not.
    async fn apply(
        workspace: &mut Workspace,
        foreign: &mut Contents,
        in_doubt: &mut BTreeSet<Address>,
        drift: Option<(String, ApiObject)>,
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
        let planned = workspace.sandbox.journal().last().map_or(0, |it| it.seq);
        let left_alone = match drift {
            Some((name, change)) => drift_since_plan(workspace, &plan, &name, change).await,
            None => None,
        };
        let outcome = workspace.carry_out(plan).await;
        if let Some((name, change)) = left_alone {
            let domain = workspace.contents().domains.remove(&name).unwrap();
            for (attribute, value) in change {
                assert_eq!(domain[&attribute], value, "{name} was changed back unseen");
            }
        }
        if let Err(failures) = &outcome {
            for (address, refused) in &failures.0 {
                let is_unclear = |it: &str| it.contains("may not have been created");
                if refused.iter().any(|it| is_unclear(&it.summary)) {
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
        let known: BTreeSet<_> = workspace
            .state
            .keys()
            .map(|it| workspace.known_as(it))
            .collect();
        let in_doubt: BTreeSet<_> = in_doubt.iter().map(|it| workspace.named(it)).collect();
        for path in there.paths() {
            assert!(
                known.contains(&path) || in_doubt.contains(&path) || foreign.has(&path),
                "{path:?} was made, is not in the state, and no message calls it unclear"
            );
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

    /// The faults end, and applies bring all together.
    pub(super) async fn settle(&mut self) {
        self.tell("settle");
        self.end_troubles();
        tokio::time::sleep(REST).await;
        for round in 0.. {
            let outcome = Self::apply(
                &mut self.workspace,
                &mut self.foreign,
                &mut self.in_doubt,
                None,
            );
            let Err(failures) = outcome.await else { break };
            self.tell(format!("which failed: {}", failures.text()));
            assert!(round < MOST_ROUNDS, "applies lead nowhere");
            for (address, refused) in &failures.0 {
                let text = refused.iter().map(|it| it.detail.as_str());
                let text: String = text.collect();
                if !text.is_empty() {
                    self.do_as_told(address, &text).await;
                }
            }
        }
        self.in_doubt.clear();
        let differences = self.workspace.differences(&self.foreign);
        assert_eq!(differences, Vec::<String>::new(), "after an apply");
        tokio::time::sleep(REST).await;
        self.workspace.assert_settled().await;
        let differences = self.workspace.differences(&self.foreign);
        assert_eq!(differences, Vec::<String>::new(), "after plans and imports");
    }

    /// What a person does about a failure that is not a fault's.
    async fn do_as_told(&mut self, address: &Address, text: &str) {
        let path = self.workspace.named(address);
        if text.contains("import {") {
            if let (name, None) = &path
                && self.foreign.domains.contains_key(name)
            {
                self.remove_foreign_domain(&name.clone());
            } else if let (name, Some(key)) = &path
                && self
                    .foreign
                    .users
                    .contains_key(&(name.clone(), key.clone()))
            {
                self.remove_foreign_user(&(name.clone(), key.clone()));
            } else {
                assert!(
                    self.in_doubt.contains(address),
                    "{path:?} exists, and nobody said so"
                );
                self.tell(format!("import {path:?}"));
                self.tally.imported += 1;
                self.workspace.import(address).await;
            }
        } else if text.contains("force_destroy") {
            let name = self.workspace.known_as(address).0;
            let users = self.foreign.users.keys().cloned();
            let users: Vec<_> = users.filter(|(domain, _)| *domain == name).collect();
            assert!(!users.is_empty(), "{name} has users that nobody made");
            for path in users {
                self.remove_foreign_user(&path);
            }
        } else {
            panic!("an apply without faults fails: {text}");
        }
    }
}

/// Somebody changes a domain after the plan. What is given back is to be there after the apply: the domain, where the plan
/// leaves alone all that was changed.
async fn drift_since_plan(
    workspace: &mut Workspace,
    plan: &Plan,
    name: &str,
    change: ApiObject,
) -> Option<(String, ApiObject)> {
    // An apply of a saved plan is another process, which has no list of before.
    workspace.restart().await;
    workspace.sandbox.patch_domain(name, change.clone()).ok()?;
    let state = workspace.state.iter();
    let mut of_name = state.filter(|(address, _)| {
        matches!(address, Address::Domain(_)) && workspace.known_as(address).0 == name
    });
    let (address, object) = of_name.next()?;
    let leaves_alone = plan.leaves_alone(address, &object.state, change.keys());
    leaves_alone.then(|| (name.to_owned(), change))
}
