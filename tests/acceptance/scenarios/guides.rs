//! What guides lead people through, done step by step: nobody is locked out on the way.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(credentials_are_rotated_without_an_outage).since(Some("1.11"), Some("1.11")),
        scenario!(a_carriers_new_ranges_lock_nobody_out).since(Some("1.8"), Some("1.7")),
        scenario!(users_are_replaced_with_their_domain_alone)
            .differing_by_cli()
            .since(Some("1.11"), Some("1.11")),
    ]
}

fn credentials_are_rotated_without_an_outage(workspace: &mut Workspace) {
    workspace.remove("versions.tf");
    workspace.write_example("rotate-credentials");
    let [first, second] = [("pbx-1", "First-Secret-1"), ("pbx-2", "Second-Secret-2")];
    for (generations, secrets, users) in [
        (r#"["1"]"#, json!({ "1": first.1 }), vec![first]),
        (
            r#"["1", "2"]"#,
            json!({ "1": first.1, "2": second.1 }),
            vec![first, second],
        ),
        (r#"["2"]"#, json!({ "2": second.1 }), vec![second]),
    ] {
        workspace.set_variable("TF_VAR_generations", Some(generations));
        workspace.set_variable("TF_VAR_pbx_secrets", Some(&secrets.to_string()));
        workspace.apply_as_is(&[]);
        let there = workspace.sandbox().secrets("example-rotation");
        let there: Vec<_> = there
            .iter()
            .map(|(key, secret)| (key.as_str(), secret.as_str()))
            .collect();
        assert_eq!(there, users);
    }
    // No user was changed on the way, and no state knows a secret.
    assert_eq!(workspace.sandbox().count("PUT"), 0);
    for file in ["terraform.tfstate", "terraform.tfstate.backup"] {
        let state = workspace.read(file);
        assert!(!state.contains(first.1) && !state.contains(second.1));
    }
    workspace.destroy();
}

/// `replace_triggered_by` as the page of users shows it.
fn users_are_replaced_with_their_domain_alone(workspace: &mut Workspace) {
    const USER: &str = "vonage_sip_domain_user.reception";
    workspace.write_example("resources/vonage_sip_domain_user");
    for import in ["import-by-identity.tf", "import-by-string-id.tf"] {
        workspace.remove(import);
    }
    workspace.set_variable("TF_VAR_reception_secret", Some("Reception-Secret-1"));
    workspace.apply_as_is(&[]);
    let main = workspace.read("resource.tf");
    let with = |from: &str, to: &str| {
        let changed = main.replace(from, to);
        assert_ne!(changed, main);
        changed
    };

    workspace.write("resource.tf", &with("[]\n", "[\"190.190.190.190\"]\n"));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions("vonage_sip_domain.phones"), ["update"]);
    assert_eq!(plan.actions(USER), ["no-op"]);
    workspace.apply_as_is(&[]);
    assert_eq!(workspace.sandbox().count("DELETE"), 0);

    let trunk = "[]\n  domain_type = \"trunk\"\n";
    workspace.write("resource.tf", &with("[]\n", trunk));
    assert_eq!(workspace.plan(&[]).actions(USER), ["delete", "create"]);
    workspace.apply_as_is(&[]);
    let users = workspace.sandbox().secrets("yourcompany-phones");
    assert_eq!(users["reception"], "Reception-Secret-1");
    workspace.destroy();
}

const OLD: [&str; 2] = ["180.180.180.180/30", "180.180.180.184/29"];
const NEW: &str = "204.10.0.0/24";
const BACKUP: &str = "190.190.190.190";

/// Who may call a domain, sorted.
fn acl(workspace: &mut Workspace, domain: &str) -> Vec<String> {
    let domain = workspace.sandbox().domain(domain).unwrap();
    let entries = domain["acl"].as_array().unwrap().iter();
    let mut entries: Vec<_> = entries
        .map(|entry| entry.as_str().unwrap().to_owned())
        .collect();
    entries.sort_unstable();
    entries
}

fn a_carriers_new_ranges_lock_nobody_out(workspace: &mut Workspace) {
    workspace.remove("versions.tf");
    workspace.write_example("carrier-ranges");
    workspace.apply_as_is(&[]);
    let old = [OLD[0], OLD[1], BACKUP];
    let both = [OLD[0], OLD[1], BACKUP, NEW];

    let carriers = json!({ "primary": OLD, "primary-next": [NEW], "backup": [BACKUP] });
    workspace.set_variable("TF_VAR_carriers", Some(&carriers.to_string()));
    for (production, expected) in [
        (json!(["primary", "backup"]), &old[..]),
        (json!(["primary", "primary-next", "backup"]), &both[..]),
    ] {
        let staging = ["primary", "primary-next", "backup"];
        let domains = json!({ "example-staging": staging, "example-production": production });
        workspace.set_variable("TF_VAR_domains", Some(&domains.to_string()));
        workspace.apply_as_is(&[]);
        assert_eq!(acl(workspace, "example-staging"), both);
        assert_eq!(acl(workspace, "example-production"), expected);
    }

    // Too early: calls still come from the old ranges.
    let carriers = json!({ "primary": [NEW], "backup": [BACKUP] });
    workspace.set_variable("TF_VAR_carriers", Some(&carriers.to_string()));
    workspace.set_variable("TF_VAR_domains", None);
    workspace.set_variable("TF_VAR_retired", Some(&json!(OLD).to_string()));
    let writes = workspace.sandbox().writes().len();
    let main = workspace.read("main.tf");
    let refused = workspace.apply_failing(&main).text();
    let words = "could no longer call example-production: 180.180.180.182";
    assert!(refused.contains(words), "{refused}");
    assert_eq!(workspace.sandbox().writes().len(), writes);

    let by_now = json!(["204.10.0.7", BACKUP]).to_string();
    workspace.set_variable("TF_VAR_must_get_through", Some(&by_now));
    workspace.apply_as_is(&[]);
    for domain in ["example-staging", "example-production"] {
        assert_eq!(acl(workspace, domain), [BACKUP, NEW]);
    }

    // A wider prefix brings the old ranges back in.
    let carriers = json!({ "primary": [NEW], "backup": [BACKUP, "180.180.180.176/28"] });
    workspace.set_variable("TF_VAR_carriers", Some(&carriers.to_string()));
    let warned = workspace.plan(&[]).text;
    assert!(warned.contains("no longer uses may still call"), "{warned}");
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}
