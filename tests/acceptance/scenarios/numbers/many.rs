//! Many links, and many numbers: one list refreshes all links, writes keep to the rate of the API, and a long list is not read for
//! one number.

use serde_json::json;
use vonage_sandbox::Record;

use super::{PBX, now, own, to_application, with};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(twenty_links_keep_to_the_rates_of_the_api),
        scenario!(one_number_among_many_is_searched_for),
    ]
}

const COUNT: usize = 20;
/// A request may take this much longer to arrive than the one after it.
const JITTER: u64 = 400;

fn twenty_links_keep_to_the_rates_of_the_api(workspace: &mut Workspace) {
    let ids: Vec<_> = (10..10 + COUNT)
        .map(|n| format!("GB/4477009000{n}"))
        .collect();
    let numbers: Vec<_> = ids.iter().map(|id| own(workspace, id)).collect();
    workspace.write(
        "main.tf",
        &format!(
            "resource \"vonage_number_link\" \"many\" {{\n  count = {COUNT}\n  country = \"GB\"\n  \
             msisdn = \"4477009000${{10 + count.index}}\"\n  application_id = \"{PBX}\"\n}}\n"
        ),
    );
    apply(workspace, "apply");
    let linked: Vec<_> = numbers
        .iter()
        .map(|it| with(it, &json!({ "app_id": PBX })))
        .collect();
    assert_eq!(workspace.sandbox().numbers(), linked);
    workspace.sandbox().forget_requests();
    workspace
        .run(&["plan", "-no-color", "-detailed-exitcode", "-parallelism=20"])
        .expect_code(0, "no changes");
    assert_eq!(workspace.sandbox().requests().len(), 1, "one list for all");
    apply(workspace, "destroy");
    assert_eq!(workspace.sandbox().numbers(), numbers);
}

/// Runs it, and looks at when its requests came.
#[track_caller]
fn apply(workspace: &mut Workspace, command: &str) {
    workspace.sandbox().forget_requests();
    let arguments = [command, "-auto-approve", "-no-color", "-parallelism=20"];
    workspace.run(&arguments).expect_code(0, command);
    let requests = workspace.sandbox().requests();
    let came = |method: &str| {
        let those = requests.iter().filter(|it| it.method == method);
        those.map(|it: &Record| it.at_ms).collect::<Vec<_>>()
    };
    let (lists, updates) = (came("GET"), came("POST"));
    assert_eq!(updates.len(), COUNT, "{command}: {requests:#?}");
    for (times, least) in [(&lists, 1000), (&updates, 500)] {
        for pair in times.windows(2) {
            let apart = pair[1] - pair[0];
            assert!(apart + JITTER >= least, "{command}: {apart} ms: {times:?}");
        }
        let all = times[times.len() - 1] - times[0];
        let gaps = times.len() as u64 - 1;
        assert!(all >= gaps * least, "{command}: {all} ms: {times:?}");
    }
    // That of the plan, one before the first update, and those that show the updates.
    let seconds = (updates[COUNT - 1] - lists[0]).div_ceil(1000) + 3;
    assert!(lists.len() as u64 <= seconds, "{command}: {lists:?}");
}

fn one_number_among_many_is_searched_for(workspace: &mut Workspace) {
    let ids = (1..=350).map(|n| format!("GB/447700900{n:03}"));
    let numbers: Vec<_> = ids.map(|id| own(workspace, &id)).collect();
    workspace.sandbox().forget_requests();
    workspace.write("main.tf", &to_application(PBX));
    workspace
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect_code(0, "applied");
    let linked = with(&numbers[0], &json!({ "app_id": PBX }));
    assert_eq!(now(workspace), linked);
    let requests = workspace.sandbox().requests();
    assert_eq!(requests.len(), 4, "a page, a search, an update, a search");
    workspace.assert_settled();
    workspace.destroy();
    assert_eq!(workspace.sandbox().numbers(), numbers);
}
