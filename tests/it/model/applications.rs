//! Applications: changes of their configuration, what others do around them, and the switches of their API.

use serde_json::{Map, Value as Json, json};

use super::edits::object;
use super::life::{Life, SHARED};
use crate::workspace::agreement::Path;
use crate::workspace::application::{Application, KEYS};
use crate::workspace::config::{Address, Reference};

/// Labels of applications, each with its names and its own key, if it ever has one.
const LABELS: [(&str, [&str; 2], Option<&str>); 3] = [
    ("desk", ["desk", SHARED], Some(KEYS[0])),
    ("queue", ["queue", SHARED], Some(KEYS[1])),
    ("night", ["night", SHARED], None),
];

/// Webhooks, with a number of milliseconds that each may take to answer.
const WEBHOOKS: [(&str, u64); 3] = [
    ("answer_url", 4_000),
    ("fallback_answer_url", 1_000),
    ("event_url", 9_000),
];

const ADDRESSES: [&str; 2] = [
    "https://voice.example.com/answer",
    "http://voice.example.com:8080/event?line=1",
];

impl Life<'_> {
    /// Adds, changes or removes an application.
    pub(super) fn configure_application(&mut self) {
        let (label, names, key) = self.choices.pick(&LABELS);
        let exists = self.workspace.config.applications.contains_key(label);
        match self.choices.below(8) {
            _ if !exists => self.add_application(label, names, key),
            0..=2 => self.remove_application(label),
            _ => self.change_application(label, names, key),
        }
    }

    fn add_application(&mut self, label: &str, names: [&str; 2], key: Option<&'static str>) {
        let mut application = Application::named(self.choices.pick(&names));
        application.public_key = key.filter(|_| self.choices.one_in(2));
        application.force_destroy = self.choices.one_in(4);
        self.tell(format!("configure {label}: {application:?}"));
        let applications = &mut self.workspace.config.applications;
        applications.insert(label.to_owned(), application);
    }

    /// What refers to it goes with it, or parts from it in the same change.
    fn remove_application(&mut self, label: &str) {
        let reference = Some(Reference::To(label.to_owned()));
        let domains = self.workspace.config.domains.iter();
        let domains = domains.filter(|(_, it)| it.application == reference);
        let labels: Vec<String> = domains.map(|(label, _)| label.clone()).collect();
        let is_in_doubt = |it: &String| {
            self.in_doubt.contains(&Address::Domain(it.clone())) || self.has_user_in_doubt(it)
        };
        let links = self.links_to(&Reference::To(label.to_owned()));
        let mut in_doubt = links.iter().map(|it| Address::Link(it.clone()));
        if labels.iter().any(is_in_doubt) || in_doubt.any(|it| self.in_doubt.contains(&it)) {
            return;
        }
        let stay = self.choices.one_in(2);
        for it in links {
            self.part(&it, stay);
        }
        for it in labels {
            if stay {
                let domain = self.workspace.config.domains.get_mut(&it).unwrap();
                (domain.kind, domain.application) = (Some("trunk"), None);
            } else {
                self.remove_domain(&it);
            }
        }
        self.tell(format!(
            "configure no {label}, what refers to it stays: {stay}"
        ));
        let removed = self.workspace.config.applications.remove(label).unwrap();
        self.removed.insert(label.to_owned(), removed);
    }

    fn change_application(&mut self, label: &str, names: [&str; 2], key: Option<&'static str>) {
        let applications = &mut self.workspace.config.applications;
        let application = applications.get_mut(label).unwrap();
        let choices = &mut self.choices;
        match choices.below(8) {
            0 => choices.pick(&names).clone_into(&mut application.name),
            1 => application.public_key = key.filter(|_| choices.one_in(2)),
            2 => application.improve_ai = choices.pick(&[None, Some(false), Some(true)]),
            3 => application.force_destroy = !application.force_destroy,
            4 => {
                application.voice = match application.voice {
                    Some(_) if choices.one_in(2) => None,
                    _ => Some(Map::new()),
                }
            }
            _ => self.change_voice(label),
        }
        let application = &self.workspace.config.applications[label];
        self.tell(format!("configure {label}: {application:?}"));
    }

    /// Another value of a leaf, or none.
    fn change_voice(&mut self, label: &str) {
        let choices = &mut self.choices;
        let applications = &mut self.workspace.config.applications;
        let application = applications.get_mut(label).unwrap();
        let voice = application.voice.get_or_insert_default();
        let leaves = [
            ("signed_callbacks", json!(false)),
            ("conversations_ttl", json!(9_000)),
            ("leg_persistence_time", json!(31)),
            ("region", json!("eu-west")),
        ];
        let (name, value) = choices.pick(&leaves);
        let (webhook, milliseconds) = choices.pick(&WEBHOOKS);
        if choices.one_in(3) {
            set(voice, name, value);
        } else if let Some(Json::Object(webhook)) = voice.get_mut(webhook)
            && !choices.one_in(4)
        {
            let leaves = [
                ("address", json!(choices.pick(&ADDRESSES))),
                ("http_method", json!(choices.pick(&["GET", "POST"]))),
                ("connect_timeout", json!(300)),
                ("socket_timeout", json!(milliseconds)),
            ];
            match choices.pick(&leaves) {
                ("address", address) => drop(webhook.insert("address".to_owned(), address)),
                (name, value) => set(webhook, name, value),
            }
        } else {
            let address = choices.pick(&ADDRESSES);
            set(voice, webhook, json!({ "address": address }));
        }
    }

    /// Somebody makes one of a name that is configured.
    pub(super) fn add_foreign_application(&mut self) {
        let configured = self.workspace.config.applications.values();
        let names: Vec<_> = configured.map(|it| it.name.clone()).collect();
        let Some(name) = self.choices.any(names) else {
            return;
        };
        self.tell(format!("somebody makes an application {name}"));
        let count = self.foreign.applications.len();
        let id = format!("77777777-0000-4000-8000-{count:012}");
        let application = object(json!({
            "name": name, "keys": { "public_key": KEYS[2] }, "privacy": { "improve_ai": false },
            "capabilities": { "voice": { "webhooks": {} } },
        }));
        let made = self.workspace.sandbox.put_application(&id, application);
        self.foreign.applications.insert(id, made.unwrap());
    }

    /// Somebody's domain sends its calls to an application of ours.
    pub(super) fn refer_to_ours(&mut self) {
        let ours = self.ours().into_iter().filter_map(|path| match path {
            Path::Application(id) => Some(id),
            _ => None,
        });
        if let Some(id) = self.choices.any(ours) {
            let domain = json!({ "acl": ["9.9.9.1"], "domain_type": "app", "application_id": id });
            self.add_foreign_domain("visitor".to_owned(), domain);
        }
    }

    /// What may be different in another account, but for what would keep a configuration from being reached: that a PUT takes
    /// nothing away, that names are unique, and that what others have put in is refused.
    pub(super) fn add_application_switches(&mut self, table: &mut Map<String, Json>) {
        let values: [(&str, &[&str]); 13] = [
            ("application_name", &["not-blank", "trimmed", "any"]),
            ("application_id_case", &["exact", "ignore"]),
            ("application_put_capabilities", &["reset", "kept"]),
            ("application_put_privacy", &["reset", "kept"]),
            (
                "application_put_keys",
                &["kept", "renewed-by-empty", "renewed"],
            ),
            ("application_put_private_key", &["hidden", "shown"]),
            ("application_put_read_only", &["id", "ignore", "reject"]),
            ("application_no_fallback", &["absent", "empty"]),
            ("application_leg_persistence_time", &["7", "2"]),
            ("application_improve_ai", &["off", "on"]),
            ("application_delete_linked", &["dangle", "unlink", "reject"]),
            ("application_list_order", &["created", "newest", "name"]),
            (
                "application_empty_list",
                &["empty", "without-applications", "without-embedded"],
            ),
        ];
        for (name, values) in values {
            let value = self.choices.pick(values);
            table.insert(name.to_owned(), value.into());
        }
    }
}

/// Sets a member, or takes it away where it is so already.
fn set(object: &mut Map<String, Json>, name: &str, value: Json) {
    let was = object.insert(name.to_owned(), value.clone());
    if was == Some(value) {
        object.remove(name);
    }
}
