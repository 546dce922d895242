//! The examples as a whole, and what is special about one; each folder is a trial of its own besides.

use std::collections::BTreeSet;

use crate::{
    examples::{self, Folder},
    sandbox::FOREIGN_SECRET,
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        // What calls a function of a provider is no syntax before.
        scenario!(every_example_is_formatted)
            .differing_by_cli()
            .since(Some("1.8"), Some("1.7")),
        scenario!(asterisk_gets_a_configuration_that_is_whole).since(Some("1.11"), Some("1.11")),
    ]
}

fn every_example_is_formatted(workspace: &mut Workspace) {
    let root = examples::root().display().to_string();
    let output = workspace.run(&["fmt", "-check", "-recursive", "-no-color", &root]);
    assert_eq!((output.code, output.text().as_str()), (Some(0), ""));
}

fn asterisk_gets_a_configuration_that_is_whole(workspace: &mut Workspace) {
    Folder::named("asterisk").bring_into(workspace);
    examples::give_variables(workspace);
    let by_secret = rendered(workspace);
    check_pjsip(&by_secret);
    assert!(by_secret.contains("\nusername=asterisk\n") && !by_secret.contains(FOREIGN_SECRET));
    assert!(!by_secret.contains("identify"), "{by_secret}");
    // Vonage calls the PBX over TLS: a transport without a certificate takes no such call.
    let transport = by_secret
        .split("\n\n")
        .find(|part| part.contains("\ntype=transport\n"));
    for option in [
        "\ncert_file=/etc/asterisk/keys/pbx.crt",
        "\npriv_key_file=/etc/asterisk/keys/pbx.key",
    ] {
        assert!(
            transport.is_some_and(|it| it.contains(option)),
            "{option} is not in {by_secret}"
        );
    }
    workspace.set_variable("TF_VAR_pbx_addresses", Some("[\"190.190.190.190\"]"));
    workspace.set_variable("TF_VAR_vonage_addresses", Some("[\"198.20.30.0/24\"]"));
    let by_address = rendered(workspace);
    check_pjsip(&by_address);
    assert!(!by_address.contains("auth"), "{by_address}");
    assert!(
        by_address.contains("\ntype=identify\n") && by_address.contains("\nmatch=198.20.30.0/24\n")
    );
    workspace.destroy();
}

/// Applies, and gives what the PBX would read.
fn rendered(workspace: &mut Workspace) -> String {
    workspace.apply_as_is(&[]);
    workspace
        .run(&["output", "-raw", "pjsip_conf"])
        .expect_code(0, "the rendered file")
        .stdout
}

/// Every line is what Asterisk reads, every name leads to a section, and every region has its host.
fn check_pjsip(text: &str) {
    let mut sections = BTreeSet::new();
    let mut named = BTreeSet::new();
    for line in text.lines().filter(|line| !line.starts_with(';')) {
        if let Some(section) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            sections.insert(section);
        } else if let Some((key, value)) = line.split_once('=') {
            assert!(!key.contains(' ') && !value.is_empty(), "{line:?}");
            if ["aors", "outbound_auth", "transport", "endpoint"].contains(&key) {
                named.insert(value);
            }
        } else {
            assert!(
                line.is_empty() || line == "#include pjsip_vonage_secret.conf",
                "{line:?}"
            );
        }
    }
    assert!(
        named.is_subset(&sections),
        "{named:?} are not all in {sections:?}"
    );
    for region in ["us", "eu", "ap"] {
        let contact =
            format!("\ncontact=sip:yourcompany.sip-{region}.nexmo.com:5061\\;transport=tls\n");
        assert!(text.contains(&contact), "{region} is not in {text}");
    }
}
