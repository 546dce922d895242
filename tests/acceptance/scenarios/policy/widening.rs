//! An update that lets many more in says so.

use super::{NARROW, OFFICE, OPEN, WIDE, domain};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(an_update_that_widens_an_acl_is_told_and_others_are_not).differing_by_cli()]
}

const WIDENED: &str = "ACL admits more addresses than before";

fn an_update_that_widens_an_acl_is_told_and_others_are_not(workspace: &mut Workspace) {
    let widened = |workspace: &mut Workspace, acl: &str| {
        let said = workspace
            .plan_diagnostics(&domain(acl, "  digest_auth = true\n"))
            .of(OFFICE);
        let mut said = said.warnings();
        said.0.retain(|warning| warning.summary == WIDENED);
        said
    };
    assert!(widened(workspace, OPEN).0.is_empty(), "a creation");
    workspace.apply(&domain(NARROW, "  digest_auth = true\n"));
    assert!(widened(workspace, WIDE).0.is_empty(), "a /24");
    let told = widened(workspace, r#"["190.190.190.0/24", "9.9.0.0/16"]"#);
    told.expect(
        "acl",
        &[
            "rises from 1 to 65792",
            "9.9.0.0/16, 190.190.190.0/25, 190.190.190.192/26, and 6 more",
        ],
    );
    widened(workspace, OPEN).expect("acl", &["from 1 to 4294967296"]);
    workspace.apply(&domain(OPEN, "  digest_auth = true\n"));
    assert!(widened(workspace, NARROW).0.is_empty(), "narrower");
    workspace.apply(&domain("[]", "  digest_auth = true\n"));
    widened(workspace, NARROW).expect("acl", &["from 0 to 1.", "190.190.190.190/32"]);
}
