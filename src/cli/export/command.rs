//! Runs the export: looks up, writes, and says what there is to say.

use std::path::PathBuf;
use std::process::ExitCode;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::logging::complain;

use super::document::{self, Document};
use super::output;
use crate::cli::{report_problems, start_logging};
use crate::env::Environment;
use crate::provider::inventory::{APPLICATION, DOMAIN, DomainFilter, Found, Inventory, LINK, USER};

/// Write configuration and import blocks for what exists in the account
///
/// Credentials and limits come from where the provider takes them: the environment, as in
/// `VONAGE_API_KEY` and `VONAGE_API_SECRET`, or the Vonage CLI's file. Nothing in the account is changed, and no secret is written.
#[derive(Clone, Debug, clap::Args)]
pub(in crate::cli) struct ExportArgs {
    /// Only domains whose name begins with this
    #[arg(long, value_name = "TEXT")]
    name_prefix: Option<String>,
    /// Only domains whose calls go to this application
    #[arg(long, value_name = "UUID")]
    application_id: Option<String>,
    /// Only domains of this type: app or trunk
    #[arg(long, value_name = "TYPE")]
    domain_type: Option<String>,
    /// Leave the applications out, and refer to them by their IDs
    #[arg(long)]
    no_applications: bool,
    /// Leave out where the calls to numbers go
    #[arg(long)]
    no_numbers: bool,
    /// Leave the users of the domains out, which saves one request for each domain
    #[arg(long)]
    no_users: bool,
    /// Write to this file, which must not exist yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the export. The exit code is 0 only if all of it was written.
pub(in crate::cli) async fn run(
    arguments: ExportArgs,
    environment: impl Environment + 'static,
) -> ExitCode {
    start_logging(&environment);
    match export(arguments, environment).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => report_problems(problems),
    }
}

async fn export(
    arguments: ExportArgs,
    environment: impl Environment + 'static,
) -> Result<(), Diagnostics> {
    let output = arguments.output;
    if let Some(file) = &output {
        output::must_be_new(file)?;
    }
    let inventory = Inventory::open(environment).await?;
    let filter = DomainFilter::new(
        arguments.name_prefix.as_deref().into(),
        arguments.application_id.as_deref().into(),
        arguments.domain_type.as_deref().into(),
    );
    let is_filtered = arguments.name_prefix.is_some()
        || arguments.application_id.is_some()
        || arguments.domain_type.is_some();
    let mut found = inventory.domains(&filter).await?;
    if !arguments.no_applications {
        found = inventory.with_applications(found, !is_filtered).await?;
    }
    if !arguments.no_users {
        let domains = count(&found, DOMAIN);
        if domains > MANY {
            complain(&format!(
                "Found {domains} domains. Listing the users takes one request for each of them; --no-users leaves the users out."
            ));
        }
        found = inventory.with_users(found).await?;
    }
    if !arguments.no_numbers {
        found = inventory.with_number_links(found, !is_filtered).await?;
    }
    for domain in &found.gone {
        complain(&format!(
            "Warning: SIP domain {domain:?} is in the list of domains, but the request for its users says that it does not \
             exist. It is written without users. If it is gone, its import fails."
        ));
    }
    let Document { text, warnings } = document::write(&found);
    output::write(output.as_deref(), &text)?;
    for warning in warnings {
        complain(&format!("Warning: {warning}"));
    }
    let target = output.map_or(String::new(), |file| format!(" to {}", file.display()));
    complain(&if found.existing.is_empty() {
        "The account has nothing that matches and can be imported: there is nothing to import."
            .to_owned()
    } else {
        let [applications, domains, users, links] =
            [APPLICATION, DOMAIN, USER, LINK].map(|type_name| count(&found, type_name));
        format!(
            "Written{target}: applications: {applications}, SIP domains: {domains}, users: {users}, number links: {links}."
        )
    });
    Ok(())
}

fn count(found: &Found, type_name: &str) -> usize {
    let existing = found.existing.iter();
    existing.filter(|it| it.type_name == type_name).count()
}

/// With more domains than this, the reader is told what takes the time.
const MANY: usize = 50;
