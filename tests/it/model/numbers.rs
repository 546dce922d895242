//! Number links: changes of their configuration, what others do to numbers, and the switches of their API.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use vonage_sandbox::Object as ApiObject;

use super::edits::object;
use super::life::Life;
use crate::workspace::Workspace;
use crate::workspace::agreement::Path;
use crate::workspace::config::{Address, Reference};
use crate::workspace::number::{Link, NUMBERS, Target, forward};

/// Labels of links, each with the numbers that it may have. The first one leads to somebody's PBX.
const LABELS: [(&str, [&str; 2]); 2] = [
    ("main", [NUMBERS[0], NUMBERS[1]]),
    ("fax", [NUMBERS[2], NUMBERS[3]]),
];

const FORWARDS: [&[&str]; 3] = [
    &["sip:desk@pbx.example.com"],
    &[
        "sip:desk@pbx.example.com;transport=tls",
        "sip:desk@[2001:db8::1]:5061",
    ],
    &["sip:night@pbx.example.com;timeout=2000;media=srtp"],
];

/// An application that no list has, as after its deletion.
const GONE: &str = "ffffffff-0000-4000-8000-000000000000";

impl Life<'_> {
    /// Adds, changes or removes a link.
    pub(super) fn configure_link(&mut self) {
        let (label, numbers) = self.choices.pick(&LABELS);
        if self.in_doubt.contains(&Address::Link(label.to_owned())) {
            return;
        }
        let new = Link {
            number: self.choices.pick(&numbers),
            target: self.any_target(),
            take_over: self.choices.one_in(4),
        };
        let choice = self.choices.below(6);
        let links = &mut self.workspace.config.links;
        match links.get_mut(label) {
            None => drop(links.insert(label.to_owned(), new)),
            Some(_) if choice == 0 => drop(links.remove(label)),
            Some(link) if choice == 1 => link.number = new.number,
            Some(link) if choice == 2 => link.take_over = !link.take_over,
            Some(link) => link.target = new.target,
        }
        let link = links.get(label).cloned();
        self.tell(format!("configure {label}: {link:?}"));
    }

    fn any_target(&mut self) -> Target {
        let labels = self.workspace.config.applications.keys().cloned();
        match self.choices.any(labels) {
            Some(label) if self.choices.one_in(2) => Target::Application(Reference::To(label)),
            _ => Target::Sip(self.choices.pick(&FORWARDS)),
        }
    }

    /// The links that refer to an application.
    pub(super) fn links_to(&self, application: &Reference) -> Vec<String> {
        let links = self.workspace.config.links.iter();
        let links = links.filter(|(_, it)| it.application() == Some(application));
        links.map(|(label, _)| label.clone()).collect()
    }

    /// A link that refers to no application, or none.
    pub(super) fn part(&mut self, label: &str, stay: bool) {
        let links = &mut self.workspace.config.links;
        if stay {
            links.get_mut(label).unwrap().target = Target::Sip(FORWARDS[0]);
        } else {
            links.remove(label);
        }
        self.tell(format!("the link {label} parts from it"));
    }

    /// Where somebody else sends calls.
    pub(super) fn foreign_link(&mut self) -> ApiObject {
        let tel = json!({ "voiceCallbackType": "tel", "voiceCallbackValue": "447700900999" });
        self.choices.pick(&[
            forward("sip:somebody@elsewhere.example.com"),
            object(json!({ "app_id": GONE })),
            object(tel),
        ])
    }

    /// Somebody links a number that nobody has linked, or links theirs elsewhere.
    pub(super) fn link_foreign(&mut self) {
        let there = self.workspace.contents();
        let known = self.workspace.known();
        let in_doubt = self.in_doubt.iter();
        let in_doubt = in_doubt.filter(|it| matches!(it, Address::Link(_)));
        let in_doubt: BTreeSet<_> = in_doubt.map(|it| self.workspace.named(it)).collect();
        let free = NUMBERS.into_iter().filter(|number| {
            let path = Path::Link((*number).to_owned());
            let is_taken = there.has(&path) && !self.foreign.has(&path);
            !is_taken && !known.contains(&path) && !in_doubt.contains(&path)
        });
        let Some(number) = self.choices.any(free) else {
            return;
        };
        let link = self.foreign_link();
        self.tell(format!("somebody links {number}: {link:?}"));
        self.workspace.link_outside(number, link.clone());
        self.foreign.links.insert(number.to_owned(), link);
    }

    /// Somebody changes where the messages to a number go.
    pub(super) fn change_messages(&mut self) {
        let number = self.choices.pick(&NUMBERS);
        let url = self.choices.pick(&[
            json!(null),
            json!("https://messages.example.org/inbound?key=a%20b&c=d+e"),
        ]);
        self.tell(format!("messages to {number} go to {url}"));
        let change = object(json!({ "moHttpUrl": url }));
        self.workspace.change_number(number, change);
    }

    /// What a person does about a link that was not made, for the number leads somewhere.
    pub(super) async fn settle_link(&mut self, address: &Address, ids: &[String], text: &str) {
        assert!(
            text.contains("take_over = true"),
            "an apply without faults fails: {text}"
        );
        let path = self.workspace.named(address);
        let is_foreign = self.foreign.has(&path);
        self.tally.refused_links += u64::from(is_foreign);
        if is_foreign && self.choices.one_in(2) {
            self.remove_foreign(&path);
            return;
        }
        if !is_foreign {
            assert!(
                self.in_doubt.contains(address),
                "{path:?} is linked, and nobody said so"
            );
            if let [id] = ids {
                self.tell(format!("import {path:?}"));
                self.tally.imported += 1;
                self.workspace.import(address, id).await;
                return;
            }
        }
        self.tell(format!("{path:?} is to be taken over"));
        let Address::Link(label) = address else {
            unreachable!("it is one");
        };
        let link = self.workspace.config.links.get_mut(label);
        link.unwrap().take_over = true;
    }

    /// What may be different in another account, but for what would keep a configuration from being reached: that an update
    /// takes no link away, that applications need voice, and that a key lacks rights.
    pub(super) fn add_number_switches(&mut self, table: &mut Map<String, Json>) {
        let values: [(&str, &[&str]); 10] = [
            ("number_probe", &["always", "changed", "never"]),
            ("number_hidden_fields", &["reset", "kept", "shown"]),
            (
                "number_app_and_forward",
                &["both", "application", "forward", "reject"],
            ),
            ("number_callback_app", &["link", "voice", "error"]),
            ("number_application_check", &["none", "exists"]),
            ("number_not_owned", &["reject", "ignore"]),
            ("number_link_fields", &["voice", "none", "messages"]),
            ("number_error_status", &["code", "ok"]),
            ("number_error_code", &["text", "number"]),
            ("number_list_order", &["ascending", "descending"]),
        ];
        for (name, values) in values {
            let value = self.choices.pick(values);
            table.insert(name.to_owned(), value.into());
        }
        let limit = self.choices.pick(&[Json::Null, Json::Null, json!(1)]);
        table.insert("number_list_rate_limit".to_owned(), limit);
    }
}

impl Workspace {
    /// Numbers whose links Terraform may write over: those that it has made, and those that it is to take over.
    pub(super) fn may_be_relinked(&self) -> BTreeSet<String> {
        let links = self.config.links.iter().filter(|(label, link)| {
            let address = Address::Link((*label).clone());
            let ours = Path::Link(link.number.to_owned());
            let is_ours = || self.known_as(&address) == ours;
            link.take_over || self.state.contains_key(&address) && is_ours()
        });
        links.map(|(_, link)| link.number.to_owned()).collect()
    }
}
