//! Each limit, from each source, in each mode.

use super::{NARROW, OFFICE, WIDE, domain, floor, policy};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(each_limit_of_either_source_stops_a_plan).differing_by_cli(),
        scenario!(each_limit_of_either_source_can_only_warn).differing_by_cli(),
        scenario!(what_keeps_to_the_policy_is_applied),
        scenario!(the_environment_tightens_and_never_loosens),
        scenario!(every_violation_is_told_in_one_plan).differing_by_cli(),
        scenario!(a_change_is_judged_as_a_new_domain_is),
        scenario!(a_saved_plan_is_judged_where_it_is_applied).differing_by_cli(),
    ]
}

/// A limit that a /24 without TLS breaks.
struct Limit {
    block: &'static str,
    variable: (&'static str, &'static str),
    /// What the message points to, and words of it.
    attribute: &'static str,
    words: &'static str,
}

const LIMITS: [Limit; 3] = [
    Limit {
        block: "    max_addresses = 4",
        variable: ("MAX_ADDRESSES", "4"),
        attribute: "acl",
        words: "admit 256 IPv4 addresses, 252 more than the 4",
    },
    Limit {
        block: "    allowed = [\"190.190.190.0/25\"]",
        variable: ("ALLOWED", " 190.190.190.0/26, 190.190.190.64/26,"),
        attribute: "acl",
        words: "Of the 256 addresses of \"190.190.190.0/24\", 128 are not in",
    },
    Limit {
        block: "    require_tls = true",
        variable: ("REQUIRE_TLS", "true"),
        attribute: "tls",
        words: "must be \"always\"",
    },
];

fn each_limit_of_either_source_stops_a_plan(workspace: &mut Workspace) {
    let office = domain(WIDE, "  tls = \"never\"\n");
    for limit in LIMITS {
        let by_block = format!("{}{office}", policy(limit.block));
        let variable = format!("VONAGE_ACL_{}", limit.variable.0);
        for (configuration, floored, place) in [
            (&by_block, &[][..], "`acl_policy` in the provider block"),
            (&office, &[limit.variable], &variable),
        ] {
            floor(workspace, floored);
            let errors = workspace
                .plan_diagnostics(configuration)
                .of(OFFICE)
                .errors();
            errors.expect(limit.attribute, &[limit.words, place]);
            assert_eq!(errors.0.len(), 1, "{errors:#?}");
        }
    }
    let sent = workspace.sandbox().requests();
    assert!(sent.is_empty(), "something was sent");
}

fn each_limit_of_either_source_can_only_warn(workspace: &mut Workspace) {
    let office = domain(WIDE, "  tls = \"never\"\n");
    for limit in LIMITS {
        let by_block = policy(&format!("    enforcement = \"warning\"\n{}", limit.block));
        let by_block = format!("{by_block}{office}");
        for (configuration, floored) in [
            (&by_block, &[][..]),
            (&office, &[limit.variable, ("ENFORCEMENT", "warning")]),
        ] {
            floor(workspace, floored);
            let said = workspace.plan_diagnostics(configuration).of(OFFICE);
            assert!(said.errors().0.is_empty(), "{said:#?}");
            said.warnings().expect(limit.attribute, &[limit.words]);
        }
    }
    floor(workspace, &[]);
    let all = LIMITS.map(|limit| limit.block).join("\n");
    let lenient = policy(&format!("    enforcement = \"warning\"\n{all}"));
    workspace.apply(&format!("{lenient}{office}"));
}

fn what_keeps_to_the_policy_is_applied(workspace: &mut Workspace) {
    let all = "    max_addresses = 256\n    allowed = [\"190.190.190.0/25\", \"190.190.190.128/25\"]\n    require_tls = true";
    floor(
        workspace,
        &[("MAX_ADDRESSES", "256"), ("ALLOWED", "190.190.0.0/16")],
    );
    workspace.apply(&format!(
        "{}{}",
        policy(all),
        domain(WIDE, "  tls = \"always\"\n")
    ));
    let plan = workspace.run(&["plan", "-no-color"]);
    assert!(!plan.text().contains("acl_policy"), "{}", plan.text());
    workspace.destroy();
}

