//! An account whose reads go back and forth between old and new: what is new is not taken for gone.

use terraform_provider_vonage::sandbox::Switches;

use crate::workspace::Workspace;
use crate::workspace::config::{Domain, User};

#[test]
fn a_refresh_right_after_an_apply_believes_no_replica_that_is_behind() {
    crate::clock::run(async {
        let mut workspace = Workspace::new().await;
        let lag = br#"{"replica_lag":"8s"}"#;
        let switches = Switches::from_json(lag).unwrap();
        workspace.sandbox.set_switches(switches);
        // Two of each: every other read is behind, so that one of two objects meets those that are twice.
        for label in ["one-1", "two-2"] {
            let (domains, users) = (&mut workspace.config.domains, &mut workspace.config.users);
            domains.insert(label.to_owned(), Domain::named(label));
            let user = User::new("alice", "Sufficient1Secret");
            users.insert((label.to_owned(), "alice".to_owned()), user);
        }
        workspace.apply().await.unwrap();
        let made = workspace.state.clone();
        workspace.refresh().await.unwrap();
        assert_eq!(workspace.state, made);
    });
}
