//! Our own host as a player, for where there is no CLI: it starts the provider for each command, as a CLI does, and shows in
//! plain words what comes of the calls.

use std::fmt::Write as _;
use std::io::Write;

use async_trait::async_trait;
use tfplugin::testing::{Action, Connection, Error, Host, Object, Planned, Resource, codec};
use tfplugin::value::Value;

use super::story::{ACL, Command, DOMAIN};
use super::{Player, Problem, Stage};

const DOMAIN_TYPE: &str = "vonage_sip_domain";

type Domains = Resource<Connection>;

/// Why this player plays, what the other one would show, and how it begins.
const STARTED: &str = "\
There is no terraform or tofu on PATH (where the demo looks for them on Unix), and --cli names none, so a small host inside this
program plays their part, in words of its own. A real CLI would show all of this in Terraform's: to get one, see
https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install, and run the demo again.
The provider runs as a process of its own, and each side has seen the other's certificate.
";

/// The host, with what a CLI keeps in files from one command to the next.
#[derive(Debug, Default)]
pub(super) struct OwnHost {
    /// The domain, as state has it.
    domain: Option<Object>,
    plan: Option<Planned>,
}

#[async_trait(?Send)]
impl Player for OwnHost {
    async fn run(
        &mut self,
        command: Command,
        stage: &mut Stage,
        out: &mut dyn Write,
    ) -> Result<String, Problem> {
        let program = std::env::current_exe().map_err(Error::Process)?;
        let host = match Host::start_command(stage.command(&program)).await {
            Ok(host) => host,
            // Ctrl-C goes to the provider, too, and ends one that does not listen for it yet.
            Err(_) if stage.interruptions.has_come().await => return Err(Problem::Interrupted),
            Err(error) => return Err(error.into()),
        };
        let called = tokio::select! {
            called = self.call(command, &host) => called,
            () = stage.interruptions.next() => Err(Problem::Interrupted),
        };
        // Whatever came of it, the process has ended before its folder goes.
        let ended = host.shut_down().await;
        let text = called?;
        ended?;
        out.write_all(text.as_bytes()).map_err(Problem::Output)?;
        Ok(text)
    }
}

impl OwnHost {
    async fn call(&mut self, command: Command, host: &Host) -> Result<String, Problem> {
        let domains = host.resource(DOMAIN_TYPE)?;
        let config = domains.config(&arguments())?;
        match command {
            Command::Init => return Ok(STARTED.to_owned()),
            Command::Validate => {
                domains.validate(&config).await?;
                return Ok("The configuration is valid.\n".to_owned());
            }
            Command::Output => return Ok(uris(self.domain.as_ref())),
            _ => host.configure(&[]).await?,
        };
        let wanted = match command {
            Command::Destroy => Value::Null,
            _ => config,
        };
        let mut shown = String::new();
        if command != Command::ApplyPlan {
            let changes = command != Command::Plan { changes: false };
            shown += &self.plan(&domains, &wanted, changes).await?;
        }
        if !matches!(command, Command::KeepPlan | Command::Plan { .. }) {
            shown += &self.apply(&domains, &wanted).await?;
        }
        Ok(shown)
    }

    /// Reads the domain, and plans what brings it to a configuration, where there must be something to do or must not.
    async fn plan(
        &mut self,
        domains: &Domains,
        config: &Value,
        changes: bool,
    ) -> Result<String, Problem> {
        if let Some(domain) = &self.domain {
            self.domain = domains.read(domain).await?.value;
        }
        let prior = self.domain.as_ref();
        let planned = domains.plan(prior, config).await?.value;
        if changes == (planned.action == Action::Nothing) {
            let why = format!("the plan is not what it should be: {:?}", planned.action);
            return Err(Problem::Outcome(why));
        }
        let shown = shown(prior.map_or(&Value::Null, |it| &it.state), &planned);
        self.plan = Some(planned);
        Ok(shown)
    }

    async fn apply(&mut self, domains: &Domains, config: &Value) -> Result<String, Problem> {
        let planned = self.plan.take();
        let planned = planned.ok_or_else(|| Problem::Outcome("there is no plan".to_owned()))?;
        let applied = domains.apply(self.domain.as_ref(), config, &planned);
        self.domain = applied.await?.value;
        let Some(domain) = &self.domain else {
            return Ok("Done. The domain is gone.\n".to_owned());
        };
        let mut text = "Done. The domain is now:\n".to_owned();
        for (name, value) in domain.state.as_entries().into_iter().flatten() {
            if !value.is_null() {
                let _ = writeln!(text, "  {name}: {}", json(value));
            }
        }
        Ok(text)
    }
}

/// The arguments of the domain of `examples/basic`.
fn arguments() -> [(&'static str, Value); 5] {
    [
        ("name", DOMAIN.into()),
        (
            "application_id",
            "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20".into(),
        ),
        ("acl", Value::string_set(ACL)),
        ("tls", "always".into()),
        ("srtp", "always".into()),
    ]
}

/// What a plan does: each attribute that changes, as it is and as it will be.
fn shown(before: &Value, planned: &Planned) -> String {
    if planned.action == Action::Nothing {
        return "There is nothing to do: the domain is as it should be.\n".to_owned();
    }
    let mut text = format!("{:?} {DOMAIN_TYPE} {DOMAIN}:\n", planned.action);
    for (name, after) in planned.state.as_entries().into_iter().flatten() {
        let _ = match before.attribute(name) {
            before if before == after => Ok(()),
            Value::Null => writeln!(text, "  {name}: will be {}", json(after)),
            before => writeln!(
                text,
                "  {name}: is {}, will be {}",
                json(before),
                json(after)
            ),
        };
    }
    text
}

/// The output of the example: what to dial, by region.
fn uris(domain: Option<&Object>) -> String {
    let hosts = domain.and_then(|it| it.state.attribute("regional_hosts").as_entries());
    let mut text = String::new();
    for (region, host) in hosts.into_iter().flatten() {
        let host = host.as_str().unwrap_or_default();
        let _ = writeln!(text, "{region}: sip:reception@{host}");
    }
    text
}

fn json(value: &Value) -> String {
    let json = codec::to_json(value);
    json.map_or_else(|_| "not known yet".to_owned(), |json| json.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_that_of_the_example() {
        let example = include_str!("../../../examples/basic/main.tf");
        let (_, block) = example.split_once("\"office\" {\n").unwrap();
        let (block, _) = block.split_once("\n}\n").unwrap();
        let lines = block.lines().map(str::trim);
        let written: String = lines.filter(|line| !line.starts_with('#')).collect();
        let written = written.replace(' ', "").replace(",]", "]");
        let arguments = arguments().map(|(name, value)| format!("{name}={}", json(&value)));
        assert_eq!(written, arguments.concat());
    }
}
