//! `ignore_changes`: the CLI puts the state's values into the configuration that the provider sees, and nobody wrote those.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_ignored_value_that_we_would_refuse_blocks_nothing).differing_by_cli(),
        scenario!(what_is_written_is_checked_beside_what_is_ignored),
        scenario!(a_user_that_ignores_all_changes_is_planned_and_destroyed)
            .since(Some("1.11"), Some("1.11")),
        scenario!(an_ignored_secret_makes_way_for_a_write_only_one)
            .differing_by_cli()
            .since(Some("1.11"), Some("1.11")),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";

/// The domain, with `acl`, `tls` and what is ignored of them.
fn office(tls: &str, ignored: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
         acl = [\"190.190.190.190\"]\n  tls = \"{tls}\"\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n"
    )
}

fn an_ignored_value_that_we_would_refuse_blocks_nothing(workspace: &mut Workspace) {
    for (ignored, held) in [
        (
            "[acl]",
            json!({ "acl": ["10.1.2.3/24", "10.1.2.0/24", "10.1.2.0/24"] }),
        ),
        ("[tls]", json!({ "tls": "a word of the future" })),
        (
            "all",
            json!({ "acl": ["10.1.2.3/24"], "srtp": "a word of the future" }),
        ),
    ] {
        workspace.apply(&office("optional", ignored));
        workspace.out_of_band().edit("office", held.clone());
        // The state takes over what the account has; the plan is empty then.
        workspace.apply_as_is(&[]);
        // Another change is applied beside it, and the account keeps what it has.
        let changed = office("optional", ignored).replace("tls =", "force_destroy = true\n  tls =");
        workspace.apply(&changed);
        let domain = workspace.sandbox().domain("office").unwrap();
        for (attribute, value) in held.as_object().unwrap() {
            assert_eq!(&domain[attribute], value, "{ignored}");
        }
        workspace.destroy();
    }
}

fn what_is_written_is_checked_beside_what_is_ignored(workspace: &mut Workspace) {
    workspace.apply(&office("optional", "[acl]"));
    let acl = json!(["10.1.2.3/24"]);
    workspace
        .out_of_band()
        .edit("office", json!({ "acl": acl }));
    workspace.apply_as_is(&[]);
    workspace.sandbox().forget_requests();
    let errors = workspace
        .plan_diagnostics(&office("allways", "[acl]"))
        .errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    errors.of(OFFICE).expect("tls", &["Invalid tls"]);
    // A change of `tls` alone goes beside the ignored list.
    workspace.apply(&office("always", "[acl]"));
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!((&domain["acl"], &domain["tls"]), (&acl, &json!("always")));
}

const ALICE: &str = "vonage_sip_domain_user.alice";

fn alice(secret: &str, ignored: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  acl = []\n  \
         digest_auth = true\n}}\n\
         resource \"vonage_sip_domain_user\" \"alice\" {{\n  domain = vonage_sip_domain.office.name\n  key = \"alice\"\n\
         {secret}  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n"
    )
}

fn a_user_that_ignores_all_changes_is_planned_and_destroyed(workspace: &mut Workspace) {
    for secret in [
        "  secret_wo = \"Wonderland-1\"\n",
        "  secret_wo = \"Wonderland-1\"\n  secret_wo_version = 1\n",
        "  secret = \"Wonderland-1\"\n",
    ] {
        workspace.apply(&alice(secret, "all"));
        let changed = alice(secret, "all").replace("Wonderland-1", "Wonderland-2");
        workspace.sandbox().forget_requests();
        workspace.apply(&changed.replace("version = 1", "version = 2"));
        assert_eq!(workspace.sandbox().writes(), [""; 0]);
        workspace.destroy();
    }
}

fn an_ignored_secret_makes_way_for_a_write_only_one(workspace: &mut Workspace) {
    workspace.apply(&alice("  secret = \"Wonderland-1\"\n", "[secret]"));
    let write_only = "  secret_wo = \"Wonderland-2\"\n  secret_wo_version = 1\n";
    workspace.apply(&alice(write_only, "[secret]"));
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-2"
    );
    assert_eq!(workspace.state().values(ALICE)["secret_wo_version"], 1);
}
