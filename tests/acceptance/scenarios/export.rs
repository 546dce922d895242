//! `export`: what an account has becomes configuration that imports and plans empty, whatever it is called.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::query::{APPLICATION, fill};
use crate::{
    sandbox::{API_SECRET, FOREIGN_SECRET},
    scenario::{Scenario, scenario},
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_export_of_an_account_imports_and_plans_empty).since(Some("1.5"), Some("1.6")),
        scenario!(an_export_without_users_leaves_them_out).since(Some("1.5"), Some("1.6")),
        scenario!(an_export_gives_labels_to_names_that_are_no_identifiers)
            .since(Some("1.5"), Some("1.6")),
        scenario!(an_export_of_a_thousand_domains_reads_none_by_itself),
        scenario!(an_export_of_nothing_says_so),
        scenario!(an_export_tells_what_a_plan_will_refuse),
        scenario!(an_export_that_fails_writes_nothing),
        scenario!(an_export_writes_any_text_so_that_it_means_itself),
        scenario!(the_guide_s_query_imports_every_domain).since(Some("1.14"), None),
        scenario!(the_guide_s_for_each_imports_every_domain).since(Some("1.7"), Some("1.7")),
    ]
}

const FILE: &str = "existing.tf";

/// Exports to standard output.
#[track_caller]
fn export(workspace: &mut Workspace, options: &[&str]) -> Output {
    let output = workspace.run_provider(&[&["export"], options].concat());
    output.expect_code(0, "exported")
}

/// The addresses that are imported, in order.
fn addresses(exported: &str) -> Vec<&str> {
    let lines = exported.lines();
    lines
        .filter_map(|line| line.strip_prefix("  to = "))
        .collect()
}

/// Fails unless the CLI's own formatter would leave the text as it is.
#[track_caller]
fn assert_formatted(workspace: &mut Workspace, exported: &str) {
    workspace.write(FILE, exported);
    workspace
        .run(&["fmt", "-check", "-diff", "-no-color", FILE])
        .expect_code(0, "formatted");
    workspace.remove(FILE);
}

