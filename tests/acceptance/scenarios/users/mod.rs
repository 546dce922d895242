//! Users of a domain: made, given other secrets, imported, lost and found; and where their secrets come to light.

mod drift;
mod import;
mod life;
mod many;
mod secrets;
mod validation;
mod write_only;

use crate::scenario::Scenario;

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        drift::scenarios(),
        import::scenarios(),
        life::scenarios(),
        many::scenarios(),
        secrets::scenarios(),
        validation::scenarios(),
        write_only::scenarios(),
    ]
    .concat()
}

const OFFICE: &str = "vonage_sip_domain.office";
const ALICE: &str = "vonage_sip_domain_user.alice";

/// The domain that the users belong to.
fn office() -> String {
    "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  acl = []\n  \
     digest_auth = true\n}\n"
        .to_owned()
}

/// The domain and its user Alice, with `lines` besides domain and key.
fn alice(lines: &str) -> String {
    format!("{}{}", office(), user("alice", lines))
}

/// A user of the domain, with `lines` besides domain and key.
fn user(key: &str, lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain_user\" \"{key}\" {{\n  domain = vonage_sip_domain.office.name\n  key = \"{key}\"\n\
         {lines}\n}}\n"
    )
}

/// Since write-only attributes are known.
fn since_write_only(scenario: Scenario) -> Scenario {
    scenario.since(Some("1.11"), Some("1.11"))
}

/// Since objects are imported by identity.
fn since_identity(scenario: Scenario) -> Scenario {
    scenario.since(Some("1.12"), Some("1.12"))
}
