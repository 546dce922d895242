//! What refers to an application: one configuration goes from nothing to a domain with users and back, always in the right
//! order, and an application in use is not deleted.

use serde_json::{Value, json};

use super::{PBX, only_id, pbx};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_application_its_domain_and_its_user_live_in_one_configuration)
            .differing_by_cli(),
        scenario!(an_application_in_use_is_not_deleted),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";

fn house(application: &str, domain: &str) -> String {
    format!(
        "resource \"vonage_application\" \"pbx\" {{\n  name = \"{application}\"\n  voice = {{\n    \
         answer_url = {{ address = \"https://voice.example.com/answer\" }}\n  }}\n}}\n\
         resource \"vonage_sip_domain\" \"office\" {{\n  name = \"{domain}\"\n  application_id = vonage_application.pbx.id\n  \
         acl = [\"190.190.190.190\"]\n  digest_auth = true\n}}\n\
         resource \"vonage_sip_domain_user\" \"desk\" {{\n  domain = vonage_sip_domain.office.name\n  key = \"desk\"\n  \
         secret = \"Sufficient1Secret\"\n}}\n"
    )
}

/// The methods and kinds of objects of the writes since they were last forgotten.
fn writes(workspace: &mut Workspace) -> Vec<String> {
    let writes = workspace.sandbox().writes();
    workspace.sandbox().forget_requests();
    let short = |line: &String| {
        let (method, path) = line.split_once(' ').unwrap();
        let kind = match path {
            _ if path.starts_with("/v2/applications") => "application",
            _ if path.contains("/users") => "user",
            _ => "domain",
        };
        format!("{method} {kind}")
    };
    writes.iter().map(short).collect()
}

fn an_application_its_domain_and_its_user_live_in_one_configuration(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "application_check": "422" }));
    workspace.write("main.tf", &house("pbx", "office"));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.unknown(OFFICE)["application_id"], true);
    workspace.apply_as_is(&[]);
    let created = ["POST application", "POST domain", "POST user"];
    assert_eq!(writes(workspace), created);
    workspace.apply(&house("pbx-eu", "office"));
    assert_eq!(writes(workspace), ["PUT application"]);
    workspace.apply(&house("pbx-eu", "branch"));
    let replaced = ["DELETE user", "DELETE domain", "POST domain", "POST user"];
    assert_eq!(writes(workspace), replaced);
    let before = only_id(workspace);
    let first = house("pbx-eu", "branch").replacen(
        "voice =",
        "lifecycle {\n    create_before_destroy = true\n  }\n  voice =",
        1,
    );
    workspace.write("main.tf", &first);
    workspace.apply_as_is(&["-replace=vonage_application.pbx"]);
    assert_ne!(only_id(workspace), before);
    let replaced = ["POST application", "PUT domain", "DELETE application"];
    assert_eq!(writes(workspace), replaced);
    let domain = workspace.sandbox().domain("branch").unwrap();
    assert_eq!(domain["application_id"], only_id(workspace));
    workspace.destroy();
    let destroyed = ["DELETE user", "DELETE domain", "DELETE application"];
    assert_eq!(writes(workspace), destroyed);
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}

fn an_application_in_use_is_not_deleted(workspace: &mut Workspace) {
    workspace.apply(&pbx(""));
    let id = only_id(workspace);
    workspace.sandbox().add(json!({
        "name": "theirs", "application_id": id, "acl": ["190.190.190.190"],
    }));
    let refused = workspace
        .run(&["destroy", "-auto-approve", "-no-color"])
        .expect_code(1, "refused")
        .text();
    for words in ["is in use", "\"theirs\"", "force_destroy = true"] {
        assert!(refused.contains(words), "{words:?} is missing in {refused}");
    }
    assert_eq!(workspace.state().addresses(), [PBX]);
    assert_eq!(workspace.sandbox().count("DELETE"), 0);
    workspace.apply(&pbx("force_destroy = true"));
    workspace.destroy();
    assert!(workspace.sandbox().domain("theirs").is_some());
}
