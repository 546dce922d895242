//! Secrets: whatever is logged, printed or stored, the API secret is not in it.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(the_api_secret_is_in_no_log_no_message_and_no_state).differing_by_cli()]
}

const WRONG_SECRET: &str = "Sup3rS3cret-\"quoted\"-%";

fn the_api_secret_is_in_no_log_no_message_and_no_state(workspace: &mut Workspace) {
    let configuration = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
                         acl = [\"190.190.190.190\"]\n}\n";
    workspace.set_variable("TF_LOG", Some("TRACE"));
    workspace.set_variable("VONAGE_API_SECRET", Some(WRONG_SECRET));
    let refused = workspace.apply_failing(configuration).text();
    assert!(refused.contains("401"), "{refused}");
    assert!(refused.contains("/v1/psip"), "requests are logged");
    // The header's spelling of it, too.
    for secret in [
        WRONG_SECRET,
        "Sup3rS3cret",
        "U3VwM3JTM2NyZXQ",
        "TdXAzclMzY3JldA",
        "dXAzclMzY3JldC",
    ] {
        assert!(!refused.contains(secret), "{secret} is printed");
    }
    workspace.set_variable("TF_LOG", None);
    workspace.set_variable("VONAGE_API_SECRET", None);
    workspace.apply(configuration);
    let state = workspace.run(&["show", "-json"]).text();
    assert!(
        state.contains("\"office\"") && !state.contains("api_secret"),
        "{state}"
    );
}
