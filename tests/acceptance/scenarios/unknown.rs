//! Values that only an apply makes known, in resources and in the provider's own configuration.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // `terraform_data` is the smallest resource whose result is not known before it is made.
    vec![
        scenario!(values_that_are_unknown_in_the_plan_are_known_after_the_apply)
            .since(Some("1.4"), Some("1.6")),
        scenario!(a_provider_configured_with_unknown_values_does_not_fail_the_plan)
            .since(Some("1.4"), Some("1.6")),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
const OFFICE: &str = "vonage_sip_domain.office";

fn values_that_are_unknown_in_the_plan_are_known_after_the_apply(workspace: &mut Workspace) {
    let configuration = format!(
        r#"
resource "terraform_data" "late" {{
  input = {{ name = "office", application = "{APPLICATION}", entry = "190.190.190.190", tls = "always" }}
}}
resource "vonage_sip_domain" "office" {{
  name           = terraform_data.late.output.name
  application_id = terraform_data.late.output.application
  acl            = ["180.180.180.180/30", terraform_data.late.output.entry]
  tls            = terraform_data.late.output.tls
}}
output "host" {{
  value = vonage_sip_domain.office.regional_hosts["eu"]
}}
"#
    );
    workspace.write("main.tf", &configuration);
    let plan = workspace.plan(&[]);
    let unknown = plan.unknown(OFFICE);
    for attribute in ["name", "id", "regional_hosts", "application_id", "tls"] {
        assert_eq!(unknown[attribute], true, "{attribute}");
    }
    assert_eq!(
        plan.after(OFFICE)["srtp"],
        "optional",
        "what is known stays known"
    );
    workspace.apply_as_is(&[]);
    assert_eq!(workspace.state().output("host"), "office.sip-eu.nexmo.com");
    assert_eq!(
        workspace.sandbox().domain("office").unwrap()["acl"],
        json!(["180.180.180.180/30", "190.190.190.190"])
    );
    workspace.destroy();
}

fn a_provider_configured_with_unknown_values_does_not_fail_the_plan(workspace: &mut Workspace) {
    let configuration = |input: &str| {
        format!(
            r#"
resource "terraform_data" "late" {{
  input = "{input}"
}}
provider "vonage" {{
  request_timeout = terraform_data.late.output
  sip_base_domain = "vonage.com"
}}
resource "vonage_sip_domain" "office" {{
  name           = "office"
  application_id = "{APPLICATION}"
  acl            = ["190.190.190.190"]
}}
"#
        )
    };
    workspace.write("main.tf", &configuration("20s"));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["create"]);
    assert_eq!(
        plan.after(OFFICE)["regional_hosts"]["eu"],
        "office.sip-eu.vonage.com"
    );
    workspace.apply_as_is(&[]);
    // Now the domain exists, and cannot be read while the plan is made.
    workspace.write("main.tf", &configuration("25s"));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["no-op"]);
    assert!(
        plan.text.contains("SIP domain not refreshed"),
        "{}",
        plan.text
    );
    workspace.apply_as_is(&[]);
    workspace.destroy();
}
