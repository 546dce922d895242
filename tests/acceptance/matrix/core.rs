//! The core: applications, domains, users and number links are made, imported, changed here and behind our back, and destroyed,
//! in five commands.

use serde_json::{Value, json};

use super::expectation::{Expected, Outcome};
use crate::sandbox::Sandbox;
use crate::workspace::{Output, Workspace};

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// Numbers that the account owns: one to be linked, and one that is.
const MAIN: &str = "GB/447700900000";
const FOUND: &str = "GB/447700900001";
const MESSAGES: &str = "https://messages.example.com/?a=b c";
const STATUS: &str = "https://voice.example.com/status";

/// How far the configuration has come.
#[derive(Clone, Copy)]
struct Edition {
    acl: &'static str,
    secret: &'static str,
    /// Of the application that is made.
    voice: &'static str,
    /// Of the application that was there.
    improve_ai: bool,
    /// Of both applications.
    force_destroy: bool,
    /// Where the number leads that is linked.
    target: &'static str,
    imports: &'static str,
    looks_up: bool,
}

const FIRST: Edition = Edition {
    acl: r#"["190.190.190.190", "180.180.180.180/30"]"#,
    secret: "Wonderland-1",
    voice: r#"{ answer_url = { address = "https://voice.example.com/answer" } }"#,
    improve_ai: false,
    force_destroy: false,
    target: "application_id = vonage_application.pbx.id",
    imports: IMPORTS,
    looks_up: false,
};

const SECOND: Edition = Edition {
    acl: r#"["8.8.8.8", "190.190.190.190"]"#,
    secret: "Wonderland-2",
    voice: r#"{
    answer_url          = { address = "https://voice.example.com/other" }
    event_url           = { address = "https://voice.example.com/event" }
    signed_callbacks    = false
    region              = "eu-west"
  }"#,
    improve_ai: true,
    force_destroy: false,
    target: r#"forward_to_sip = ["sip:desk@pbx.example.com;transport=tls", "sip:desk@pbx.example.org"]"#,
    imports: "",
    looks_up: true,
};

/// Runs the core as far as it can go; where that is not to its end, to its end once the API is as usual.
pub(super) fn run(workspace: &mut Workspace, expected: Expected) {
    add_existing(workspace);
    workspace.write("main.tf", &configuration(FIRST));
    let applied = apply(workspace);
    if let Outcome::FirstApplyFails(words) = expected.outcome {
        refused(applied, words);
        return recover(workspace, FIRST);
    }
    applied.expect_code(0, "made and imported");
    assert_as_configured(workspace, FIRST);
    let writes = workspace.sandbox().writes();
    let import_wrote = writes
        .iter()
        .any(|write| write.starts_with("PUT /v1/psip/found-1 "));
    assert_eq!(import_wrote, expected.import_writes, "{writes:?}");
    assert_settled(workspace);
    drift(workspace);
    let second = match expected.outcome {
        Outcome::NoLists(_) => Edition {
            // Whether domains refer to the applications cannot be found out.
            force_destroy: true,
            looks_up: false,
            ..SECOND
        },
        _ => SECOND,
    };
    workspace.write("main.tf", &configuration(second));
    let applied = apply(workspace);
    if let Outcome::NoChange(words) = expected.outcome {
        refused(applied, words);
        return recover(workspace, second);
    }
    applied.expect_code(0, "changed and mended");
    assert_as_configured(workspace, second);
    assert_settled(workspace);
    if let Outcome::NoLists(words) = expected.outcome {
        workspace.write("main.tf", &configuration(SECOND));
        refused(apply(workspace), words);
        workspace.write("main.tf", &configuration(second));
    }
    if let Outcome::NoUnlink(words) = expected.outcome {
        refused(run_destroy(workspace), words);
        workspace.sandbox().switch_back();
        // As the message says, in the dashboard; the application below a forward, too.
        let nothing =
            json!({ "app_id": null, "voiceCallbackType": null, "voiceCallbackValue": null });
        for id in [MAIN, FOUND] {
            workspace.out_of_band().edit_number(id, nothing.clone());
        }
        return destroy(workspace);
    }
    destroy(workspace);
    let main = workspace.sandbox().number(MAIN).unwrap();
    assert!(main.get("app_id").is_none(), "{main}");
    assert_eq!(
        main.get("voiceStatusCallback").is_some(),
        expected.keeps_hidden_fields,
        "{main}"
    );
}

