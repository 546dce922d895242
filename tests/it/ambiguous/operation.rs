//! The writes: how an account comes to where each is due, and what is configured then.

use std::fmt;

use crate::workspace::Workspace;
use crate::workspace::config::{Address, Domain, User};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    CreateDomain,
    UpdateDomain,
    DeleteDomain,
    CreateUser,
    UpdateUser,
    DeleteUser,
}

/// The label of the domain, which is its name, too.
pub(super) const OFFICE: &str = "office";
const ALICE: &str = "alice";
pub(super) const SECRETS: [&str; 2] = ["Sufficient1Secret", "Sufficient2Secret"];

impl Operation {
    pub(super) const ALL: [Self; 6] = [
        Self::CreateDomain,
        Self::UpdateDomain,
        Self::DeleteDomain,
        Self::CreateUser,
        Self::UpdateUser,
        Self::DeleteUser,
    ];

    pub(super) fn method(self) -> &'static str {
        match self {
            Self::CreateDomain | Self::CreateUser => "POST",
            Self::UpdateDomain | Self::UpdateUser => "PUT",
            Self::DeleteDomain | Self::DeleteUser => "DELETE",
        }
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::CreateDomain => "/v1/psip",
            Self::UpdateDomain | Self::DeleteDomain => "/v1/psip/office",
            Self::CreateUser => "/v1/psip/office/users",
            Self::UpdateUser | Self::DeleteUser => "/v1/psip/office/users/alice",
        }
    }

    /// What it writes.
    pub(super) fn address(self) -> Address {
        let office = OFFICE.to_owned();
        match self {
            Self::CreateDomain | Self::UpdateDomain | Self::DeleteDomain => Address::Domain(office),
            Self::CreateUser | Self::UpdateUser | Self::DeleteUser => {
                Address::User(office, ALICE.to_owned())
            }
        }
    }

    /// What is configured before.
    pub(super) fn prepare(self, workspace: &mut Workspace) {
        let config = &mut workspace.config;
        if self != Self::CreateDomain {
            config
                .domains
                .insert(OFFICE.to_owned(), Domain::named(OFFICE));
        }
        if matches!(self, Self::UpdateUser | Self::DeleteUser) {
            config.users.insert(path(), User::new(ALICE, SECRETS[0]));
        }
    }

    /// The change that makes it due.
    pub(super) fn configure(self, workspace: &mut Workspace) {
        let config = &mut workspace.config;
        match self {
            Self::CreateDomain => {
                let domain = Domain::named(OFFICE);
                config.domains.insert(OFFICE.to_owned(), domain);
            }
            Self::UpdateDomain => {
                config.domains.get_mut(OFFICE).unwrap().acl = vec!["190.190.190.191"];
            }
            Self::DeleteDomain => drop(config.domains.remove(OFFICE)),
            Self::CreateUser | Self::UpdateUser => {
                config.users.insert(path(), User::new(ALICE, SECRETS[1]));
            }
            Self::DeleteUser => drop(config.users.remove(&path())),
        }
    }
}

fn path() -> (String, String) {
    (OFFICE.to_owned(), ALICE.to_owned())
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CreateDomain => "create a domain",
            Self::UpdateDomain => "update a domain",
            Self::DeleteDomain => "delete a domain",
            Self::CreateUser => "create a user",
            Self::UpdateUser => "update a user",
            Self::DeleteUser => "delete a user",
        })
    }
}
