//! Numbers that exist: data sources, `terraform query`, `export`, and the configuration that these write.

use serde_json::{Value, json};

use super::{OTHER, PBX};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(numbers_are_looked_up_by_key_and_by_filter),
        scenario!(a_number_that_is_not_owned_is_an_error_where_it_is_named),
        scenario!(a_lookup_sees_a_link_that_the_same_run_makes),
        scenario!(what_a_query_writes_for_links_plans_empty).since(Some("1.14"), None),
        scenario!(an_export_has_the_links_behind_their_applications)
            .since(Some("1.5"), Some("1.6")),
    ]
}

const LINKED: &str = "GB/447700900001";
const FORWARDED: &str = "GB/447700900002";
const TELEPHONE: &str = "US/14155550100";
const FREE: &str = "US/14155550101";
const TRUNK: &str = "US/14155550102";

fn fill(workspace: &mut Workspace) {
    let sandbox = workspace.sandbox();
    sandbox.add_application(
        PBX,
        json!({ "name": "pbx-eu", "capabilities": { "voice": {} } }),
    );
    for (id, fields) in [
        (
            LINKED,
            json!({ "app_id": PBX, "features": ["VOICE", "SMS"], "type": "landline" }),
        ),
        (
            FORWARDED,
            json!({
                "app_id": OTHER, "features": ["VOICE"], "voiceCallbackType": "sip",
                "voiceCallbackValue": "sip:1@pbx.example.com;transport=tls,sip:2@pbx.example.com",
            }),
        ),
        (
            TELEPHONE,
            json!({ "features": ["VOICE"], "voiceCallbackType": "tel", "voiceCallbackValue": "447700900999" }),
        ),
        (FREE, json!({ "features": ["SMS"] })),
        (
            TRUNK,
            json!({ "features": ["VOICE"], "voiceCallbackType": "trunk" }),
        ),
    ] {
        sandbox.add_number(id, fields);
    }
}

fn data(label: &str, line: &str) -> String {
    format!("data \"vonage_numbers\" \"{label}\" {{\n  {line}\n}}\n")
}

fn numbers_are_looked_up_by_key_and_by_filter(workspace: &mut Workspace) {
    fill(workspace);
    let application = format!("application_id = \"{OTHER}\"");
    let filters = [
        ("all", "", vec![LINKED, FORWARDED, TELEPHONE, FREE, TRUNK]),
        ("country", "country = \"us\"", vec![TELEPHONE, FREE, TRUNK]),
        ("prefix", "prefix = \"4477\"", vec![LINKED, FORWARDED]),
        ("application", &application, vec![FORWARDED]),
        ("linked", "linked = true", vec![LINKED, FORWARDED]),
        ("not_linked", "linked = false", vec![TELEPHONE, FREE, TRUNK]),
        ("feature", "feature = \"sms\"", vec![LINKED, FREE]),
        ("none", "prefix = \"99\"", vec![]),
    ];
    let one = |label: &str, id: &str| {
        let (country, msisdn) = id.split_once('/').unwrap();
        format!(
            "data \"vonage_number\" \"{label}\" {{\n  country = \"{country}\"\n  msisdn = \"{msisdn}\"\n}}\n"
        )
    };
    let many: String = filters
        .iter()
        .map(|(label, line, _)| data(label, line))
        .collect();
    workspace.apply(&format!(
        "{many}{}{}",
        one("linked", LINKED),
        one("forwarded", FORWARDED)
    ));
    let state = workspace.state();
    for (label, _, ids) in filters {
        let found = state.values(&format!("data.vonage_numbers.{label}"));
        assert_eq!(found["ids"], json!(ids), "{label}");
        assert_eq!(found["numbers"].as_array().unwrap().len(), ids.len());
    }
    let linked = json!({
        "id": LINKED, "country": "GB", "msisdn": "447700900001", "application_id": PBX, "forward_to_sip": null,
        "features": ["SMS", "VOICE"], "type": "landline",
    });
    assert_eq!(state.values("data.vonage_number.linked"), &linked);
    let forwarded = state.values("data.vonage_number.forwarded");
    let uris = json!([
        "sip:1@pbx.example.com;transport=tls",
        "sip:2@pbx.example.com"
    ]);
    assert_eq!(
        (&forwarded["application_id"], &forwarded["forward_to_sip"]),
        (&json!(OTHER), &uris)
    );
    let all = state.values("data.vonage_numbers.all");
    assert_eq!(all["numbers"][0], linked);
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
}

