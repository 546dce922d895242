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
