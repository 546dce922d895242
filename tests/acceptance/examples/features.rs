//! What a configuration uses, and the oldest CLIs that know it.

use crate::cli::Cli;

/// Words of a configuration with the oldest Terraform and OpenTofu that understand them; `None` where none does.
const FEATURES: [(&str, &str, Option<&str>); 8] = [
    ("optional(", "1.3", Some("1.6")),
    ("startswith(", "1.3", Some("1.6")),
    ("\ncheck \"", "1.5", Some("1.6")),
    ("\nimport {", "1.5", Some("1.6")),
    ("provider::", "1.8", Some("1.7")),
    ("ephemeral", "1.10", Some("1.11")),
    ("secret_wo", "1.11", Some("1.11")),
    ("\nlist \"", "1.14", None),
];

/// Resource identity in `import` blocks.
const IDENTITY: (&str, &str, Option<&str>) = ("identity = {", "1.12", Some("1.12"));

/// Why a CLI cannot run a configuration, if so.
pub(crate) fn obstacle(text: &str, cli: &Cli) -> Option<String> {
    let used = FEATURES
        .iter()
        .chain([&IDENTITY])
        .filter(|(words, ..)| text.contains(words));
    let demanded = text.lines().filter_map(demanded_version);
    used.map(|(_, terraform, opentofu)| (*terraform, *opentofu))
        .chain(demanded.map(|version| (version, Some(version))))
        .find_map(|(terraform, opentofu)| cli.obstacle(Some(terraform), opentofu))
}

/// The version in `required_version = ">= 1.11.0"`.
fn demanded_version(line: &str) -> Option<&str> {
    let value = line.trim().strip_prefix("required_version")?;
    value.split('"').nth(1)?.strip_prefix(">= ")
}
