//! Many users of one domain: none waits for another's reads, none is lost.

use serde_json::{Value, json};

use super::office;
use crate::{
    scenario::{Scenario, scenario},
    support::working_directory::REQUEST_RATE,
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(thirty_users_are_made_and_destroyed_with_their_domain),
        scenario!(users_of_one_domain_do_not_wait_for_each_others_reads),
        // It sends an interrupt.
        #[cfg(unix)]
        scenario!(an_interrupted_apply_loses_no_user),
    ]
}

const COUNT: usize = 30;

fn many() -> String {
    format!(
        "{}resource \"vonage_sip_domain_user\" \"many\" {{\n  count = {COUNT}\n  \
         domain = vonage_sip_domain.office.name\n  key = \"user-${{count.index}}\"\n  \
         secret = \"Wonderland-${{count.index}}\"\n}}\n",
        office()
    )
    .replace("Wonderland-", "Wonder-land-")
}

fn thirty_users_are_made_and_destroyed_with_their_domain(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "500ms" }));
    // As users have it, with the default limit.
    workspace.set_variable(REQUEST_RATE, None);
    workspace.apply(&many());
    let secrets = workspace.sandbox().secrets("office");
    assert_eq!(secrets.len(), COUNT);
    assert_eq!(secrets["user-29"], "Wonder-land-29");
    assert_eq!(workspace.sandbox().count("POST"), COUNT + 1);
    workspace.destroy();
    assert_eq!(workspace.sandbox().count("DELETE"), COUNT + 1);
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn users_of_one_domain_do_not_wait_for_each_others_reads(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=3s" }));
    workspace.sandbox().forget_requests();
    workspace.apply(&many());
    let requests = workspace.sandbox().requests();
    let is_shown = |request: &&vonage_sandbox::Record| {
        request.path.contains("/users/") && request.status == Some(200)
    };
    let first_shown = requests
        .iter()
        .position(|request| is_shown(&request))
        .unwrap();
    let made_before = requests[..first_shown].iter();
    let made_before = made_before
        .filter(|request| request.method == "POST")
        .count();
    assert!(
        made_before > 5,
        "{made_before} were made before one was shown"
    );
}

#[cfg(unix)]
fn an_interrupted_apply_loses_no_user(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=4s" }));
    workspace.sandbox().forget_requests();
    workspace.write("main.tf", &many());
    let apply = ["apply", "-auto-approve", "-no-color"];
    crate::scenarios::interruption::interrupted(workspace, &apply, "POST", 5);
    // At once, while reads do not show what was made.
    let state = workspace.state();
    let known = state.addresses().len() - 1;
    assert_eq!(known, workspace.sandbox().secrets("office").len());
    assert!((1..COUNT).contains(&known), "{known} were made");
    assert_eq!(state.tainted(), [""; 0]);
    workspace.sandbox().forget_requests();
    // What is made now shows at once; what was made is still unseen.
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "0s" }));
    workspace.apply(&many());
    assert_eq!(workspace.sandbox().count("POST"), COUNT - known);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
    assert_eq!(workspace.sandbox().secrets("office").len(), COUNT);
}
