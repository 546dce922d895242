//! Users that went away outside Terraform, alone or with their domain.

use serde_json::{Value, json};

use super::{ALICE, OFFICE, alice, user};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_user_deleted_out_of_band_is_planned_anew),
        scenario!(a_domain_deleted_out_of_band_takes_its_users_along),
        scenario!(destroying_a_user_that_is_gone_succeeds),
        scenario!(an_unreadable_user_stays_in_state),
        scenario!(a_change_of_a_user_that_is_gone_makes_none),
    ]
}

fn configuration() -> String {
    let secret = "  secret = \"Wonderland-1\"";
    format!("{}{}", alice(secret), user("bob", secret))
}

const BOB: &str = "vonage_sip_domain_user.bob";

fn a_user_deleted_out_of_band_is_planned_anew(workspace: &mut Workspace) {
    workspace.apply(&configuration());
    workspace.out_of_band().remove_user("office", "alice");
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(ALICE), ["create"]);
    assert_eq!(plan.actions(BOB), ["no-op"]);
    workspace.apply_as_is(&[]);
    assert_eq!(workspace.sandbox().secrets("office").len(), 2);
}

fn a_domain_deleted_out_of_band_takes_its_users_along(workspace: &mut Workspace) {
    workspace.apply(&configuration());
    workspace.out_of_band().remove("office");
    let plan = workspace.plan(&[]);
    for address in [OFFICE, ALICE, BOB] {
        assert_eq!(plan.actions(address), ["create"], "{address}");
    }
    workspace.apply_as_is(&[]);
    assert_eq!(workspace.sandbox().secrets("office").len(), 2);
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn destroying_a_user_that_is_gone_succeeds(workspace: &mut Workspace) {
    workspace.apply(&configuration());
    workspace.out_of_band().remove_user("office", "alice");
    let destroy = ["destroy", "-refresh=false", "-auto-approve", "-no-color"];
    workspace
        .run(&[&destroy[..], &["-target", ALICE]].concat())
        .expect_code(0, "destroyed");
    workspace.out_of_band().remove("office");
    workspace.run(&destroy).expect_code(0, "destroyed");
    assert_eq!(workspace.state().addresses(), [""; 0]);
}

fn an_unreadable_user_stays_in_state(workspace: &mut Workspace) {
    workspace.apply(&configuration());
    workspace.set_variable("VONAGE_API_SECRET", Some("wrong"));
    // Without the reference, a domain that cannot be read keeps nobody from reading its users.
    let by_name = configuration().replace("vonage_sip_domain.office.name", "\"office\"");
    let errors = workspace.plan_diagnostics(&by_name).errors();
    errors.expect(
        "",
        &[
            "Cannot read SIP user \"alice\" of domain \"office\"",
            "401",
            "VONAGE_API_SECRET",
        ],
    );
    assert_eq!(workspace.state().addresses(), [OFFICE, ALICE, BOB]);
    workspace.set_variable("VONAGE_API_SECRET", None);
    workspace.assert_settled();
}

fn a_change_of_a_user_that_is_gone_makes_none(workspace: &mut Workspace) {
    // Where a PUT would make it, too.
    for user_put_unknown in ["upsert", "not-found"] {
        workspace
            .sandbox()
            .switch(json!({ "user_put_unknown": user_put_unknown }));
        workspace.apply(&configuration());
        workspace.write("main.tf", &configuration().replace("land-1", "land-2"));
        workspace.plan(&[]);
        workspace.out_of_band().remove_user("office", "alice");
        workspace.out_of_band().remove_user("office", "bob");
        workspace.sandbox().forget_requests();
        let output = workspace
            .run(&["apply", "-no-color", "plan.bin"])
            .expect_code(1, "refused");
        let words = "Cannot update SIP user \"alice\" of domain \"office\"";
        assert!(output.text().contains(words), "{}", output.text());
        assert_eq!(workspace.sandbox().writes(), [""; 0]);
    }
}