fn an_export_of_an_account_imports_and_plans_empty(workspace: &mut Workspace) {
    fill(workspace, "common", 100);
    // Users of domains with digest authentication, and of some without: nothing says that those have none.
    for number in 0..50 {
        let domain = format!("common-{:03}", 2 * number + 1);
        workspace
            .sandbox()
            .add_user(&domain, &format!("{number}-desk"));
    }
    let output = export(workspace, &["--output", FILE]);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains(
        "Written to existing.tf: applications: 0, SIP domains: 100, users: 50, number links: 0."
    ));
    let exported = workspace.read(FILE);
    workspace.remove(FILE);
    assert!(!exported.contains(FOREIGN_SECRET) && !exported.contains(API_SECRET));
    assert_formatted(workspace, &exported);
    let again = export(workspace, &[]);
    assert_eq!(again.stdout, exported, "not the same text each time");
    assert!(!exported.contains("variable "), "{exported}");
    let addresses = addresses(&exported);
    assert_eq!(addresses.len(), 150);
    workspace.import_by_block(&exported, &addresses);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn an_export_without_users_leaves_them_out(workspace: &mut Workspace) {
    fill(workspace, "common", 8);
    fill(workspace, "other", 3);
    workspace.sandbox().add_user("common-002", "alice");
    workspace.sandbox().forget_requests();
    let all = export(
        workspace,
        &["--no-users", "--no-applications", "--no-numbers"],
    )
    .stdout;
    assert_eq!(
        workspace.sandbox().count("GET"),
        1 + 3,
        "one list, and each row without an ACL"
    );
    assert_eq!(addresses(&all).len(), 11);
    for (options, count) in [
        (&["--name-prefix", "OTHER"][..], 3),
        (&["--domain-type", "trunk"], 3),
        (&["--domain-type", "trunk", "--name-prefix", "common"], 2),
        (&["--application-id", APPLICATION], 8),
    ] {
        let some = export(workspace, &[options, &["--no-users"]].concat());
        assert_eq!(addresses(&some.stdout).len(), count, "{options:?}");
    }
    assert!(!all.contains("alice"));
    workspace.import_by_block(&all, &addresses(&all));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn an_export_gives_labels_to_names_that_are_no_identifiers(workspace: &mut Workspace) {
    let names = [
        "-----",
        "1st-floor",
        "Office",
        "a-b-c",
        "office-2",
        "for-each",
        "3-000",
    ];
    for name in names {
        workspace.sandbox().add(json!({
            "name": name, "domain_type": "trunk", "acl": ["190.190.190.190"],
        }));
    }
    let exported = export(workspace, &["--no-users"]).stdout;
    let addresses = addresses(&exported);
    let labels = [
        "_____",
        "_1st_floor",
        "_3_000",
        "Office",
        "a_b_c",
        "for_each",
        "office_2",
    ];
    let expected = labels.map(|label| format!("vonage_sip_domain.{label}"));
    assert_eq!(addresses, expected);
    assert_formatted(workspace, &exported);
    workspace.import_by_block(&exported, &addresses);
}

fn an_export_of_a_thousand_domains_reads_none_by_itself(workspace: &mut Workspace) {
    for number in 0..1000 {
        workspace.sandbox().add(json!({
            "name": format!("many-{number:04}"), "domain_type": "trunk", "acl": ["190.190.190.190"],
        }));
    }
    workspace.sandbox().add_user("many-0500", "alice");
    workspace.sandbox().forget_requests();
    let domains = export(
        workspace,
        &["--no-users", "--no-applications", "--no-numbers"],
    )
    .stdout;
    assert_eq!(addresses(&domains).len(), 1000);
    assert_eq!(workspace.sandbox().count("GET"), 1);
    workspace.sandbox().forget_requests();
    let all = export(workspace, &["--no-applications", "--no-numbers"]);
    assert!(all.stderr.contains("Found 1000 domains"), "{}", all.stderr);
    assert_eq!(addresses(&all.stdout).len(), 1001);
    let requests = workspace.sandbox().requests();
    assert_eq!(
        requests.len(),
        1001,
        "one list of domains, and one of users for each"
    );
    assert!(requests.iter().all(|request| request.in_flight <= 4));
    assert_formatted(workspace, &all.stdout);
}

fn an_export_of_nothing_says_so(workspace: &mut Workspace) {
    let empty = export(workspace, &[]);
    assert!(
        empty.stderr.contains("nothing to import"),
        "{}",
        empty.stderr
    );
    assert!(
        empty.stdout.lines().all(|line| line.starts_with('#')),
        "{}",
        empty.stdout
    );
    assert_formatted(workspace, &empty.stdout);
    fill(workspace, "common", 3);
    let filtered = export(workspace, &["--name-prefix", "nobody"]);
    assert_eq!(filtered.stdout, empty.stdout);
    assert!(filtered.stderr.contains("nothing to import"));
}

fn an_export_tells_what_a_plan_will_refuse(workspace: &mut Workspace) {
    workspace.sandbox().add(json!({
        "name": "office", "domain_type": "trunk",
        "acl": ["10.1.2.3/24", "190.190.190.190", "190.190.190.190/32"],
    }));
    workspace.sandbox().add(json!({
        "name": "right-1", "domain_type": "trunk", "acl": ["190.190.190.190"],
    }));
    let exported = export(workspace, &["--no-users"]);
    let warnings: Vec<_> = exported
        .stderr
        .lines()
        .filter(|line| line.starts_with("Warning: "))
        .collect();
    assert_eq!(warnings.len(), 2, "{}", exported.stderr);
    for warning in warnings {
        assert!(
            warning.starts_with("Warning: vonage_sip_domain.office: "),
            "{warning}"
        );
    }
    assert_eq!(
        exported.stdout.matches("# A plan refuses this. ").count(),
        2
    );
    assert_formatted(workspace, &exported.stdout);
    let refused = workspace.validate(&exported.stdout).errors();
    assert_eq!(refused.0.len(), 2, "{refused:?}");
}

fn an_export_that_fails_writes_nothing(workspace: &mut Workspace) {
    fill(workspace, "common", 3);
    let fail = |workspace: &mut Workspace, options: &[&str], words: &[&str]| {
        let arguments = [&["export"], options].concat();
        let output = workspace.run_provider(&arguments).expect_code(1, "failed");
        assert_eq!(output.stdout, "", "{options:?}");
        for word in words {
            assert!(
                output.stderr.contains(word),
                "{word:?} is not in {}",
                output.stderr
            );
        }
        assert!(!output.stderr.contains("Wrong5ecret"));
    };
    workspace.write(FILE, "# mine\n");
    fail(
        workspace,
        &["--output", FILE],
        &["existing.tf", "left as it is"],
    );
    assert_eq!(workspace.read(FILE), "# mine\n");
    workspace.remove(FILE);
    fail(
        workspace,
        &["--domain-type", "application"],
        &["\"application\" is not one of"],
    );
    fail(workspace, &["--application-id", "yourapp"], &["not a UUID"]);
    fail(workspace, &["--name-prefix", "a*"], &["without a wildcard"]);
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
    fail(
        workspace,
        &["--output", "none/existing.tf"],
        &["Make its folder first"],
    );
    // Users that cannot be listed must not pass for none.
    let forbidden = json!({ "method": "GET", "path": "/v1/psip/common-002/users", "status": 403 });
    workspace.sandbox().set_faults(&[forbidden]);
    fail(
        workspace,
        &["--output", FILE],
        &["Cannot list the users", "common-002", "403"],
    );
    workspace.sandbox().set_faults(&[]);
    workspace.set_variable("VONAGE_API_SECRET", Some("Wrong5ecret"));
    fail(
        workspace,
        &["--output", FILE],
        &["Cannot list SIP domains", "401", "VONAGE_API_SECRET"],
    );
    workspace.set_variable("VONAGE_API_SECRET", Some(" "));
    fail(workspace, &[], &["VONAGE_API_SECRET"]);
    assert!(!workspace.has(FILE));
}

/// Texts that a writer may trip over. Each is in the form that Terraform brings texts to by itself (NFC).
const TEXTS: [&str; 14] = [
    "${x}",
    "$${x}",
    "$$${x}",
    "%{if x}",
    "%%{x}",
    "\"",
    "\\",
    "\\\"${\"x\"}\\",
    "a\nb\r\nc\td",
    "\0\u{1}\u{1b}\u{7f}\u{85}",
    "\u{202e}\u{2028}\u{feff}",
    "äß😀",
    "#{x} // /* <<EOT ~}",
    "$ % { } $",
];

/// The API may come to hold any text in a field that we keep as it is: what is written for it must mean that very text.
fn an_export_writes_any_text_so_that_it_means_itself(workspace: &mut Workspace) {
    for (number, text) in TEXTS.iter().enumerate() {
        workspace.sandbox().add(json!({
            "name": format!("text-{number:02}"), "domain_type": "trunk", "acl": ["190.190.190.190"], "tls": text,
        }));
    }
    let exported = export(workspace, &["--no-users"]).stdout;
    assert_formatted(workspace, &exported);
    // The expressions alone, where no validation looks at them.
    let expressions = exported
        .lines()
        .filter_map(|line| {
            line.trim_start()
                .strip_prefix("tls ")
                .and_then(|rest| rest.split_once("= "))
        })
        .map(|(_, expression)| expression);
    let mut configuration = String::new();
    for (number, expression) in expressions.enumerate() {
        let _ = writeln!(
            configuration,
            "output \"text_{number}\" {{\n  value = {expression}\n}}"
        );
    }
    workspace.write("main.tf", &configuration);
    workspace
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect_code(0, "applied");
    let outputs = workspace.run(&["output", "-json"]).json();
    for (number, text) in TEXTS.iter().enumerate() {
        let value = &outputs[format!("text_{number}")]["value"];
        assert_eq!(value, &Value::from(*text));
    }
}

const QUERY: &str = include_str!("../../../examples/existing-account/query/all.tfquery.hcl");
const FOR_EACH: &str = include_str!("../../../examples/existing-account/for-each/main.tf");

fn the_guide_s_query_imports_every_domain(workspace: &mut Workspace) {
    fill(workspace, "common", 120);
    let written = workspace.generate(QUERY);
    let addresses: Vec<_> = (0..120)
        .map(|number| format!("vonage_sip_domain.all_{number}"))
        .collect();
    let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
    workspace.import_by_block(&written, &addresses);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn the_guide_s_for_each_imports_every_domain(workspace: &mut Workspace) {
    fill(workspace, "common", 12);
    // The example declares the provider by itself.
    workspace.write("versions.tf", "");
    let addresses: Vec<_> = (1..=12)
        .map(|number| format!("vonage_sip_domain.all[\"common-{number:03}\"]"))
        .collect();
    let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
    workspace.import_by_block(FOR_EACH, &addresses);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}
