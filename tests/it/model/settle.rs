//! Applies without faults, and what a person does about their messages, until all agree.

use std::time::Duration;

use super::life::Life;
use crate::workspace::Failures;
use crate::workspace::agreement::Path;
use crate::workspace::config::Address;
use crate::workspace::told::import_ids;

/// Longer than any write takes to show, and than any list is used again.
const REST: Duration = Duration::from_secs(31);

/// Applies, with what a person does between them, until all agree.
const MOST_ROUNDS: usize = 6;

impl Life<'_> {
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
            self.look_for_applications(&failures).await;
            for (address, refused) in &failures.0 {
                let text = refused.iter().map(|it| it.detail.as_str());
                let text: String = text.collect();
                match address {
                    _ if text.is_empty() => {}
                    Address::Application(label) => self.make_way(label, &text),
                    _ => self.do_as_told(address, &text).await,
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
        if self.choices.one_in(4) {
            self.import_again().await;
        }
    }

    /// Something leaves the state, and is imported. What only Terraform knows of it comes with the next apply.
    async fn import_again(&mut self) {
        let addresses = self.workspace.state.keys().cloned();
        let Some(address) = self.choices.any(addresses) else {
            return;
        };
        let path = self.workspace.known_as(&address);
        self.tell(format!("{path:?} leaves the state, and is imported"));
        self.workspace.state.remove(&address);
        self.workspace.import(&address, &path.to_string()).await;
        self.workspace.apply().await.unwrap();
        let differences = self.workspace.differences(&self.foreign);
        assert_eq!(differences, Vec::<String>::new(), "after an import");
    }

    /// Before anything is applied again, a person does what the message says of an application that may have been created.
    pub(super) async fn look_for_applications(&mut self, failures: &Failures) {
        for (address, refused) in &failures.0 {
            let Address::Application(label) = address else {
                continue;
            };
            if !self.in_doubt.remove(address) {
                continue;
            }
            self.end_troubles();
            tokio::time::sleep(REST).await;
            let text: String = refused.iter().map(|it| it.detail.as_str()).collect();
            let workspace = &mut self.workspace;
            let done = workspace.find_new_application(label, &text, &self.foreign);
            let done = done.await;
            self.tally.imported_applications += u64::from(done.contains("import"));
            self.tell(format!("{label}: {done}"));
        }
    }

    /// What a person does about a failure that is not a fault's.
    async fn do_as_told(&mut self, address: &Address, text: &str) {
        if matches!(address, Address::Link(_)) {
            let ids = import_ids(text);
            self.settle_link(address, &ids, text).await;
            return;
        }
        let path = self.workspace.named(address);
        if let [id] = import_ids(text).as_slice() {
            if self.foreign.has(&path) {
                self.remove_foreign(&path);
                return;
            }
            assert!(
                self.in_doubt.contains(address),
                "{path:?} exists, and nobody said so"
            );
            self.tell(format!("import {path:?}"));
            self.tally.imported += 1;
            self.workspace.import(address, id).await;
        } else if text.contains("force_destroy") {
            let known = self.workspace.known_as(address);
            let users = self.foreign.users.keys().cloned();
            let users = users.filter(|(domain, _)| Path::Domain(domain.clone()) == known);
            let users: Vec<_> = users.map(|(name, key)| Path::User(name, key)).collect();
            assert!(!users.is_empty(), "{known:?} has users that nobody made");
            for path in users {
                self.remove_foreign(&path);
            }
        } else {
            panic!("an apply without faults fails: {text}");
        }
    }

    /// An application was not deleted, for domains refer to it: those of others are deleted; for ours, it stays until they
    /// refer to another one.
    fn make_way(&mut self, label: &str, text: &str) {
        if text.contains("application was created") || text.contains("showed up") {
            return;
        }
        let is_refused = text.contains("force_destroy") || text.contains("is used by");
        assert!(is_refused, "an apply without faults fails: {text}");
        let address = Address::Application(label.to_owned());
        let Path::Application(id) = self.workspace.known_as(&address) else {
            unreachable!("it is one");
        };
        let domains = self.foreign.domains.iter();
        let theirs: Vec<_> = domains
            .filter(|(_, it)| it.get("application_id").is_some_and(|it| *it == id))
            .map(|(name, _)| Path::Domain(name.clone()))
            .collect();
        if theirs.is_empty() {
            let removed = self.removed.get(label).cloned();
            let application = removed.expect("it was removed from the configuration");
            self.tell(format!("configure {label} again"));
            let applications = &mut self.workspace.config.applications;
            applications.insert(label.to_owned(), application);
        }
        for path in theirs {
            self.remove_foreign(&path);
        }
    }
}