fn a_number_that_is_not_owned_is_an_error_where_it_is_named(workspace: &mut Workspace) {
    fill(workspace);
    let number = |country: &str, msisdn: &str| {
        format!(
            "data \"vonage_number\" \"it\" {{\n  country = \"{country}\"\n  msisdn = \"{msisdn}\"\n}}\n"
        )
    };
    let missing = workspace
        .plan_diagnostics(&number("US", "447700900001"))
        .errors();
    assert_eq!(missing.0.len(), 1, "{missing:#?}");
    missing.expect(
        "msisdn",
        &["US/447700900001", "is not a number of the account"],
    );
    workspace.sandbox().forget_requests();
    for (configuration, attribute) in [
        (number("GB", "+447700900001"), "msisdn"),
        (number("GBR", "447700900001"), "country"),
        (data("it", "prefix = \"+44\""), "prefix"),
        (data("it", "application_id = \"pbx\""), "application_id"),
        (data("it", "feature = \" \""), "feature"),
    ] {
        let errors = workspace.validate(&configuration).errors();
        assert_eq!(errors.0.len(), 1, "{errors:#?}");
        errors.expect(attribute, &[]);
    }
    assert_eq!(workspace.sandbox().requests().len(), 0);
}

fn a_lookup_sees_a_link_that_the_same_run_makes(workspace: &mut Workspace) {
    fill(workspace);
    let link = super::link("main", FREE, &format!("application_id = \"{PBX}\""));
    let of_pbx = format!("application_id = \"{PBX}\"\n  depends_on = [vonage_number_link.main]");
    workspace.apply(&format!("{link}{}", data("pbx", &of_pbx)));
    let state = workspace.state();
    let found = state.values("data.vonage_numbers.pbx");
    assert_eq!(found["ids"], json!([LINKED, FREE]));
}

fn what_a_query_writes_for_links_plans_empty(workspace: &mut Workspace) {
    fill(workspace);
    let block = "list \"vonage_number_link\" \"all\" {\n  provider = vonage\n}\n";
    let query = workspace.query(block);
    assert_eq!(query.code, Some(0), "{:?}", query.diagnostics);
    assert_eq!(query.names(), [LINKED, FORWARDED]);
    let identity = json!({ "country": "GB", "msisdn": "447700900001" });
    assert_eq!(query.found[0]["identity"], identity);
    let written = workspace.generate(block);
    let addresses = ["vonage_number_link.all_0", "vonage_number_link.all_1"];
    workspace.import_by_block(&written, &addresses);
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
}

fn an_export_has_the_links_behind_their_applications(workspace: &mut Workspace) {
    fill(workspace);
    let export = |workspace: &mut Workspace, arguments: &[&str]| {
        let arguments = [&["export"], arguments].concat();
        workspace
            .run_provider(&arguments)
            .expect_code(0, "exported")
    };
    let exported = export(workspace, &[]);
    assert!(
        exported.stderr.contains("number links: 2"),
        "{}",
        exported.stderr
    );
    let exported = exported.stdout;
    for words in [
        "application_id = vonage_application.pbx_eu.id",
        "resource \"vonage_number_link\" \"GB_447700900001\"",
        "\"sip:1@pbx.example.com;transport=tls\"",
    ] {
        assert!(
            exported.contains(words),
            "{words:?} is missing in {exported}"
        );
    }
    workspace.write("existing.tf", &exported);
    workspace.apply("");
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    assert_eq!(workspace.state().addresses().len(), 3);
    workspace.remove("existing.tf");
    let without = export(workspace, &["--no-numbers"]).stdout;
    assert!(!without.contains("vonage_number_link"), "{without}");
    let by_id = export(workspace, &["--no-applications"]).stdout;
    assert!(by_id.contains(&format!("\"{PBX}\"")), "{by_id}");
    // Of a part of the domains, only numbers of their applications.
    let none = export(workspace, &["--name-prefix", "nothing"]).stdout;
    assert!(!none.contains("vonage_number_link"), "{none}");
    let domain = json!({ "name": "office", "application_id": PBX, "acl": ["190.190.190.190"] });
    workspace.sandbox().add(domain);
    let part = export(workspace, &["--name-prefix", "office"]).stdout;
    assert!(part.contains("GB_447700900001"), "{part}");
    assert!(!part.contains("GB_447700900002"), "{part}");
    assert_ne!(workspace.sandbox().numbers(), Vec::<Value>::new());
}
