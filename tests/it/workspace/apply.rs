//! Refresh, plan and apply over a whole configuration, what does not depend on each other side by side.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use tfplugin::testing::{Action, Object, Planned, Refused};
use tfplugin::value::Value;

use super::config::Address;
use super::{Failures, Workspace};
use crate::caller::called_here;

/// What is to be done, by address. What is in it is not yet carried out.
#[derive(Default)]
pub(crate) struct Plan {
    /// To be deleted, because it is not configured any more or is to be replaced.
    deletions: BTreeSet<Address>,
    /// To be made or changed; those that change nothing are not in it.
    changes: BTreeMap<Address, Planned>,
}

impl Plan {
    pub(crate) fn is_empty(&self) -> bool {
        self.deletions.is_empty() && self.changes.is_empty()
    }

    /// Whether nothing is planned for these attributes of an object in this state.
    pub(crate) fn leaves_alone<'a>(
        &self,
        address: &Address,
        state: &Value,
        mut attributes: impl Iterator<Item = &'a str>,
    ) -> bool {
        let planned = self.changes.get(address).map(|change| &change.state);
        !self.deletions.contains(address)
            && planned.is_none_or(|planned| {
                attributes.all(|it| planned.attribute(it) == state.attribute(it))
            })
    }
}

impl Workspace {
    /// Refresh, plan, and apply. Where a refresh or a plan fails, nothing is applied.
    pub(crate) async fn apply(&mut self) -> Result<(), Failures> {
        self.refresh().await?;
        let plan = self.plan().await?;
        self.carry_out(plan).await
    }

    /// Reads all that is in the state; what is gone leaves it.
    pub(crate) async fn refresh(&mut self) -> Result<(), Failures> {
        let provider = self.provider();
        let reads = self.state.iter().map(async |(address, object)| {
            let read = provider.core(address).read(object).await;
            (address.clone(), read)
        });
        let reads = join_all(reads).await;
        let mut failures = Failures::default();
        for (address, read) in reads {
            match read {
                Ok(Some(object)) => drop(self.state.insert(address, object)),
                Ok(None) => drop(self.state.remove(&address)),
                Err(refused) => drop(failures.0.insert(address, refused)),
            }
        }
        failures.or(())
    }

    /// What is to be done for state and configuration to be the same.
    pub(crate) async fn plan(&self) -> Result<Plan, Failures> {
        let mut plan = Plan::default();
        let mut failures = Failures::default();
        for address in self.state.keys() {
            if !self.config.has(address) {
                plan.deletions.insert(address.clone());
            }
        }
        let addresses = self.config.addresses();
        let mut planned = join_all(addresses.iter().map(|it| self.plan_one(it, false))).await;
        for (address, outcome) in addresses.iter().zip(planned.drain(..)) {
            // Users go with a domain that is re-created, as `replace_triggered_by` has it.
            let goes_along = plan.deletions.iter().any(|it| address.belongs_to(it));
            let outcome = match outcome {
                Ok(_) if goes_along => self.plan_one(address, true).await,
                outcome => outcome,
            };
            match outcome {
                Ok(it) if it.action == Action::Nothing => {}
                Ok(it) => {
                    if it.action == Action::Replace {
                        plan.deletions.insert(address.clone());
                    }
                    plan.changes.insert(address.clone(), it);
                }
                Err(refused) => drop(failures.0.insert(address.clone(), refused)),
            }
        }
        failures.or(plan)
    }

    async fn plan_one(&self, address: &Address, anew: bool) -> Result<Planned, Refused> {
        let config = self.value(address).unwrap();
        let core = self.provider.core(address);
        core.validate(&config).await?;
        let prior = self.state.get(address);
        if anew && prior.is_some() {
            let mut new = core.plan(None, &config).await?;
            new.action = Action::Replace;
            return Ok(new);
        }
        core.plan(prior, &config).await
    }

