//! The writes: how an account comes to where each is due, and what is configured then.

use std::fmt;

use serde_json::json;

use crate::workspace::Workspace;
use crate::workspace::agreement::Contents;
use crate::workspace::application::{Application, KEYS};
use crate::workspace::config::{Address, Config, Domain, Reference, User};
use crate::workspace::number::{Link, NUMBERS, Target};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) act: Act,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Create,
    Update,
    Delete,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Domain,
    User,
    /// Of which the API makes the keys.
    Application,
    ApplicationWithKey,
    /// Of a number that the account owns, which every write must leave in the account.
    Link,
}

/// The application that a number is linked to. Nobody checks that it is there.
const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
pub(super) const NUMBER: &str = NUMBERS[0];
/// The label of the domain, of the application and of the link; and the name of the first two.
pub(super) const OFFICE: &str = "office";
pub(super) const ALICE: &str = "alice";
pub(super) const SECRETS: [&str; 2] = ["Sufficient1Secret", "Sufficient2Secret"];

impl Kind {
    pub(super) fn is_application(self) -> bool {
        matches!(self, Self::Application | Self::ApplicationWithKey)
    }

    /// Adds one to a configuration, or changes it.
    fn configure(self, config: &mut Config, is_changed: bool) {
        let office = OFFICE.to_owned();
        match self {
            Self::Domain => {
                let mut domain = Domain::named(OFFICE);
                if is_changed {
                    domain.acl = vec!["190.190.190.191"];
                }
                config.domains.insert(office, domain);
            }
            Self::User => {
                let user = User::new(ALICE, SECRETS[usize::from(is_changed)]);
                config.users.insert((office, ALICE.to_owned()), user);
            }
            Self::Application | Self::ApplicationWithKey => {
                let mut application = Application::named(OFFICE);
                if self == Self::ApplicationWithKey {
                    application.public_key = Some(KEYS[0]);
                }
                if is_changed {
                    let event_url = json!({ "address": "https://voice.example.com/event" });
                    let voice = application.voice.as_mut().unwrap();
                    voice.insert("event_url".to_owned(), event_url);
                }
                config.applications.insert(office, application);
            }
            Self::Link => {
                let target = if is_changed {
                    Target::Sip(&["sip:desk@pbx.example.com;transport=tls", "sip:b@c"])
                } else {
                    Target::Application(Reference::Id(APPLICATION))
                };
                let link = Link {
                    number: NUMBER,
                    target,
                    take_over: false,
                };
                config.links.insert(office, link);
            }
        }
    }
}

impl Operation {
    pub(super) const ALL: [Self; 13] = [
        Self::new(Act::Create, Kind::Domain),
        Self::new(Act::Update, Kind::Domain),
        Self::new(Act::Delete, Kind::Domain),
        Self::new(Act::Create, Kind::User),
        Self::new(Act::Update, Kind::User),
        Self::new(Act::Delete, Kind::User),
        Self::new(Act::Create, Kind::ApplicationWithKey),
        Self::new(Act::Create, Kind::Application),
        Self::new(Act::Update, Kind::Application),
        Self::new(Act::Delete, Kind::Application),
        Self::new(Act::Create, Kind::Link),
        Self::new(Act::Update, Kind::Link),
        Self::new(Act::Delete, Kind::Link),
    ];

    const fn new(act: Act, kind: Kind) -> Self {
        Self { act, kind }
    }

    pub(super) fn method(self) -> &'static str {
        match self.act {
            _ if self.kind == Kind::Link => "POST",
            Act::Create => "POST",
            Act::Update => "PUT",
            Act::Delete => "DELETE",
        }
    }

    pub(super) fn path(self, workspace: &Workspace) -> String {
        let all = match self.kind {
            Kind::Domain => "/v1/psip",
            Kind::User => "/v1/psip/office/users",
            Kind::Application | Kind::ApplicationWithKey => "/v2/applications",
            Kind::Link => return "/number/update".to_owned(),
        };
        let one = match self.kind {
            _ if self.act == Act::Create => return all.to_owned(),
            Kind::Domain => OFFICE,
            Kind::User => ALICE,
            Kind::Application | Kind::ApplicationWithKey => {
                &workspace.application_id(OFFICE).unwrap()
            }
            Kind::Link => unreachable!("it has a path of its own"),
        };
        format!("{all}/{one}")
    }

    /// What it writes.
    pub(super) fn address(self) -> Address {
        let office = OFFICE.to_owned();
        match self.kind {
            Kind::Domain => Address::Domain(office),
            Kind::User => Address::User(office, ALICE.to_owned()),
            Kind::Application | Kind::ApplicationWithKey => Address::Application(office),
            Kind::Link => Address::Link(office),
        }
    }

    /// Brings the account to where it is due. What others have put into an application that it writes is not ours.
    pub(super) async fn prepare(self, workspace: &mut Workspace, foreign: &mut Contents) {
        if self.kind == Kind::User {
            Kind::Domain.configure(&mut workspace.config, false);
        }
        if self.act != Act::Create {
            self.kind.configure(&mut workspace.config, false);
        }
        workspace.apply().await.unwrap();
        if let Some(id) = workspace.application_id(OFFICE) {
            let inbound_url =
                json!({ "address": "https://messages.example.com", "http_method": "POST" });
            let messages = json!({ "version": "v1", "webhooks": { "inbound_url": inbound_url } });
            workspace.set_capability(&id, "messages", Some(messages), foreign);
        }
    }

    /// The change that makes it due.
    pub(super) fn configure(self, workspace: &mut Workspace) {
        let config = &mut workspace.config;
        match (self.act, self.kind) {
            (Act::Create | Act::Update, kind) => kind.configure(config, true),
            (Act::Delete, Kind::Domain) => drop(config.domains.remove(OFFICE)),
            (Act::Delete, Kind::User) => config.users.clear(),
            (Act::Delete, Kind::Application | Kind::ApplicationWithKey) => {
                drop(config.applications.remove(OFFICE));
            }
            (Act::Delete, Kind::Link) => config.links.clear(),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let act = match self.act {
            Act::Create => "create",
            Act::Update => "update",
            Act::Delete => "delete",
        };
        let kind = match self.kind {
            Kind::Domain => "a domain",
            Kind::User => "a user",
            Kind::Application => "an application",
            Kind::ApplicationWithKey => "an application with a given key",
            Kind::Link => "a number link",
        };
        write!(formatter, "{act} {kind}")
    }
}
