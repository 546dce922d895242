//! The steps of the demo, in order, and what each must lead to.

use std::io::Write;

use serde_json::{Value, json};
use vonage_sandbox::{Object, Sandbox};

use super::{DemoError, Problem, command::Cli};

/// The domain of `examples/basic`.
const DOMAIN: &str = "example-office";

/// Who may call it, as the example has it.
const ACL: [&str; 2] = ["180.180.180.180/30", "190.190.190.190"];

/// Exit codes of `plan -detailed-exitcode`.
const NO_CHANGES: i32 = 0;
const CHANGES: i32 = 2;

/// Everything that the steps work with.
pub(super) struct Scene<'a> {
    pub(super) cli: Cli,
    pub(super) sandbox: &'a Sandbox,
    pub(super) out: &'a mut dyn Write,
    /// The heading of the step that is being played.
    pub(super) step: &'static str,
}

/// Plays all steps; the first that goes wrong is the last.
pub(super) async fn play(scene: &mut Scene<'_>) -> Result<(), DemoError> {
    match steps(scene).await {
        Ok(()) => Ok(()),
        Err(problem) => Err(DemoError::Step {
            step: scene.step,
            problem,
        }),
    }
}

async fn steps(scene: &mut Scene<'_>) -> Result<(), Problem> {
    scene.heading(
        "init",
        "Install the provider. It is this very program, offered by a mirror in a temporary folder.",
    )?;
    scene.cli(&["init"], 0).await?;

    scene.heading(
        "validate",
        "Check the configuration. No credentials and no API are needed for that.",
    )?;
    scene.cli(&["validate"], 0).await?;

    scene.heading("plan", "See what would be done.")?;
    scene
        .cli(&["plan", "-detailed-exitcode", "-out=demo.tfplan"], CHANGES)
        .await?;

    scene.heading("apply", "Do it. The API is a sandbox inside this program.")?;
    scene.cli(&["apply", "demo.tfplan"], 0).await?;
    scene.domain_must_be_as_configured()?;

    scene.heading("output", "Read the SIP URIs to dial: one for each region.")?;
    let uris = scene.cli(&["output"], 0).await?;
    must(
        uris.contains("sip-eu."),
        "the outputs do not have the SIP URI for eu",
    )?;

    scene.heading(
        "drift",
        "Somebody opens the domain to the whole world, outside Terraform.",
    )?;
    scene.edit(&[("acl", json!(["0.0.0.0/0"])), ("tls", json!("never"))])?;
    scene.say(&format!("{DOMAIN}: acl = [\"0.0.0.0/0\"], tls = \"never\""))?;

    scene.heading("plan after drift", "The plan finds what was changed.")?;
    let plan = scene.cli(&["plan", "-detailed-exitcode"], CHANGES).await?;
    must(
        plan.contains("0.0.0.0/0"),
        "the plan does not show the entry that was added to the ACL",
    )?;

    scene.heading(
        "apply after drift",
        "Undo that change. The plan is empty afterwards.",
    )?;
    scene.cli(&["apply", "-auto-approve"], 0).await?;
    scene.domain_must_be_as_configured()?;
    scene
        .cli(&["plan", "-detailed-exitcode"], NO_CHANGES)
        .await?;

    scene.heading("destroy", "Take everything away again.")?;
    scene.cli(&["destroy", "-auto-approve"], 0).await?;
    must(
        scene.sandbox.domains().is_empty(),
        "the sandbox still has domains",
    )
}

impl Scene<'_> {
    fn heading(&mut self, step: &'static str, purpose: &str) -> Result<(), Problem> {
        self.step = step;
        self.say(&format!("\n== {step}: {purpose}"))
    }

    fn say(&mut self, line: &str) -> Result<(), Problem> {
        writeln!(self.out, "{line}").map_err(Problem::Output)
    }

    async fn cli(&mut self, arguments: &[&str], code: i32) -> Result<String, Problem> {
        self.cli.run(arguments, self.out).await?.expect(code)
    }

    /// Changes the domain outside Terraform.
    fn edit(&self, fields: &[(&str, Value)]) -> Result<(), Problem> {
        let changes = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        let edited = self.sandbox.patch_domain(DOMAIN, changes);
        edited
            .map(|_| ())
            .map_err(|error| Problem::Outcome(error.to_string()))
    }

    fn domain_must_be_as_configured(&self) -> Result<(), Problem> {
        let domains = self.sandbox.domains();
        let [domain] = domains.as_slice() else {
            return Err(Problem::Outcome(format!(
                "the sandbox has {} domains instead of one",
                domains.len()
            )));
        };
        must(
            domain.get("name").and_then(Value::as_str) == Some(DOMAIN),
            "the sandbox has another domain",
        )?;
        must(
            has_acl(domain),
            "the domain in the sandbox does not have the ACL of the configuration",
        )?;
        must(
            domain.get("tls").and_then(Value::as_str) == Some("always"),
            "the domain in the sandbox has another `tls`",
        )
    }
}

/// Whether the ACL is that of the example; its order means nothing.
fn has_acl(domain: &Object) -> bool {
    let entries = domain
        .get("acl")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    entries.len() == ACL.len() && ACL.iter().all(|entry| entries.iter().any(|it| it == entry))
}

fn must(holds: bool, otherwise: &str) -> Result<(), Problem> {
    if holds {
        Ok(())
    } else {
        Err(Problem::Outcome(otherwise.to_owned()))
    }
}
