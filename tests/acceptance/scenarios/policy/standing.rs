//! What stands unchanged only warns: no plan, import or destroy is stopped by it, and nothing is shown as a change.

use super::{NARROW, OFFICE, OPEN, WIDE, domain, floor, policy};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_domain_that_stands_against_the_policy_warns_and_plans_empty).differing_by_cli(),
        scenario!(a_domain_that_stands_against_the_policy_can_be_destroyed).differing_by_cli(),
        scenario!(an_import_against_the_policy_is_a_no_op)
            .since(Some("1.5"), Some("1.6"))
            .differing_by_cli(),
        scenario!(what_ignore_changes_keeps_is_not_refused).differing_by_cli(),
        scenario!(an_open_account_comes_under_a_policy_step_by_step),
    ]
}

const STRICT: &str =
    "    max_addresses = 4\n    allowed = [\"9.9.9.0/24\"]\n    require_tls = true";

fn a_domain_that_stands_against_the_policy_warns_and_plans_empty(workspace: &mut Workspace) {
    let office = domain(WIDE, "");
    workspace.apply(&office);
    let judged = format!("{}{office}", policy(STRICT));
    floor(
        workspace,
        &[("MAX_ADDRESSES", "1"), ("ENFORCEMENT", "error")],
    );
    let warnings = workspace.plan_diagnostics(&judged).of(OFFICE);
    assert!(warnings.errors().0.is_empty(), "{warnings:#?}");
    assert_eq!(warnings.warnings().0.len(), 3, "{warnings:#?}");
    warnings.expect("acl", &["VONAGE_ACL_MAX_ADDRESSES", "It stands as it was"]);
    // The plans after it are empty, and nothing is sent.
    workspace.sandbox().forget_requests();
    workspace.apply(&judged);
    // Another attribute may change; `tls` is judged by itself.
    let changed = judged.replace("acl =", "srtp = \"always\"\n  acl =");
    workspace.apply(&changed);
    let secured = changed.replace("acl =", "tls = \"always\"\n  acl =");
    workspace.apply(&secured);
    let lowered = secured.replace("\"always\"\n  acl", "\"optional\"\n  acl");
    let errors = workspace.plan_diagnostics(&lowered).of(OFFICE).errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    errors.expect("tls", &["`require_tls`"]);
}

fn a_domain_that_stands_against_the_policy_can_be_destroyed(workspace: &mut Workspace) {
    let office = domain(OPEN, "");
    workspace.apply(&office);
    floor(
        workspace,
        &[("ALLOWED", "9.9.9.9"), ("REQUIRE_TLS", "true")],
    );
    workspace.write("main.tf", &format!("{}{office}", policy(STRICT)));
    workspace.destroy();
}

fn an_import_against_the_policy_is_a_no_op(workspace: &mut Workspace) {
    let office = domain(OPEN, "");
    workspace.apply(&office);
    workspace
        .run(&["state", "rm", OFFICE])
        .expect_code(0, "forgotten");
    let import = format!("import {{\n  to = {OFFICE}\n  id = \"office\"\n}}\n");
    workspace.import_by_block(&format!("{}{office}{import}", policy(STRICT)), &[OFFICE]);
}

fn what_ignore_changes_keeps_is_not_refused(workspace: &mut Workspace) {
    let ignoring = "  lifecycle {\n    ignore_changes = [acl, tls]\n  }\n";
    workspace.apply(&domain(WIDE, ignoring));
    workspace.apply(&format!("{}{}", policy(STRICT), domain(OPEN, ignoring)));
}

fn an_open_account_comes_under_a_policy_step_by_step(workspace: &mut Workspace) {
    workspace.apply(&domain(OPEN, ""));
    // First seen, then narrowed while that only warns, then enforced.
    let watched = policy("    enforcement = \"warning\"\n    max_addresses = 4");
    let warnings = workspace.plan_diagnostics(&format!("{watched}{}", domain(OPEN, "")));
    warnings
        .warnings()
        .expect("acl", &["4294967292 more than the 4"]);
    workspace.apply(&format!("{watched}{}", domain(WIDE, "")));
    workspace.apply(&format!("{watched}{}", domain(NARROW, "")));
    let enforced = policy("    max_addresses = 4");
    workspace.apply(&format!("{enforced}{}", domain(NARROW, "")));
    let errors = workspace
        .plan_diagnostics(&format!("{enforced}{}", domain(WIDE, "")))
        .errors();
    errors.expect("acl", &["252 more than the 4"]);
}