/// With the API as usual, the same configuration is applied to its end, over whatever the failure has left.
#[track_caller]
fn recover(workspace: &mut Workspace, edition: Edition) {
    workspace.sandbox().switch_back();
    apply(workspace).expect_code(0, "made in the end");
    assert_as_configured(workspace, edition);
    destroy(workspace);
}

#[track_caller]
fn destroy(workspace: &mut Workspace) {
    run_destroy(workspace).expect_code(0, "destroyed");
    let sandbox = workspace.sandbox();
    assert_eq!(sandbox.domains(), Vec::<Value>::new());
    assert_eq!(sandbox.applications(), Vec::<Value>::new());
    for id in [MAIN, FOUND] {
        let number = sandbox.number(id).expect("it is still owned");
        assert_eq!(number["moHttpUrl"], MESSAGES);
        assert!(number.get("voiceCallbackType").is_none(), "{number}");
        assert!(number.get("messagesCallbackType").is_none(), "{number}");
    }
    let found = sandbox.number(FOUND).unwrap();
    assert!(found.get("app_id").is_none(), "{found}");
}

fn run_destroy(workspace: &mut Workspace) -> Output {
    workspace.run(&["destroy", "-auto-approve", "-no-color"])
}

/// An application, a domain, a user and a link that are there before Terraform comes, as the API would have stored them, and the
/// numbers.
fn add_existing(workspace: &mut Workspace) {
    workspace.sandbox().add_application(
        APPLICATION,
        json!({
            "name": "found", "privacy": { "improve_ai": false }, "capabilities": {
                "voice": { "webhooks": { "answer_url": { "address": "https://voice.example.com/" } } },
                "messages": { "version": "v1", "webhooks": {} },
                "to_come": { "a": 1 },
            },
        }),
    );
    workspace.sandbox().add(json!({
        "name": "found-1", "application_id": APPLICATION, "acl": ["190.190.190.191"], "digest_auth": true,
        "tls": "always", "srtp": "optional", "domain_type": "app",
    }));
    workspace.sandbox().add_user("found-1", "bob");
    let main = json!({ "moHttpUrl": MESSAGES, "voiceStatusCallback": STATUS });
    workspace.sandbox().add_number(MAIN, main);
    let found = json!({ "moHttpUrl": MESSAGES, "app_id": APPLICATION });
    workspace.sandbox().add_number(FOUND, found);
}

/// What somebody does behind Terraform's back: fields changed, a user and a domain deleted, a number linked elsewhere.
fn drift(workspace: &mut Workspace) {
    let sandbox = workspace.out_of_band();
    let pbx = application(sandbox, "pbx")["id"].clone();
    sandbox.edit_application(pbx.as_str().unwrap(), json!({ "capabilities": {} }));
    sandbox.edit("office", json!({ "tls": "never", "srtp": "optional" }));
    sandbox.remove_user("found-1", "bob");
    sandbox.remove("trunk-1");
    let elsewhere = json!({ "app_id": "c49f3586-9c3c-458b-89fc-3c8beb58865f" });
    sandbox.edit_number(FOUND, elsewhere);
}

/// The application of this name.
#[track_caller]
fn application(sandbox: &Sandbox, name: &str) -> Value {
    let mut all = sandbox.applications().into_iter();
    all.find(|it| it["name"] == name).expect("it is there")
}

fn apply(workspace: &mut Workspace) -> Output {
    workspace.run(&["apply", "-auto-approve", "-no-color"])
}

#[track_caller]
fn assert_settled(workspace: &mut Workspace) {
    workspace
        .run(&["plan", "-no-color", "-detailed-exitcode"])
        .expect_code(0, "no changes");
}

