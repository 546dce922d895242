//! Imports: what exists becomes Terraform's to manage, and nothing changes by it.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_import_by_command_is_a_no_op)
            .differing_by_cli()
            .also_restarting(),
        scenario!(an_import_by_block_is_a_no_op)
            .differing_by_cli()
            .since(Some("1.5"), Some("1.6")),
        scenario!(an_import_by_identity_is_a_no_op)
            .differing_by_cli()
            .since(Some("1.12"), Some("1.12")),
        scenario!(a_stored_acl_that_we_would_refuse_is_imported_and_shown),
        scenario!(an_import_of_nothing_says_so).differing_by_cli(),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// Domains as the API may hold them, with the configuration that a user would write for each.
fn existing() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        (
            "plain-1",
            json!({ "acl": ["190.190.190.190"] }),
            "acl = [\"190.190.190.190\"]",
        ),
        (
            "spelled-2",
            json!({ "acl": ["190.190.190.190/32", "180.180.180.180/30"] }),
            "acl = [\"180.180.180.180/30\", \"190.190.190.190\"]",
        ),
        (
            "strict-3",
            json!({ "acl": ["190.190.190.190"], "tls": "always", "srtp": "never", "digest_auth": true }),
            "acl = [\"190.190.190.190\"]\ntls = \"always\"\nsrtp = \"never\"\ndigest_auth = true",
        ),
        (
            "upper-4",
            json!({ "acl": [], "digest_auth": true, "trunk_name": "T" }),
            "acl = []\ndigest_auth = true",
        ),
    ]
}

fn label(name: &str) -> String {
    name.replace('-', "_")
}

fn configuration() -> String {
    let resource = |(name, _, lines): &(&str, Value, &str)| {
        let label = label(name);
        // One is written in another case than the API has it, as the name is in host names.
        let name = name.replace("upper", "Upper");
        format!(
            "resource \"vonage_sip_domain\" \"{label}\" {{\n  name = \"{name}\"\n  application_id = \"{APPLICATION}\"\n{lines}\n}}\n"
        )
    };
    existing().iter().map(resource).collect()
}

fn add_existing(workspace: &mut Workspace) {
    for (name, mut domain, _) in existing() {
        domain["name"] = name.into();
        domain["application_id"] = APPLICATION.into();
        for (field, default) in [
            ("tls", json!("optional")),
            ("srtp", json!("optional")),
            ("digest_auth", json!(false)),
            ("domain_type", json!("app")),
        ] {
            if domain.get(field).is_none() {
                domain[field] = default;
            }
        }
        workspace.sandbox().add(domain);
    }
}

fn an_import_by_command_is_a_no_op(workspace: &mut Workspace) {
    add_existing(workspace);
    workspace.write("main.tf", &configuration());
    for (name, _, _) in existing() {
        let address = format!("vonage_sip_domain.{}", label(name));
        workspace
            .run(&["import", "-no-color", &address, name])
            .expect_code(0, "imported");
    }
    workspace.sandbox().forget_requests();
    workspace.assert_settled();
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}

fn an_import_by_block_is_a_no_op(workspace: &mut Workspace) {
    import_all(workspace, |name| format!("id = \"{name}\""));
}

fn an_import_by_identity_is_a_no_op(workspace: &mut Workspace) {
    import_all(workspace, |name| {
        format!("identity = {{\n    name = \"{name}\"\n  }}")
    });
    workspace
        .run(&["state", "rm", "vonage_sip_domain.plain_1"])
        .expect_code(0, "forgotten");
    let wrong = "import {\n  to = vonage_sip_domain.plain_1\n  identity = {\n    name = \"plain/1\"\n  }\n}\n";
    let errors = workspace.plan_diagnostics(&format!("{}{wrong}", configuration()));
    errors
        .errors()
        .expect("", &["Invalid import ID", "\"plain/1\""]);
}

/// Imports all domains with blocks that name each in this way.
fn import_all(workspace: &mut Workspace, naming: impl Fn(&str) -> String) {
    add_existing(workspace);
    let block = |name: &str| {
        format!(
            "import {{\n  to = vonage_sip_domain.{}\n  {}\n}}\n",
            label(name),
            naming(name)
        )
    };
    let blocks: String = existing().iter().map(|(name, _, _)| block(name)).collect();
    let addresses: Vec<_> = existing()
        .iter()
        .map(|(name, _, _)| format!("vonage_sip_domain.{}", label(name)))
        .collect();
    let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
    workspace.import_by_block(&format!("{}{blocks}", configuration()), &addresses);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}

fn a_stored_acl_that_we_would_refuse_is_imported_and_shown(workspace: &mut Workspace) {
    let acl = json!(["10.1.2.3/24", "010.0.0.1", "sip.example.com"]);
    workspace
        .sandbox()
        .add(json!({ "name": "odd-one", "application_id": APPLICATION, "acl": acl }));
    let configuration = format!(
        "resource \"vonage_sip_domain\" \"odd\" {{\n  name = \"odd-one\"\n  application_id = \"{APPLICATION}\"\n  acl = [\"10.1.2.0/24\"]\n}}\n"
    );
    workspace.write("main.tf", &configuration);
    workspace
        .run(&["import", "-no-color", "vonage_sip_domain.odd", "odd-one"])
        .expect_code(0, "imported");
    let plan = workspace.plan(&[]);
    assert_eq!(plan.changed("vonage_sip_domain.odd"), ["acl"]);
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().domain("odd-one").unwrap()["acl"],
        json!(["10.1.2.0/24"])
    );
}

fn an_import_of_nothing_says_so(workspace: &mut Workspace) {
    workspace.write("main.tf", &configuration());
    let missing = workspace
        .run(&[
            "import",
            "-no-color",
            "vonage_sip_domain.plain_1",
            "plain-1",
        ])
        .expect_code(1, "refused");
    assert!(
        missing.text().contains("non-existent remote object"),
        "{}",
        missing.text()
    );
    for id in [
        "",
        "four",
        "a/b/c",
        "office/",
        "100%",
        "two\nlines",
        &"x".repeat(10_000),
    ] {
        let refused = workspace.run(&["import", "-no-color", "vonage_sip_domain.plain_1", id]);
        let text = refused.expect_code(1, "refused").text();
        assert!(
            id.is_empty() || text.contains("Invalid import ID"),
            "{id:?}: {text}"
        );
    }
    assert_eq!(
        workspace.sandbox().count("PUT") + workspace.sandbox().count("POST"),
        0
    );
}
