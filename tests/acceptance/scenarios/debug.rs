//! `--debug`: a provider that runs in a debugger serves one command after the other.

use serde_json::Value;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_debugged_provider_serves_every_command_until_it_is_interrupted)
            .differing_by_cli()
            .at_one_address(),
    ]
}

const OFFICE: &str = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
                      acl = [\"190.190.190.190\"]\n}\n";

fn a_debugged_provider_serves_every_command_until_it_is_interrupted(workspace: &mut Workspace) {
    let debugged = workspace.start_provider(&["--debug"]);
    debugged.wait_for("'\n");
    let line = debugged.written();
    let assignment = line.trim_end().strip_prefix("TF_REATTACH_PROVIDERS='");
    let plugins = assignment.and_then(|rest| rest.strip_suffix('\'')).unwrap();
    // A provider that the CLI started by itself would find no API.
    workspace.set_variable("VONAGE_BASE_URL", Some("http://127.0.0.1:9"));
    workspace.set_variable("TF_REATTACH_PROVIDERS", Some(plugins));
    workspace.apply(OFFICE);
    assert!(workspace.sandbox().domain("office").is_some());
    workspace.apply(&OFFICE.replace("190.190.190.190", "190.190.190.191"));
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    debugged.interrupt();
    let ended = workspace.finish(debugged).expect_code(0, "ended in peace");
    assert_eq!(ended.stdout, line, "it says where it is, and nothing else");
    assert_eq!(ended.stderr, "");
}
