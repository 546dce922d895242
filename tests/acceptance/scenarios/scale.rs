//! Many domains at once: none is forgotten, and the API is not overrun.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(thirty_domains_are_made_and_destroyed_in_one_apply),
        scenario!(a_plan_of_a_hundred_domains_is_sparing_with_requests),
    ]
}

/// This many domains, made by `count`, with a limit that does not slow the test down.
pub(super) fn domains(count: usize) -> String {
    format!(
        "provider \"vonage\" {{\n  max_requests_per_second = 500\n}}\n\
         resource \"vonage_sip_domain\" \"many\" {{\n  count = {count}\n  name = \"many-${{count.index}}\"\n  \
         application_id = \"0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20\"\n  acl = [\"190.190.190.190\"]\n}}\n"
    )
}

fn thirty_domains_are_made_and_destroyed_in_one_apply(workspace: &mut Workspace) {
    workspace.apply(&domains(30));
    assert_eq!(workspace.sandbox().domains().len(), 30);
    assert_eq!(workspace.sandbox().count("POST"), 30);
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains().len(), 0);
}

fn a_plan_of_a_hundred_domains_is_sparing_with_requests(workspace: &mut Workspace) {
    workspace.apply(&domains(100));
    workspace.sandbox().forget_requests();
    assert!(workspace.plan(&[]).is_empty());
    let requests = workspace.sandbox().requests();
    assert!(requests.len() <= 100, "{} requests", requests.len());
    let at_once = requests.iter().map(|request| request.in_flight).max();
    assert!(
        at_once.is_some_and(|at_once| at_once <= 10),
        "{at_once:?} at once"
    );
    assert!(requests.iter().all(|request| request.method == "GET"));
}
