//! The life of a domain: made, changed, replaced, destroyed.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(a_domain_lives_from_create_to_destroy).also_restarting()]
}

fn a_domain_lives_from_create_to_destroy(workspace: &mut Workspace) {
    workspace.apply(
        r#"
resource "vonage_sip_domain" "office" {
  name           = "office"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = ["180.180.180.180/30", "190.190.190.190"]
}
"#,
    );
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<serde_json::Value>::new());
}
