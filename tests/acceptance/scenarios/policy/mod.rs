//! The ACL policy: what it stops, what it only warns of, and where its limits come from.

mod export;
mod limits;
mod mistakes;
mod standing;
mod unknown;
mod widening;

use crate::{scenario::Scenario, workspace::Workspace};

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        export::scenarios(),
        limits::scenarios(),
        mistakes::scenarios(),
        standing::scenarios(),
        unknown::scenarios(),
        widening::scenarios(),
    ]
    .concat()
}

const OFFICE: &str = "vonage_sip_domain.office";
const NARROW: &str = r#"["190.190.190.190"]"#;
const WIDE: &str = r#"["190.190.190.0/24"]"#;
const OPEN: &str = r#"["0.0.0.0/1", "128.0.0.0/1"]"#;

/// A domain with this ACL and more lines.
fn domain(acl: &str, lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  acl = {acl}\n{lines}}}\n"
    )
}

/// A provider block with these lines in its policy.
fn policy(lines: &str) -> String {
    format!("provider \"vonage\" {{\n  acl_policy {{\n{lines}\n  }}\n}}\n")
}

/// Sets these limits of the environment, and no others.
fn floor(workspace: &mut Workspace, limits: &[(&str, &str)]) {
    for name in ["ALLOWED", "ENFORCEMENT", "MAX_ADDRESSES", "REQUIRE_TLS"] {
        let value = limits.iter().find(|(limit, _)| *limit == name);
        workspace.set_variable(
            &format!("VONAGE_ACL_{name}"),
            value.map(|(_, value)| *value),
        );
    }
}