/// The message may be broken into lines anywhere, and the CLI puts bars before them.
#[track_caller]
fn refused(output: Output, words: &[&str]) {
    let text = output
        .expect_code(1, "refused")
        .text()
        .replace(['│', '╷', '╵'], " ");
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    for words in words {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
}

/// The API holds what the configuration says.
#[track_caller]
fn assert_as_configured(workspace: &mut Workspace, edition: Edition) {
    let sandbox = workspace.sandbox();
    let office = sandbox.domain("office").expect("it was made");
    let acl: Value = serde_json::from_str(edition.acl).unwrap();
    assert_eq!(sorted(&office["acl"]), sorted(&acl));
    assert_eq!(
        (&office["tls"], &office["srtp"]),
        (&json!("always"), &json!("always"))
    );
    assert_eq!(office["digest_auth"], true);
    let pbx = application(sandbox, "pbx");
    assert_eq!(office["application_id"], pbx["id"]);
    let voice = &pbx["capabilities"]["voice"];
    let address = &voice["webhooks"]["answer_url"]["address"];
    let address = address.as_str().expect("it has voice");
    assert!(edition.voice.contains(address), "{address}");
    let found = application(sandbox, "found");
    assert_eq!(found["privacy"]["improve_ai"], edition.improve_ai);
    let main = sandbox.number(MAIN).expect("it is owned");
    if edition.target.contains("sip:") {
        let uris = main["voiceCallbackValue"]
            .as_str()
            .expect("it is forwarded");
        let listed: Vec<_> = uris.split(',').map(|uri| format!("{uri:?}")).collect();
        assert!(edition.target.contains(&listed.join(", ")), "{uris}");
    } else {
        assert_eq!(main["app_id"], pbx["id"]);
    }
    let linked = sandbox.number(FOUND).expect("it is owned");
    assert_eq!(linked["app_id"], APPLICATION);
    for number in [main, linked] {
        assert_eq!(number["moHttpUrl"], MESSAGES);
    }
    let trunk = sandbox.domain("trunk-1").expect("it was made");
    assert_eq!(trunk["domain_type"], "trunk");
    for (domain, key) in [("office", "alice"), ("found-1", "bob")] {
        assert_eq!(
            sandbox.secrets(domain)[key],
            edition.secret,
            "{domain}/{key}"
        );
    }
}

fn sorted(list: &Value) -> Vec<String> {
    let mut entries: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap().to_owned())
        .collect();
    entries.sort();
    entries
}

fn configuration(edition: Edition) -> String {
    let Edition {
        acl,
        secret,
        voice,
        improve_ai,
        force_destroy,
        target,
        imports,
        ..
    } = edition;
    let lookups = if edition.looks_up {
        "data \"vonage_applications\" \"all\" {\n  depends_on = [vonage_application.pbx]\n}\n\
         data \"vonage_numbers\" \"all\" {\n  depends_on = [vonage_number_link.main]\n}\n\
         data \"vonage_sip_domains\" \"all\" {\n  depends_on = [vonage_sip_domain.office]\n}\n\
         data \"vonage_sip_domain_users\" \"office\" {\n  domain = \"office\"\n  \
         depends_on = [vonage_sip_domain_user.alice]\n}\n"
    } else {
        ""
    };
    format!(
        r#"
resource "vonage_application" "pbx" {{
  name          = "pbx"
  voice         = {voice}
  force_destroy = {force_destroy}
}}

resource "vonage_application" "found" {{
  name          = "found"
  improve_ai    = {improve_ai}
  force_destroy = {force_destroy}
  voice         = {{ answer_url = {{ address = "https://voice.example.com/" }} }}
}}

resource "vonage_sip_domain" "office" {{
  name           = "office"
  application_id = vonage_application.pbx.id
  acl            = {acl}
  tls            = "always"
  srtp           = "always"
  digest_auth    = true
}}

resource "vonage_sip_domain" "trunk" {{
  name        = "trunk-1"
  domain_type = "trunk"
  acl         = ["190.190.190.192"]
}}

resource "vonage_sip_domain" "found" {{
  name           = "found-1"
  application_id = vonage_application.found.id
  acl            = ["190.190.190.191"]
  digest_auth    = true
  tls            = "always"
}}

resource "vonage_number_link" "main" {{
  country = "GB"
  msisdn  = "447700900000"
  {target}
}}

resource "vonage_number_link" "found" {{
  country        = "GB"
  msisdn         = "447700900001"
  application_id = vonage_application.found.id
}}

resource "vonage_sip_domain_user" "alice" {{
  domain = vonage_sip_domain.office.name
  key    = "alice"
  secret = "{secret}"
}}

resource "vonage_sip_domain_user" "bob" {{
  domain = vonage_sip_domain.found.name
  key    = "bob"
  secret = "{secret}"
}}

{imports}
{lookups}"#
    )
}

const IMPORTS: &str = r#"
import {
  to = vonage_application.found
  id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
}

import {
  to = vonage_sip_domain.found
  id = "found-1"
}

import {
  to = vonage_number_link.found
  id = "GB/447700900001"
}

import {
  to = vonage_sip_domain_user.bob
  id = "found-1/bob"
}
"#;
