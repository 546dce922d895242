//! Our own host as a player, for where there is no CLI: it starts the provider for each command, as a CLI does, and shows in
//! plain words what comes of the calls.

use std::fmt::Write as _;
use std::io::Write;

use async_trait::async_trait;
use tfplugin::testing::{Action, Connection, Error, Host, Object, Planned, Resource, codec};
use tfplugin::value::Value;

use super::story::{ACL, ANSWER_URL, Command, NAME, SECRET, USER};
use super::{Player, Problem, Stage};

/// The resources of the demo's configuration, each behind those that it refers to.
const RESOURCES: [&str; 3] = [
    "vonage_application",
    "vonage_sip_domain",
    "vonage_sip_domain_user",
];

/// Why this player plays, what the other one would show, and how it begins.
const STARTED: &str = "\
There is no terraform or tofu on PATH (where the demo looks for them on Unix), and --cli names none, so a small host inside this
program plays their part, in words of its own. A real CLI would show all of this in Terraform's: to get one, see
https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install, and run the demo again.
The provider runs as a process of its own, and each side has seen the other's certificate.
";

/// The host, with what a CLI keeps in a file from one command to the next.
#[derive(Debug, Default)]
pub(super) struct OwnHost {
    /// The objects, as state has them.
    objects: [Option<Object>; RESOURCES.len()],
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
        match command {
            Command::Init => return Ok(STARTED.to_owned()),
            Command::Validate => {
                for (index, type_name) in RESOURCES.iter().enumerate() {
                    let resource = host.resource(type_name)?;
                    let config = resource.config(&arguments(index, &self.states()))?;
                    resource.validate(&config).await?;
                }
                return Ok("The configuration is valid.\n".to_owned());
            }
            Command::Output => return Ok(uris(&self.states())),
            _ => host.configure(&[]).await?,
        };
        let is_wanted = command != Command::Destroy;
        let mut shown = String::new();
        if command != Command::ApplyPlan {
            let changes = command != Command::Plan { changes: false };
            shown += &self.plan(host, is_wanted, changes).await?;
        }
        if !matches!(command, Command::KeepPlan | Command::Plan { .. }) {
            shown += &self.apply(host, is_wanted).await?;
        }
        Ok(shown)
    }

    /// Reads the objects, and plans what brings them to the configuration, or away, where there must be something to do or
    /// must not.
    async fn plan(
        &mut self,
        host: &Host,
        is_wanted: bool,
        changes: bool,
    ) -> Result<String, Problem> {
        let mut planned_states = Vec::new();
        let mut text = String::new();
        for (index, object) in self.objects.iter_mut().enumerate() {
            let resource = host.resource(type_name(index))?;
            if let Some(read) = object {
                *object = resource.read(read).await?.value;
            }
            let config = config(&resource, index, &planned_states, is_wanted)?;
            let planned = resource.plan(object.as_ref(), &config).await?.value;
            let before = object.as_ref().map_or(&Value::Null, |it| &it.state);
            text += &shown(type_name(index), before, &planned);
            planned_states.push(planned.state);
        }
        if changes == text.is_empty() {
            return Err(Problem::Outcome(format!(
                "the plan is not what it should be: {text}"
            )));
        }
        if text.is_empty() {
            return Ok("There is nothing to do: everything is as it should be.\n".to_owned());
        }
        Ok(text)
    }

    /// As a CLI does, plans each object once more, now that what it refers to is known, and does it.
    async fn apply(&mut self, host: &Host, is_wanted: bool) -> Result<String, Problem> {
        let mut order: Vec<_> = (0..RESOURCES.len()).collect();
        if !is_wanted {
            order.reverse();
        }
        let mut text = String::new();
        for index in order {
            let resource = host.resource(type_name(index))?;
            let config = config(&resource, index, &self.states(), is_wanted)?;
            // The index is one of the array's own.
            let Some(object) = self.objects.get_mut(index) else {
                continue;
            };
            let planned = resource.plan(object.as_ref(), &config).await?.value;
            if planned.action == Action::Nothing {
                continue;
            }
            let applied = resource.apply(object.as_ref(), &config, &planned).await?;
            *object = applied.value;
            text += &done(type_name(index), object.as_ref());
        }
        Ok(text)
    }

    /// Those of the first objects, up to one that does not exist: what refers to it is unknown, or goes before it.
    fn states(&self) -> Vec<Value> {
        let objects = self.objects.iter().map_while(Option::as_ref);
        objects.map(|object| object.state.clone()).collect()
    }
}

fn type_name(index: usize) -> &'static str {
    RESOURCES.get(index).copied().unwrap_or_default()
}