fn the_environment_tightens_and_never_loosens(workspace: &mut Workspace) {
    let office = domain(WIDE, "  tls = \"never\"\n");
    let with = |lines: &str| format!("{}{office}", policy(lines));
    for (block, limits, is_stopped) in [
        // The lower limit counts, whosever it is.
        (
            "    max_addresses = 256",
            &[("MAX_ADDRESSES", "255")][..],
            true,
        ),
        ("    max_addresses = 255", &[("MAX_ADDRESSES", "256")], true),
        (
            "    max_addresses = 256",
            &[("MAX_ADDRESSES", "256")],
            false,
        ),
        // An entry lies in both lists.
        (
            "    allowed = [\"0.0.0.0/0\"]",
            &[("ALLOWED", "190.190.190.0/25")],
            true,
        ),
        (
            "    allowed = [\"190.190.190.0/25\"]",
            &[("ALLOWED", "0.0.0.0/0")],
            true,
        ),
        (
            "    allowed = [\"190.190.0.0/16\"]",
            &[("ALLOWED", "190.190.190.0/24")],
            false,
        ),
        ("    require_tls = false", &[("REQUIRE_TLS", "true")], true),
        ("    require_tls = true", &[("REQUIRE_TLS", "false")], true),
        // The block's word does not make the environment's limits laxer, and neither does the environment's for the block's.
        (
            "    enforcement = \"warning\"",
            &[("MAX_ADDRESSES", "1")],
            true,
        ),
        ("    max_addresses = 1", &[("ENFORCEMENT", "warning")], true),
        (
            "    max_addresses = 1\n    enforcement = \"warning\"",
            &[("ENFORCEMENT", "error")],
            true,
        ),
        (
            "    enforcement = \"error\"",
            &[("MAX_ADDRESSES", "1"), ("ENFORCEMENT", "warning")],
            false,
        ),
    ] {
        floor(workspace, limits);
        let errors = workspace.plan_diagnostics(&with(block)).errors();
        assert_eq!(
            !errors.0.is_empty(),
            is_stopped,
            "{block} {limits:?}: {errors:#?}"
        );
    }
}

fn every_violation_is_told_in_one_plan(workspace: &mut Workspace) {
    let all = LIMITS.map(|limit| limit.block).join("\n");
    let acl = r#"["190.190.190.0/24", "9.9.9.9", "8.8.8.0/24", "190.190.190.7"]"#;
    let configuration = format!("{}{}", policy(&all), domain(acl, ""));
    let errors = workspace
        .plan_diagnostics(&configuration)
        .of(OFFICE)
        .errors();
    assert_eq!(errors.0.len(), 5, "{errors:#?}");
    errors.expect("acl", &["admit 513 IPv4 addresses"]);
    errors.expect("acl", &["\"9.9.9.9\" is not in"]);
    errors.expect(
        "acl",
        &["None of the 256 addresses of \"8.8.8.0/24\" is in"],
    );
    // The default of `tls` breaks it, too, and has no line.
    errors.expect("", &["`require_tls`"]);
    // `validate` judges nothing.
    assert!(workspace.validate(&configuration).errors().0.is_empty());
}

fn a_change_is_judged_as_a_new_domain_is(workspace: &mut Workspace) {
    let limited = policy("    max_addresses = 4");
    workspace.apply(&format!("{limited}{}", domain(NARROW, "")));
    let output = workspace.apply_failing(&format!("{limited}{}", domain(WIDE, "")));
    assert!(
        output.text().contains("252 more than the 4"),
        "{}",
        output.text()
    );
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}

fn a_saved_plan_is_judged_where_it_is_applied(workspace: &mut Workspace) {
    workspace.write("main.tf", &domain(WIDE, ""));
    workspace.plan(&[]);
    floor(workspace, &[("MAX_ADDRESSES", "4")]);
    let output = workspace.run(&["apply", "-no-color", "plan.bin"]);
    let output = output.expect_code(1, "the policy does not admit it");
    let text = output.text();
    assert!(text.contains("VONAGE_ACL_MAX_ADDRESSES"), "{text}");
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
}
