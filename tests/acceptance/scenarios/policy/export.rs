//! `export` marks what the present policy does not admit.

use super::{NARROW, OPEN, domain, floor};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(an_export_marks_what_is_against_the_policy).since(Some("1.5"), Some("1.6"))]
}

const FILE: &str = "existing.tf";

fn an_export_marks_what_is_against_the_policy(workspace: &mut Workspace) {
    let other = domain(NARROW, "").replace("office", "branch");
    workspace.apply(&format!("{}{other}", domain(OPEN, "")));
    workspace.remove("main.tf");
    workspace.remove("terraform.tfstate");
    floor(
        workspace,
        &[("MAX_ADDRESSES", "4"), ("ENFORCEMENT", "warning")],
    );
    let output = workspace
        .run_provider(&["export", "--output", FILE])
        .expect_code(0, "exported");
    let mark = "vonage_sip_domain.office: ACL wider than the policy allows: The entries together admit 4294967296 IPv4 addresses";
    assert!(output.stderr.contains(mark), "{}", output.stderr);
    assert!(!output.stderr.contains("branch"), "{}", output.stderr);
    let exported = workspace.read(FILE);
    let marked = "# This is against the ACL policy. ACL wider than the policy allows:";
    assert_eq!(exported.matches(marked).count(), 1, "{exported}");
    // What is marked imports all the same, also where the policy is enforced.
    floor(workspace, &[("MAX_ADDRESSES", "4")]);
    workspace.apply_as_is(&[]);
}
