//! Links that cannot work are refused while planning, before anything is sent, each at its own line.

use super::{PBX, link};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(a_wrong_link_is_refused_before_anything_is_sent).differing_by_cli()]
}

fn a_wrong_link_is_refused_before_anything_is_sent(workspace: &mut Workspace) {
    let right = format!("application_id = \"{PBX}\"");
    let both = format!("{right}\nforward_to_sip = [\"sip:a@b\"]");
    let cases = [
        (
            "plus",
            "GB/+447700900001",
            right.as_str(),
            "msisdn",
            "Did you mean \"447700900001\"?",
        ),
        (
            "blank",
            "GB/44 7700 900001",
            &right,
            "msisdn",
            "Did you mean",
        ),
        (
            "letters",
            "GB/44abc",
            &right,
            "msisdn",
            "is not 1 to 15 digits",
        ),
        (
            "country",
            "GBR/447700900001",
            &right,
            "country",
            "two letters",
        ),
        (
            "id",
            "GB/1",
            "application_id = \"pbx\"",
            "application_id",
            "is not a UUID",
        ),
        ("none", "GB/1", "", "", "Missing argument"),
        ("both", "GB/1", &both, "forward_to_sip", "Two targets"),
        (
            "empty",
            "GB/1",
            "forward_to_sip = []",
            "forward_to_sip",
            "at least one",
        ),
        (
            "uri",
            "GB/1",
            "forward_to_sip = [\"tel:44\"]",
            "forward_to_sip",
            "`sip:`",
        ),
        (
            "timeout",
            "GB/1",
            "forward_to_sip = [\"sip:a@b;timeout=1999\"]",
            "forward_to_sip",
            "2000 to 20000",
        ),
    ];
    let configuration = cases.map(|(label, id, lines, ..)| link(label, id, lines));
    let found = workspace.complaints(&configuration.concat());
    for (label, _, _, attribute, words) in cases {
        let errors = found.of(&format!("vonage_number_link.{label}")).errors();
        assert_eq!(errors.0.len(), 1, "{label}: {errors:#?}");
        errors.expect(attribute, &[words]);
    }
}
