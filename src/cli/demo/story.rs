//! The steps of the demo, in order, and what each must lead to.

use std::io::Write;

use serde_json::{Value, json};
use vonage_sandbox::Sandbox;

use self::Act::{Check, Edit, Heading, Run};
use super::{DemoError, Player, Problem, Stage};

/// The name of the application and of the domain of `examples/basic`.
pub(super) const NAME: &str = "example-office";

/// Where the application's calls get their instructions.
pub(super) const ANSWER_URL: &str = "https://voice.example.com/answer.json";

/// The key of the user in `user.tf`.
pub(super) const USER: &str = "reception";

/// The secret of that user, who exists in the sandbox alone.
pub(super) const SECRET: &str = "Only-4-the-demo";

/// Who may call it, as the example has it.
pub(super) const ACL: [&str; 2] = ["180.180.180.180/30", "190.190.190.190"];

/// What a player is asked for, by the CLI's commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Init,
    Validate,
    /// A plan that has something to do, and is kept for [`Self::ApplyPlan`].
    KeepPlan,
    /// A plan that must have something to do, or must not.
    Plan {
        changes: bool,
    },
    ApplyPlan,
    /// Plans, and applies that at once.
    Apply,
    Output,
    Destroy,
}

enum Act {
    /// A step begins: its name, and what it is for.
    Heading(&'static str, &'static str),
    /// A command, which must show this text.
    Run(Command, &'static str),
    /// A change of the domain outside Terraform.
    Edit,
    /// What must be in the sandbox, in words and by a look.
    Check(&'static str, fn(&Sandbox) -> bool),
}

const CONFIGURED: Act = Check(
    "exactly the application, the domain and the user of the configuration",
    is_configured,
);

#[rustfmt::skip]
const STORY: [Act; 22] = [
    Heading("init", "Get the provider. It is this very program."),
    Run(Command::Init, ""),
    Heading("validate", "Check the configuration. No credentials and no API are needed for that."),
    Run(Command::Validate, ""),
    Heading("plan", "See what would be done."),
    Run(Command::KeepPlan, ""),
    Heading("apply", "Do it. The API is a sandbox inside this program."),
    Run(Command::ApplyPlan, ""),
    CONFIGURED,
    Heading("output", "Read the SIP URIs to dial: one for each region."),
    Run(Command::Output, "sip-eu."),
    Heading("drift", "Somebody opens the domain to the whole world, outside Terraform."),
    Edit,
    Heading("plan after drift", "The plan finds what was changed."),
    Run(Command::Plan { changes: true }, "0.0.0.0/0"),
    Heading("apply after drift", "Undo that change. The plan is empty afterwards."),
    Run(Command::Apply, ""),
    CONFIGURED,
    Run(Command::Plan { changes: false }, ""),
    Heading("destroy", "Take everything away again."),
    Run(Command::Destroy, ""),
    Check("nothing", is_empty),
];

/// Everything that the steps work with.
pub(super) struct Scene<'a> {
    pub(super) player: Box<dyn Player>,
    pub(super) stage: Stage,
    pub(super) sandbox: &'a Sandbox,
    pub(super) out: &'a mut dyn Write,
}

impl Scene<'_> {
    /// Plays all steps; the first that goes wrong is the last.
    pub(super) async fn play(&mut self) -> Result<(), DemoError> {
        let mut step = "";
        for act in &STORY {
            if let Heading(name, _) = act {
                step = name;
            }
            let played = self.act(act).await;
            played.map_err(|problem| DemoError::Step { step, problem })?;
        }
        Ok(())
    }

    async fn act(&mut self, act: &Act) -> Result<(), Problem> {
        match act {
            Heading(step, purpose) => self.say(&format!("\n== {step}: {purpose}")),
            Run(command, needed) => {
                let run = self.player.run(*command, &mut self.stage, self.out);
                let shown = run.await?.contains(needed);
                must(shown, || format!("the output does not have {needed}"))
            }
            Edit => {
                let changes = [("acl", json!(["0.0.0.0/0"])), ("tls", json!("never"))];
                let changes = changes.map(|(name, value)| (name.to_owned(), value));
                let edited = self
                    .sandbox
                    .patch_domain(NAME, changes.into_iter().collect());
                edited.map_err(|error| Problem::Outcome(error.to_string()))?;
                self.say(&format!("{NAME}: acl = [\"0.0.0.0/0\"], tls = \"never\""))
            }
            Check(what, holds) => must(holds(self.sandbox), || {
                format!("the sandbox should have {what}")
            }),
        }
    }

    fn say(&mut self, line: &str) -> Result<(), Problem> {
        writeln!(self.out, "{line}").map_err(Problem::Output)
    }
}

fn is_configured(sandbox: &Sandbox) -> bool {
    let (applications, domains) = (sandbox.applications(), sandbox.domains());
    let ([application], [domain]) = (applications.as_slice(), domains.as_slice()) else {
        return false;
    };
    let has = |name: &str, value: &Value| domain.get(name) == Some(value);
    application.get("name") == Some(&json!(NAME))
        && has("name", &json!(NAME))
        && has(
            "application_id",
            application.get("id").unwrap_or(&Value::Null),
        )
        && has("acl", &json!(ACL))
        && has("tls", &json!("always"))
        && sandbox.users(NAME).len() == 1
        && sandbox.user(NAME, USER).is_some()
}

fn is_empty(sandbox: &Sandbox) -> bool {
    sandbox.applications().is_empty() && sandbox.domains().is_empty()
}

fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), Problem> {
    if holds {
        Ok(())
    } else {
        Err(Problem::Outcome(otherwise()))
    }
}
