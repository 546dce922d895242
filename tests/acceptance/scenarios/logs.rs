//! Logs: what the provider says is shown as it is meant, and as much of it as is asked for.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(
        the_provider_logs_at_the_level_that_is_asked_of_it
    )]
}

const OFFICE: &str = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
                      acl = [\"190.190.190.190\"]\n}\n";

/// The lines that the provider has logged, as the CLI shows them.
fn logged(stderr: &str) -> Vec<&str> {
    let own = |line: &&str| line.contains(" provider.terraform-provider-vonage: ");
    stderr.lines().filter(own).collect()
}

fn the_provider_logs_at_the_level_that_is_asked_of_it(workspace: &mut Workspace) {
    workspace.set_variable("TF_LOG", Some("DEBUG"));
    let everything = workspace.apply(OFFICE).stderr;
    let lines = logged(&everything);
    for words in [
        &["[DEBUG]", "served request", "tf_rpc=ApplyResourceChange"][..],
        &[
            "[DEBUG]",
            "HTTP request answered",
            "path=/v1/psip/office",
            "tf_rpc=ApplyResourceChange",
            "tf_req_id=",
            "tf_resource_type=vonage_sip_domain",
            "tf_resource_id=office",
        ],
    ] {
        let found = lines
            .iter()
            .any(|line| words.iter().all(|word| line.contains(word)));
        assert!(found, "no line says {words:?} in {lines:#?}");
    }
    // A line that the CLI cannot read is shown as it is.
    assert!(!everything.contains("\"@level\""), "{everything}");
    workspace.out_of_band().remove("office");
    workspace.set_variable("TF_LOG", Some("WARN"));
    let warnings = workspace.run(&["plan", "-no-color"]).stderr;
    let lines = logged(&warnings);
    assert!(
        lines.iter().all(|line| line.contains("[WARN]")),
        "{lines:#?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("path=/v1/psip/office")),
        "{warnings}"
    );
    workspace.set_variable("TF_LOG", Some("DEBUG"));
    workspace.set_variable("TF_LOG_PROVIDER_VONAGE", Some("ERROR"));
    let narrowed = workspace.run(&["plan", "-no-color"]).stderr;
    assert_eq!(logged(&narrowed), Vec::<&str>::new());
    assert!(
        narrowed.contains("[DEBUG]"),
        "the CLI itself goes on to log"
    );
}
