//! An account whose reads go back and forth between old and new: what is new is not taken for gone.

use vonage_sandbox::Switches;

use crate::workspace::Workspace;
use crate::workspace::config::{Domain, User};
use crate::workspace::number::{Link, NUMBERS, Target};

#[test]
fn a_refresh_right_after_an_apply_believes_no_replica_that_is_behind() {
    crate::clock::run(async {
        let mut workspace = Workspace::new().await;
        let lag = br#"{"replica_lag":"8s"}"#;
        let switches = Switches::from_json(lag).unwrap();
        workspace.sandbox.set_switches(switches);
        // Two of each: every other read is behind, so that one of two objects meets those that are twice.
        for (label, number) in ["one-1", "two-2"].into_iter().zip(NUMBERS) {
            let link = Link {
                number,
                target: Target::Sip(&["sip:desk@pbx.example.com"]),
                take_over: false,
            };
            workspace.config.links.insert(label.to_owned(), link);
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

#[test]
fn what_reads_go_on_to_show_after_its_deletion_stays_in_the_state_until_it_is_gone() {
    crate::clock::run(async {
        let mut workspace = Workspace::new().await;
        let label = "one-1".to_owned();
        let (domains, users) = (&mut workspace.config.domains, &mut workspace.config.users);
        domains.insert(label.clone(), Domain::named(&label));
        let user = User::new("alice", "Sufficient1Secret");
        users.insert((label, "alice".to_owned()), user);
        workspace.apply().await.unwrap();
        let made = workspace.state.clone();
        let late = br#"{"visibility_delay":"delete=70s"}"#;
        workspace
            .sandbox
            .set_switches(Switches::from_json(late).unwrap());
        workspace.config.users.clear();
        workspace.config.domains.clear();
        let failures = workspace.apply().await.unwrap_err().text();
        assert!(failures.contains("may still be there"), "{failures}");
        assert!(failures.contains("Run the command again"), "{failures}");
        assert_eq!(workspace.state, made, "the domain waits for its user");
        while workspace.apply().await.is_err() {}
        workspace.assert_settled().await;
        assert!(workspace.contents().domains.is_empty());
    });
}
