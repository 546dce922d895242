//! The `export` command as a process, on accounts that hold what no configuration can name.

use serde_json::json;
use tokio::process::Command;
use vonage_sandbox::switches::{ListRows, Switches};
use vonage_sandbox::{Options, Sandbox};

use crate::support::sandbox::variables;

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");

/// Names that have no place in a path, or would be several parts of one, or are no names of domains or users for another
/// reason. The last two would change what a terminal shows.
const ODD: [&str; 8] = [
    "",
    ".",
    "..",
    "a/b",
    "a?b",
    " ",
    "a\u{1b}[2J\n\"",
    "\u{202e}x",
];

/// An account with one domain and one user that can be imported, and many that cannot.
async fn account(list_rows: ListRows) -> Sandbox {
    let switches = Switches {
        list_rows,
        ..Switches::default()
    };
    let options = Options {
        switches,
        ..Options::default()
    };
    let sandbox = vonage_sandbox::start(options).await.unwrap();
    for name in ODD.into_iter().chain(["office"]) {
        let domain = json!({ "acl": ["190.190.190.190"], "domain_type": "trunk" });
        let domain = domain.as_object().unwrap().clone();
        sandbox.put_domain(name, domain).unwrap();
    }
    for key in ODD.into_iter().chain(["alice"]) {
        let user = json!({ "secret": "Wonderland-12" });
        let user = user.as_object().unwrap().clone();
        sandbox.put_user("office", key, user).unwrap();
    }
    sandbox
}

#[tokio::test]
async fn an_object_with_an_odd_name_is_left_out_and_named_and_all_others_are_written() {
    for rows in [ListRows::Complete, ListRows::Names] {
        let sandbox = account(rows).await;
        let output = Command::new(PROVIDER)
            .arg("export")
            .env_clear()
            .envs(variables(sandbox.url(), &Options::default()))
            .output()
            .await
            .unwrap();
        let [written, said] =
            [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
        assert!(output.status.success(), "{said}");
        let imports = written
            .lines()
            .filter_map(|line| line.strip_prefix("  id = "));
        assert_eq!(
            imports.collect::<Vec<_>>(),
            ["\"office\"", "\"office/alice\""]
        );
        for text in [&written, &said] {
            assert_eq!(text.matches("eft out: ").count(), 2 * ODD.len(), "{text}");
            for name in ODD {
                // As a domain, and as the key of a user of `office`.
                for shown in [
                    format!("{name:?}"),
                    format!("{:?}", format!("office/{name}")),
                ] {
                    assert!(
                        text.contains(&format!("eft out: {shown}")),
                        "{shown}: {text}"
                    );
                }
            }
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        }
    }
}
