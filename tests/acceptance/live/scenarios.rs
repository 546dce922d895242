//! What is tried on a real account: an application, a domain and a user from create to destroy, a trunk, and imports.
//!
//! Domains admit addresses that only stand in documents (RFC 5737), so that nobody can call.

use super::names::{self, Names};
use crate::workspace::Workspace;

pub(super) type Run = fn(&mut Workspace, &Names);

pub(super) const ALL: [(&str, Run); 3] = [
    ("all_kinds_live_from_create_to_destroy", live),
    ("all_kinds_are_imported_as_they_are", import),
    ("what_exists_is_not_adopted", exists),
];

/// How far the configuration has come.
#[derive(Clone, Copy)]
struct Edition {
    answer_url: &'static str,
    acl: &'static str,
    tls: &'static str,
    looks_up: bool,
}

const FIRST: Edition = Edition {
    answer_url: "https://example.com/answer",
    acl: r#"["192.0.2.1", "198.51.100.0/24"]"#,
    tls: "optional",
    looks_up: false,
};

const SECOND: Edition = Edition {
    answer_url: "https://example.com/other",
    acl: r#"["192.0.2.2"]"#,
    tls: "always",
    looks_up: true,
};

fn live(workspace: &mut Workspace, names: &Names) {
    workspace.apply(&pbx(names, FIRST, Some(&names::secret())));
    workspace.apply(&pbx(names, SECOND, Some(&names::secret())));
    let state = workspace.state();
    let found = state.values("data.vonage_sip_domain.pbx");
    assert_eq!(found["tls"], "always");
    assert_eq!(found["acl"], serde_json::json!(["192.0.2.2"]));
    workspace.destroy();
}

fn import(workspace: &mut Workspace, names: &Names) {
    workspace.apply(&pbx(names, FIRST, Some(&names::secret())));
    let state = workspace.state();
    let addresses = [APPLICATION, DOMAIN, USER];
    let imports = addresses.map(|address| {
        let id = &state.values(address)["id"];
        format!("import {{\n  to = {address}\n  id = {id}\n}}\n")
    });
    forget(workspace, &addresses);
    // A secret would be written: the API does not tell which one the user has.
    let configuration = pbx(names, FIRST, None) + &imports.concat();
    workspace.import_by_block(&configuration, &addresses);
    workspace.destroy();
}

fn exists(workspace: &mut Workspace, names: &Names) {
    let trunk = trunk(&names.named("trunk"));
    workspace.apply(&trunk);
    forget(workspace, &[TRUNK]);
    let output = workspace.apply_failing(&trunk);
    let words = "already exists";
    assert!(output.text().contains(words), "{words:?} is missing");
    let import = format!(
        "import {{\n  to = {TRUNK}\n  id = \"{}\"\n}}\n",
        names.named("trunk")
    );
    workspace.import_by_block(&(trunk + &import), &[TRUNK]);
    workspace.destroy();
}

/// Drops objects from the state, where they stay in the account.
#[track_caller]
fn forget(workspace: &mut Workspace, addresses: &[&str]) {
    workspace
        .run(&[&["state", "rm"], addresses].concat())
        .expect_code(0, "forgotten");
}

const APPLICATION: &str = "vonage_application.pbx";
const DOMAIN: &str = "vonage_sip_domain.pbx";
const USER: &str = "vonage_sip_domain_user.desk";
const TRUNK: &str = "vonage_sip_domain.trunk";

fn pbx(names: &Names, edition: Edition, secret: Option<&str>) -> String {
    let Edition {
        answer_url,
        acl,
        tls,
        looks_up,
    } = edition;
    let name = names.named("pbx");
    let secret = secret.map(|secret| format!("secret = \"{secret}\""));
    let secret = secret.unwrap_or_default();
    let lookups = if looks_up { LOOKUPS } else { "" };
    format!(
        r#"
resource "vonage_application" "pbx" {{
  name  = "{name}"
  voice = {{ answer_url = {{ address = "{answer_url}" }} }}
}}

resource "vonage_sip_domain" "pbx" {{
  name           = "{name}"
  application_id = vonage_application.pbx.id
  acl            = {acl}
  tls            = "{tls}"
  digest_auth    = true
}}

resource "vonage_sip_domain_user" "desk" {{
  domain = vonage_sip_domain.pbx.name
  key    = "desk"
  {secret}
}}
{lookups}"#
    )
}

const LOOKUPS: &str = r#"
data "vonage_application" "pbx" {
  id         = vonage_application.pbx.id
  depends_on = [vonage_application.pbx]
}

data "vonage_sip_domain" "pbx" {
  name       = vonage_sip_domain.pbx.name
  depends_on = [vonage_sip_domain.pbx]
}

data "vonage_sip_domain_users" "pbx" {
  domain     = vonage_sip_domain.pbx.name
  depends_on = [vonage_sip_domain_user.desk]
}
"#;

fn trunk(name: &str) -> String {
    format!(
        r#"
resource "vonage_sip_domain" "trunk" {{
  name        = "{name}"
  domain_type = "trunk"
  acl         = ["203.0.113.1"]
}}
"#
    )
}
