//! Many domains: few requests, few at once, and nothing lost.

use std::{collections::BTreeSet, time::Instant};

use serde_json::{Value, json};

use crate::{
    cli::Product,
    scenario::{Scenario, scenario},
    workspace::{REQUEST_RATE, Workspace, wait_until},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(thirty_domains_are_made_and_destroyed_in_one_go),
        scenario!(one_domain_is_refreshed_by_one_request),
        scenario!(where_lists_are_forbidden_each_domain_is_read_by_itself),
        on_one_cli(scenario!(a_thousand_domains_are_refreshed_by_five_requests)),
        on_one_cli(scenario!(drift_in_the_middle_of_a_refresh_is_not_lost)),
        on_one_cli(scenario!(three_hundred_writes_take_few_requests_more)),
        on_one_cli(scenario!(a_rate_limit_of_the_api_is_kept_to)),
    ]
}

/// What is many requests, and no matter of the CLI: once is enough.
fn on_one_cli(scenario: Scenario) -> Scenario {
    scenario.since(Some("1.15"), None)
}

fn domains(count: usize) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"many\" {{\n  count = {count}\n  name = \"domain-${{count.index}}\"\n  \
         domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n}}\n"
    )
}

fn thirty_domains_are_made_and_destroyed_in_one_go(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "500ms" }));
    // As users have it, with the default limit.
    workspace.set_variable(REQUEST_RATE, None);
    workspace.apply(&domains(30));
    let names: BTreeSet<String> = workspace
        .sandbox()
        .domains()
        .iter()
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        (0..30).map(|number| format!("domain-{number}")).collect()
    );
    assert_eq!(workspace.sandbox().count("POST"), 30);
    workspace.destroy();
    assert_eq!(workspace.sandbox().count("DELETE"), 30);
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn domain(number: usize) -> Value {
    json!({
        "name": format!("domain-{number}"), "domain_type": "trunk", "acl": ["190.190.190.190"], "tls": "optional",
        "srtp": "optional", "digest_auth": false,
    })
}

/// The state after an import of so many domains, with no command for it: an import of a thousand takes its time.
fn state(count: usize, product: Product) -> Value {
    let registry = match product {
        Product::Terraform => "registry.terraform.io",
        Product::OpenTofu => "registry.opentofu.org",
    };
    let instance = |number: usize| {
        let mut attributes = domain(number);
        let name = format!("domain-{number}");
        let hosts = ["us", "eu", "ap"].map(|region| {
            (
                region.to_owned(),
                json!(format!("{name}.sip-{region}.nexmo.com")),
            )
        });
        attributes["id"] = json!(name);
        attributes["regional_hosts"] = Value::Object(hosts.into_iter().collect());
        attributes["force_destroy"] = json!(false);
        attributes["application_id"] = Value::Null;
        attributes["timeouts"] = Value::Null;
        json!({
            "index_key": number, "schema_version": 0, "attributes": attributes, "sensitive_attributes": [],
            "identity_schema_version": 0, "identity": { "name": name },
        })
    };
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "of-a-test", "outputs": {},
        "check_results": null,
        "resources": [{
            "mode": "managed", "type": "vonage_sip_domain", "name": "many",
            "provider": format!("provider[\"{registry}/vonage/vonage\"]"),
            "instances": (0..count).map(instance).collect::<Vec<_>>(),
        }],
    })
}

/// An account with so many domains, all of them in the state.
fn settled(workspace: &mut Workspace, count: usize) {
    for number in 0..count {
        workspace.sandbox().add(domain(number));
    }
    workspace.write("main.tf", &domains(count));
    let product = workspace.cli().product;
    workspace.write("terraform.tfstate", &state(count, product).to_string());
    workspace.sandbox().forget_requests();
}

fn unchanged(workspace: &mut Workspace) {
    workspace
        .run(&["plan", "-no-color", "-detailed-exitcode"])
        .expect_code(0, "no changes");
}

fn one_domain_is_refreshed_by_one_request(workspace: &mut Workspace) {
    settled(workspace, 1);
    unchanged(workspace);
    let requests = workspace.sandbox().requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/v1/psip/domain-0");
}

