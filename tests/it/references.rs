//! An application that others refer to is not deleted, whatever the list of domains tells of each.

use serde_json::json;

use crate::workspace::Workspace;
use crate::workspace::application::Application;

#[test]
fn an_application_in_use_is_not_deleted_whatever_the_rows_of_the_list_hold() {
    crate::clock::run(async {
        for rows in ["complete", "names", "without-acl"] {
            let mut workspace = Workspace::new().await;
            let applications = &mut workspace.config.applications;
            applications.insert("desk".to_owned(), Application::named("desk"));
            workspace.apply().await.unwrap();
            let id = workspace.application_id("desk").unwrap();
            let domain = json!({ "acl": ["9.9.9.9"], "domain_type": "app", "application_id": id });
            let domain = domain.as_object().unwrap().clone();
            workspace.sandbox.put_domain("visitor", domain).unwrap();
            let switches = json!({ "list_rows": rows }).as_object().unwrap().clone();
            workspace.sandbox.patch_switches(switches).unwrap();
            workspace.config.applications.clear();
            let text = workspace.apply().await.unwrap_err().text();
            assert!(text.contains("\"visitor\""), "{rows}: {text}");
            assert!(workspace.sandbox.application(&id).is_some(), "{rows}");
        }
    });
}

#[test]
fn where_domains_are_not_listed_only_a_refusal_lets_the_deletion_go_on() {
    crate::clock::run(async {
        for (status, is_deleted) in [
            (403, true),
            (404, true),
            (405, true),
            (401, false),
            (429, false),
            (500, false),
        ] {
            let mut workspace = Workspace::new().await;
            let applications = &mut workspace.config.applications;
            applications.insert("desk".to_owned(), Application::named("desk"));
            workspace.apply().await.unwrap();
            let id = workspace.application_id("desk").unwrap();
            let fault = json!({ "method": "GET", "path": "/v1/psip", "status": status });
            let fault = fault.to_string().parse().unwrap();
            workspace.sandbox.set_faults(vec![fault]);
            workspace.config.applications.clear();
            let applied = workspace.apply().await;
            assert_eq!(applied.is_ok(), is_deleted, "{status}");
            let is_there = workspace.sandbox.application(&id).is_some();
            assert_eq!(is_there, !is_deleted, "{status}");
            if let Err(failed) = applied {
                let text = failed.text();
                assert!(text.contains("force_destroy"), "{status}: {text}");
            }
        }
    });
}
