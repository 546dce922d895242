//! Values that are known only after something else is applied, and objects that went away meanwhile.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // `terraform_data` is what makes values unknown here, and is that old.
    let since = |scenario: Scenario| scenario.since(Some("1.4"), Some("1.6"));
    vec![
        since(scenario!(unknown_attributes_are_planned_and_then_applied).differing_by_cli()),
        since(scenario!(
            an_unknown_value_that_turns_out_wrong_sends_nothing
        )),
        since(
            scenario!(an_unknown_provider_configuration_does_not_fail_the_plan)
                .differing_by_cli()
                .at_one_address(),
        ),
        scenario!(what_the_refresh_finds_gone_needs_no_destruction),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";
const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// Something whose `output` is unknown until it is made.
fn later(label: &str, value: &str) -> String {
    format!("resource \"terraform_data\" \"{label}\" {{\n  input = {value}\n}}\n")
}

fn office(name: &str, application: &str, acl: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = {name}\n  application_id = {application}\n  acl = {acl}\n}}\n"
    )
}

fn unknown_attributes_are_planned_and_then_applied(workspace: &mut Workspace) {
    let configuration = format!(
        "{}{}{}{}",
        later("name", "\"office\""),
        later("application", &format!("\"{APPLICATION}\"")),
        later("address", "\"190.190.190.190\""),
        office(
            "terraform_data.name.output",
            "terraform_data.application.output",
            "[\"180.180.180.180/30\", terraform_data.address.output]",
        ),
    );
    workspace.write("main.tf", &configuration);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["create"]);
    let unknown = plan.unknown(OFFICE);
    for attribute in ["name", "id", "regional_hosts", "application_id"] {
        assert_eq!(unknown[attribute], true, "{attribute} should be unknown");
    }
    // Defaults are known at once; nothing of the API's own is waited for.
    for attribute in ["tls", "srtp", "digest_auth", "domain_type", "force_destroy"] {
        assert_eq!(unknown.get(attribute), None, "{attribute} should be known");
    }
    workspace.apply_as_is(&[]);
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain["application_id"], APPLICATION);
    assert_eq!(domain["acl"].as_array().unwrap().len(), 2);
    // The whole list, and in an update of what exists.
    let changed = configuration.replace(
        "[\"180.180.180.180/30\", terraform_data.address.output]",
        "terraform_data.list.output",
    );
    workspace.apply(&format!(
        "{changed}{}",
        later("list", "[\"190.190.190.191\"]")
    ));
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain["acl"], json!(["190.190.190.191"]));
}

fn an_unknown_value_that_turns_out_wrong_sends_nothing(workspace: &mut Workspace) {
    let configuration = format!(
        "{}{}",
        later("address", "\"10.1.2.3/24\""),
        office(
            "\"office\"",
            &format!("\"{APPLICATION}\""),
            "[terraform_data.address.output]"
        ),
    );
    workspace.write("main.tf", &configuration);
    assert_eq!(workspace.plan(&[]).actions(OFFICE), ["create"]);
    let output = workspace.run(&["apply", "-auto-approve", "-json"]);
    assert_eq!(output.code, Some(1), "the entry is wrong");
    workspace
        .streamed_diagnostics(&output.stdout)
        .of(OFFICE)
        .errors()
        .expect("acl", &["10.1.2.3/24", "write \"10.1.2.0/24\""]);
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
}

fn an_unknown_provider_configuration_does_not_fail_the_plan(workspace: &mut Workspace) {
    let url = workspace.sandbox().environment()[0].1.clone();
    // What the configuration says must be what is used.
    workspace.set_variable("VONAGE_BASE_URL", Some("http://127.0.0.1:9"));
    let configuration = format!(
        "{}{}{}",
        later("url", &format!("\"{url}\"")),
        "provider \"vonage\" {\n  base_url = terraform_data.url.output\n}\n",
        office(
            "\"office\"",
            &format!("\"{APPLICATION}\""),
            "[\"190.190.190.190\"]"
        ),
    );
    workspace.write("main.tf", &configuration);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["create"]);
    assert_eq!(
        plan.after(OFFICE)["regional_hosts"]["us"],
        "office.sip-us.nexmo.com"
    );
    assert!(workspace.sandbox().requests().is_empty());
    workspace.apply_as_is(&[]);
    assert!(workspace.sandbox().domain("office").is_some());
    // A refresh while the configuration is unknown again keeps the state as it is.
    let replaced = workspace.plan(&["-replace=terraform_data.url"]);
    assert_eq!(replaced.actions(OFFICE), ["no-op"]);
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn what_the_refresh_finds_gone_needs_no_destruction(workspace: &mut Workspace) {
    let application = format!("\"{APPLICATION}\"");
    workspace.apply(&office("\"office\"", &application, "[\"190.190.190.190\"]"));
    workspace.out_of_band().remove("office");
    workspace.destroy();
    assert_eq!(workspace.sandbox().count("DELETE"), 0);
}