    /// Deletes what refers to others before those, then makes and changes what is referred to before what refers to it. What
    /// fails keeps from happening only what depends on it.
    pub(crate) async fn carry_out(&mut self, plan: Plan) -> Result<(), Failures> {
        let mut failures = Failures::default();
        let Plan {
            deletions,
            mut changes,
        } = plan;
        for rank in (0..Address::RANKS).rev() {
            let of_rank = deletions.iter().filter(|it| it.rank() == rank);
            self.delete(of_rank.cloned().collect(), &mut failures).await;
        }
        for rank in 0..Address::RANKS {
            let of_rank = changes.extract_if(.., |address, _| address.rank() == rank);
            let of_rank = of_rank.collect();
            self.change(of_rank, &mut failures).await;
        }
        failures.or(())
    }

    async fn delete(&mut self, addresses: Vec<Address>, failures: &mut Failures) {
        // What something refers to is not deleted before that is; nothing is said of it then.
        let is_blocked = |address: &Address| {
            let mut failed = failures.0.keys();
            failed.any(|it| self.needs(it).contains(address))
        };
        let (blocked, addresses): (Vec<_>, Vec<_>) = addresses.into_iter().partition(is_blocked);
        let unsaid = blocked.into_iter().map(|it| (it, Refused::new()));
        failures.0.extend(unsaid);
        let deletions = addresses.iter().map(async |address| {
            let object = self.state[address].clone();
            self.provider.core(address).destroy(&object).await
        });
        let outcomes = join_all(deletions).await;
        for (address, outcome) in addresses.into_iter().zip(outcomes) {
            match outcome {
                Ok(()) => drop(self.state.remove(&address)),
                Err(refused) => drop(failures.0.insert(address, refused)),
            }
        }
    }

    async fn change(&mut self, changes: Vec<(Address, Planned)>, failures: &mut Failures) {
        // What was not deleted cannot be re-created, and what refers to something that failed waits for it.
        let is_blocked = |address: &Address| {
            let mut needs = self.needs(address).into_iter();
            failures.0.contains_key(address) || needs.any(|it| failures.0.contains_key(&it))
        };
        let changes: Vec<_> = changes
            .into_iter()
            .filter(|(address, _)| !is_blocked(address))
            .collect();
        let calls = changes.iter().map(async |(address, planned)| {
            let config = self.value(address).unwrap();
            let prior = self.state.get(address);
            let core = self.provider.core(address);
            let planned = core.plan_again(planned, prior, &config).await?;
            match (planned.action, prior) {
                (Action::Nothing, Some(prior)) => Ok(prior.clone()),
                _ => core.change(prior, &config, &planned).await,
            }
        });
        let outcomes: Vec<Result<Object, Refused>> = join_all(calls).await;
        for ((address, _), outcome) in changes.into_iter().zip(outcomes) {
            match outcome {
                Ok(object) => drop(self.state.insert(address, object)),
                Err(refused) => drop(failures.0.insert(address, refused)),
            }
        }
    }

    /// Fails unless reads change nothing, no plan has anything to do, and imports find what state has.
    #[track_caller]
    pub(crate) fn assert_settled(&mut self) -> impl Future<Output = ()> {
        called_here(async move {
            for (address, object) in self.state.clone() {
                let config = self.value(&address).expect("it is configured");
                let core = self.provider.core(&address);
                core.settled(&object, &config).await;
                let imported = core
                    .import(&self.known_as(&address).to_string())
                    .await
                    .unwrap();
                let mut imported = imported.expect("it is there");
                assert_eq!(imported.identity, object.identity);
                // What only Terraform knows is not imported.
                let known = object.state.as_entries().unwrap();
                for name in ["force_destroy", "secret", "secret_wo_version", "take_over"] {
                    if let Some(value) = known.get(name) {
                        imported.state.set_attribute(name, value.clone());
                    }
                }
                let plan = core.plan(Some(&imported), &config).await.unwrap();
                assert_eq!(plan.action, Action::Nothing, "after an import");
            }
            let plan = self.plan().await.unwrap();
            assert!(plan.is_empty(), "a plan has something left to do");
            let configured: BTreeSet<_> = self.config.addresses().into_iter().collect();
            let known: BTreeSet<_> = self.state.keys().cloned().collect();
            assert_eq!(known, configured, "state and configuration differ");
            let paths: BTreeSet<_> = known.iter().map(|it| self.known_as(it)).collect();
            assert_eq!(paths.len(), known.len(), "two addresses have one object");
            for object in self.state.values() {
                assert_ne!(object.state, Value::Null);
            }
        })
    }
}

impl Failures {
    fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}