fn a_thousand_domains_are_refreshed_by_five_requests(workspace: &mut Workspace) {
    settled(workspace, 1000);
    workspace.sandbox().switch(json!({ "latency": "50ms" }));
    let begun = Instant::now();
    unchanged(workspace);
    // Two reads by themselves, a list, and another one for each five seconds that the host takes.
    let most = 3 + begun.elapsed().as_secs() / 5;
    let requests = workspace.sandbox().requests();
    let count = requests.len();
    assert!(count <= usize::try_from(most).unwrap(), "{count} requests");
    let at_once = requests.iter().map(|request| request.in_flight).max();
    assert!(at_once <= Some(10), "{at_once:?} at once");
    assert_eq!(workspace.sandbox().count("GET"), requests.len());
}

fn where_lists_are_forbidden_each_domain_is_read_by_itself(workspace: &mut Workspace) {
    settled(workspace, 50);
    workspace.sandbox().switch(json!({ "list_status": 403 }));
    unchanged(workspace);
    let requests = workspace.sandbox().requests();
    let lists = requests.iter().filter(|it| it.path == "/v1/psip").count();
    assert_eq!((requests.len() - lists, lists), (50, 1));
    let at_once = requests.iter().map(|request| request.in_flight).max();
    assert!(at_once <= Some(10), "{at_once:?} at once");
}

/// Of many, the one that is changed while the others are read is found by this plan or the next.
fn drift_in_the_middle_of_a_refresh_is_not_lost(workspace: &mut Workspace) {
    settled(workspace, 300);
    workspace.sandbox().switch(json!({ "latency": "100ms" }));
    let plan = ["plan", "-no-color", "-detailed-exitcode"];
    let running = workspace.start(&plan);
    wait_until("the refresh has begun", || {
        workspace.sandbox().count("GET") > 0
    });
    let edit = json!({ "tls": "never" });
    workspace.sandbox().edit("domain-299", edit);
    let mut found = workspace.finish(running);
    if found.code == Some(0) {
        found = workspace.run(&plan);
    }
    found.expect_code(2, "drift");
}

/// Waits included: 1.6 requests for each write on average. An update reads its domain first, and sends back what it read.
fn three_hundred_writes_take_few_requests_more(workspace: &mut Workspace) {
    const COUNT: usize = 300;
    let configuration = domains(COUNT);
    workspace.write("main.tf", &configuration);
    let apply = |workspace: &mut Workspace, what: &str, arguments: &[&str]| {
        workspace.sandbox().forget_requests();
        let common = ["-auto-approve", "-no-color", "-refresh=false"];
        workspace
            .run(&[arguments, &common].concat())
            .expect_code(0, what);
        workspace.sandbox().requests().len()
    };
    let created = apply(workspace, "created", &["apply"]);
    workspace.write(
        "main.tf",
        &configuration.replace("190.190.190.190", "190.190.190.191"),
    );
    let updated = apply(workspace, "updated", &["apply"]);
    let destroyed = apply(workspace, "destroyed", &["destroy"]);
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    let requests = [created, updated, destroyed];
    let most = 3 * COUNT * 8 / 5;
    assert!(
        requests.iter().sum::<usize>() <= most,
        "{requests:?} requests for {COUNT} each"
    );
}

/// A limit that is lower than the provider's own: nothing fails, and few requests are refused.
fn a_rate_limit_of_the_api_is_kept_to(workspace: &mut Workspace) {
    workspace.set_variable(REQUEST_RATE, Some("1000"));
    for told in ["header", "date", "body", "neither"] {
        let switches = json!({ "rate_limit": 20, "retry_after_in": told });
        workspace.sandbox().switch(switches);
        workspace.write("main.tf", &domains(60));
        workspace.sandbox().forget_requests();
        workspace
            .run(&["apply", "-auto-approve", "-no-color"])
            .expect_code(0, told);
        let requests = workspace.sandbox().requests();
        let refused = requests.iter().filter(|it| it.status == Some(429)).count();
        assert!(refused > 0, "{told}: the limit was never met");
        assert_eq!(workspace.sandbox().domains().len(), 60, "{told}");
        workspace.sandbox().switch(json!({ "rate_limit": null }));
        workspace.destroy();
    }
}