fn config(
    resource: &Resource<Connection>,
    index: usize,
    earlier: &[Value],
    is_wanted: bool,
) -> Result<Value, Error> {
    if is_wanted {
        resource.config(&arguments(index, earlier))
    } else {
        Ok(Value::Null)
    }
}

/// The arguments of the object at this place among [`RESOURCES`], as `examples/basic` and `user.tf` have them. What an `earlier`
/// object does not have yet is unknown.
fn arguments(index: usize, earlier: &[Value]) -> Vec<(&'static str, Value)> {
    let of = |index: usize, attribute| match earlier.get(index) {
        Some(state) => state.attribute(attribute).clone(),
        None => Value::Unknown,
    };
    match index {
        0 => {
            let answer_url = Value::object([("address", ANSWER_URL.into())]);
            vec![
                ("name", NAME.into()),
                ("voice", Value::object([("answer_url", answer_url)])),
            ]
        }
        1 => vec![
            ("name", NAME.into()),
            ("application_id", of(0, "id")),
            ("acl", Value::string_set(ACL)),
            ("tls", "always".into()),
            ("srtp", "always".into()),
        ],
        _ => vec![
            ("domain", of(1, "name")),
            ("key", USER.into()),
            ("secret", SECRET.into()),
        ],
    }
}

/// What a plan does: each attribute that changes, as it is and as it will be.
fn shown(type_name: &str, before: &Value, planned: &Planned) -> String {
    if planned.action == Action::Nothing {
        return String::new();
    }
    let mut text = format!("{:?} {type_name}:\n", planned.action);
    for (name, after) in planned.state.as_entries().into_iter().flatten() {
        let after = text_of(name, after);
        let _ = match before.attribute(name) {
            before if text_of(name, before) == after => Ok(()),
            Value::Null => writeln!(text, "  {name}: will be {after}"),
            before => writeln!(
                text,
                "  {name}: is {}, will be {after}",
                text_of(name, before)
            ),
        };
    }
    text
}

/// What an object has become.
fn done(type_name: &str, object: Option<&Object>) -> String {
    let Some(object) = object else {
        return format!("Done. {type_name} is gone.\n");
    };
    let mut text = format!("Done. {type_name} is now:\n");
    for (name, value) in object.state.as_entries().into_iter().flatten() {
        if !value.is_null() {
            let _ = writeln!(text, "  {name}: {}", text_of(name, value));
        }
    }
    text
}

/// The output of the example: what to dial, by region.
fn uris(states: &[Value]) -> String {
    let hosts = states
        .get(1)
        .and_then(|it| it.attribute("regional_hosts").as_entries());
    let mut text = String::new();
    for (region, host) in hosts.into_iter().flatten() {
        let host = host.as_str().unwrap_or_default();
        let _ = writeln!(text, "{region}: sip:reception@{host}");
    }
    text
}

/// A value for the reader, who sees no secret.
fn text_of(name: &str, value: &Value) -> String {
    if name == "secret" && !value.is_null() {
        return "(sensitive value)".to_owned();
    }
    let json = codec::to_json(value);
    json.map_or_else(|_| "not known yet".to_owned(), |json| json.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value as the language writes it, without white space; a reference is no text in quotes.
    fn written(value: &Value) -> String {
        match value {
            Value::Object(entries) => {
                let entries = entries
                    .iter()
                    .map(|(name, value)| format!("{name}={}", written(value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().concat())
            }
            Value::String(text) if text.starts_with("vonage_") => text.clone(),
            other => codec::to_json(other).unwrap().to_string(),
        }
    }

    #[test]
    fn the_arguments_are_those_of_the_configuration() {
        let basic = include_str!("../../../examples/basic/main.tf");
        let configuration = [basic, include_str!("user.tf")].concat();
        let earlier = [("id", RESOURCES[0]), ("name", RESOURCES[1])].map(|(name, kind)| {
            Value::object([(name, format!("{kind}.office.{name}").as_str().into())])
        });
        for (index, type_name) in RESOURCES.iter().enumerate() {
            let heading = format!("resource \"{type_name}\" ");
            let (_, block) = configuration.split_once(&heading).unwrap();
            let (block, _) = block.split_once("\n}\n").unwrap();
            let lines = block.lines().skip(1).map(str::trim);
            let found: String = lines.filter(|line| !line.starts_with('#')).collect();
            let found = found.replace(' ', "").replace(",]", "]");
            let arguments = arguments(index, &earlier).into_iter();
            let ours: Vec<_> = arguments
                .map(|(name, value)| format!("{name}={}", written(&value)))
                .collect();
            assert_eq!(found, ours.concat());
        }
    }
}
