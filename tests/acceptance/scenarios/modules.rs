//! The reusable module and what is built of it: its own tests pass, and the contact centre lives and goes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // Write-only arguments are what the module is as new as.
    let since = |scenario: Scenario| scenario.since(Some("1.11"), Some("1.11"));
    vec![
        since(scenario!(the_modules_tests_pass_without_an_api).differing_by_cli()),
        since(scenario!(the_modules_tests_pass_on_an_api)),
        since(scenario!(the_modules_tests_find_a_mistake)),
        since(scenario!(the_contact_centres_tests_pass_without_an_api).differing_by_cli()),
        since(scenario!(the_contact_centre_lives_and_goes)),
    ]
}

const MODULE: &str = "modules/sip-domain";

/// Fails unless tests ran, and all of them passed.
#[track_caller]
fn assert_passed(output: Output) {
    let text = output.expect_code(0, "the tests pass").text();
    assert!(text.contains("Success! ") && !text.contains("Success! 0 passed"));
}

fn the_modules_tests_pass_without_an_api(workspace: &mut Workspace) {
    workspace.write_example(MODULE);
    assert_passed(workspace.run(&["test", "-no-color"]));
    assert!(workspace.sandbox().requests().is_empty());
}

fn the_modules_tests_pass_on_an_api(workspace: &mut Workspace) {
    workspace.write_example(MODULE);
    let folder = "-test-directory=tests/sandbox";
    workspace
        .run(&["get", "-no-color", folder])
        .expect_code(0, "the test's module is there");
    assert_passed(workspace.run(&["test", "-no-color", folder]));
    let writes = workspace.sandbox().writes();
    for write in [
        "POST /v1/psip 201",
        "POST /v1/psip/module-test-life/users 201",
        "PUT /v1/psip/module-test-life/users/reception 200",
    ] {
        assert!(writes.iter().any(|it| it == write), "no {write}");
    }
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn the_modules_tests_find_a_mistake(workspace: &mut Workspace) {
    workspace.write_example(MODULE);
    let right = workspace.read("main.tf");
    let digest = "length(var.users) > 0";
    for (right_words, wrong_words, test) in [
        (digest, "true", "a_domain_without_users_has_no_digest"),
        (digest, "false", "each_user_gets_its_secret_version"),
        (
            "merge_acl",
            "normalize_acl",
            "ranges_of_all_carriers_are_merged",
        ),
    ] {
        let wrong = right.replace(right_words, wrong_words);
        assert_ne!(wrong, right);
        workspace.write("main.tf", &wrong);
        let output = workspace.run(&["test", "-no-color"]);
        let text = output.expect_code(1, "a test fails").text();
        assert!(text.contains(&format!("run \"{test}\"... fail")), "{text}");
    }
}

/// The secrets of the contact centre's users, as its variable wants them.
const SECRETS: [(&str, &str); 5] = [
    ("dev/support/softphone", "Softphone-Dev-1"),
    ("staging/support/softphone", "Softphone-Stag-1"),
    ("production/support/night-desk", "Night-Desk-12"),
    ("production/sales/branch-north", "Branch-North-1"),
    ("production/sales/branch-south", "Branch-South-1"),
];

fn place_contact_centre(workspace: &mut Workspace) {
    workspace.write_example("contact-centre");
    workspace.write_example_beside(MODULE);
    workspace
        .run(&["get", "-no-color"])
        .expect_code(0, "the module is there");
}

fn the_contact_centres_tests_pass_without_an_api(workspace: &mut Workspace) {
    place_contact_centre(workspace);
    assert_passed(workspace.run(&["test", "-no-color"]));
    assert!(workspace.sandbox().requests().is_empty());
}

fn the_contact_centre_lives_and_goes(workspace: &mut Workspace) {
    place_contact_centre(workspace);
    let secrets: serde_json::Map<String, Value> = SECRETS
        .iter()
        .map(|(user, secret)| ((*user).to_owned(), json!(secret)))
        .collect();
    let secrets = Value::Object(secrets).to_string();
    workspace.set_variable("TF_VAR_user_secrets", Some(&secrets));
    workspace.apply_as_is(&[]);

    assert_eq!(workspace.sandbox().domains().len(), 6);
    let sales = workspace.sandbox().domain("example-production-sales");
    let sales = sales.unwrap();
    assert_eq!(
        sales["acl"],
        json!([
            "180.180.180.180/30",
            "180.180.180.184/30",
            "190.190.190.190"
        ])
    );
    assert_eq!([&sales["tls"], &sales["srtp"]], ["always", "always"]);
    let applications = workspace.sandbox().applications();
    assert_eq!(applications.len(), 3);
    let its = applications
        .iter()
        .find(|it| it["id"] == sales["application_id"]);
    assert_eq!(its.expect("there")["name"], "example-production");
    let users = workspace.sandbox().secrets("example-production-sales");
    assert_eq!(users["branch-south"], "Branch-South-1");
    let hosts = workspace.run(&["output", "-json", "sip_hosts"]).json();
    assert_eq!(
        hosts["staging"]["sales"]["ap"],
        "example-staging-sales.sip-ap.nexmo.com"
    );
    let state = workspace.read("terraform.tfstate");
    assert!(SECRETS.iter().all(|(_, secret)| !state.contains(secret)));

    // A carrier's new range reaches every environment that the carrier calls, and no other.
    let carriers = r#"{"primary":["180.180.180.180/30","204.10.0.0/24"],"backup":["190.190.190.190"],"lab":["198.20.30.40"]}"#;
    workspace.set_variable("TF_VAR_carriers", Some(carriers));
    workspace.apply_as_is(&[]);
    let domains = workspace.sandbox().domains();
    let with_range = domains.iter().filter(|domain| {
        let mut acl = domain["acl"].as_array().unwrap().iter();
        acl.any(|entry| entry == "204.10.0.0/24")
    });
    let names: BTreeSet<_> = with_range.map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 5);
    assert!(!names.contains("example-dev-support"));

    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}
