//! A policy that is wrong, or a floor that cannot be read, is an error of the provider block; other slips are warnings.

use super::{NARROW, domain, floor, policy};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(each_mistake_of_a_policy_points_to_its_attribute).differing_by_cli(),
        scenario!(a_floor_that_cannot_be_read_names_its_variable).differing_by_cli(),
        scenario!(a_policy_that_contradicts_itself_is_refused).differing_by_cli(),
        scenario!(slips_beside_the_acl_warn).differing_by_cli(),
    ]
}

fn each_mistake_of_a_policy_points_to_its_attribute(workspace: &mut Workspace) {
    for (lines, attribute, words) in [
        ("    max_addresses = 0", "max_addresses", "is \"0\""),
        ("    max_addresses = -1", "max_addresses", "is \"-1\""),
        ("    max_addresses = 1.5", "max_addresses", "is \"1.5\""),
        (
            "    max_addresses = pow(2, 32)",
            "max_addresses",
            "from 1 to 4294967295",
        ),
        (
            "    allowed = [\"190.190.190.7/24\"]",
            "allowed",
            "\"190.190.190.0/24\"",
        ),
        ("    allowed = [null]", "allowed", "null element"),
        (
            "    enforcement = \"strict\"",
            "enforcement",
            "`error` or `warning`",
        ),
    ] {
        let errors = workspace
            .complaints(&format!("{}{}", policy(lines), domain(NARROW, "")))
            .of("provider.vonage")
            .errors();
        assert_eq!(errors.0.len(), 1, "{lines}: {errors:#?}");
        errors.expect(attribute, &[words]);
    }
    let fine = "    max_addresses = 4294967295\n    allowed = [\"9.9.9.9\", \"9.9.9.9/32\", \"2a00::/16\"]";
    for lines in [fine, "    allowed = []", ""] {
        let found = workspace.validate(&format!("{}{}", policy(lines), domain(NARROW, "")));
        assert!(found.errors().0.is_empty(), "{found:#?}");
    }
}

fn a_floor_that_cannot_be_read_names_its_variable(workspace: &mut Workspace) {
    let office = format!("provider \"vonage\" {{}}\n{}", domain(NARROW, ""));
    for (name, value) in [
        ("ALLOWED", "190.190.190.7/24"),
        ("ALLOWED", " , "),
        ("ENFORCEMENT", "off"),
        ("MAX_ADDRESSES", "many"),
        ("REQUIRE_TLS", "yes"),
    ] {
        floor(workspace, &[(name, value)]);
        let errors = workspace.plan_diagnostics(&office).errors();
        assert_eq!(errors.0.len(), 1, "{name}: {errors:#?}");
        let variable = format!("VONAGE_ACL_{name}");
        let text = format!("{} {}", errors.0[0].summary, errors.0[0].detail);
        assert!(text.contains(&variable), "{text}");
        // `validate` does not look at the environment.
        assert!(workspace.validate(&office).errors().0.is_empty());
    }
    floor(workspace, &[("ALLOWED", ""), ("MAX_ADDRESSES", "")]);
    workspace.apply(&office);
}

fn a_policy_that_contradicts_itself_is_refused(workspace: &mut Workspace) {
    floor(workspace, &[("ALLOWED", "9.9.9.9, 2a00::/16")]);
    let limited = policy("    allowed = [\"190.190.190.0/24\"]");
    let errors = workspace
        .plan_diagnostics(&format!("{limited}{}", domain(NARROW, "")))
        .errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    errors.expect("allowed", &["no address in common", "VONAGE_ACL_ALLOWED"]);
}

fn slips_beside_the_acl_warn(workspace: &mut Workspace) {
    let provider = "provider \"vonage\" {\n  sip_base_domain = \"sip.example.org\"\n}\n";
    let office = domain(NARROW, "  tls = \"never\"\n  srtp = \"always\"\n")
        .replace("\"office\"\n", "\"-office\"\n");
    let user = "resource \"vonage_sip_domain_user\" \"alice\" {\n  domain = vonage_sip_domain.office.name\n  key = \"alice\"\n  \
                secret = \"Wonderland-12\"\n}\n";
    let configuration = format!("{provider}{office}{user}");
    let warnings = workspace.validate(&configuration);
    assert!(warnings.errors().0.is_empty(), "{warnings:#?}");
    warnings.expect("sip_base_domain", &["sip.example.org", "nexmo.com"]);
    warnings.expect("srtp", &["keys", "plain text"]);
    warnings.expect("name", &["-office", "dash"]);
    let planned = workspace.plan_diagnostics(&configuration).warnings();
    planned.expect("domain", &["cannot authenticate", "digest_auth = false"]);
    let with_digest = configuration.replace("  tls =", "  digest_auth = true\n  tls =");
    let planned = workspace.plan_diagnostics(&with_digest).warnings();
    let is_told = planned
        .0
        .iter()
        .any(|it| it.summary.contains("authenticate"));
    assert!(!is_told, "{planned:#?}");
}
