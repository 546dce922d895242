//! What the sandbox offers by default fits the rest of the provider, which shares no code with it.

use std::fs;
use std::path::{Path, PathBuf};

use terraform_provider_vonage::acl::Acl;
use vonage_sandbox::{API_SECRET, Object, Options, Seed};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn no_message_contains_the_default_secret_and_would_be_redacted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let with_secret: Vec<PathBuf> = ["src", "crates"]
        .iter()
        .flat_map(|folder| sources(&root.join(folder)))
        .filter(|path| fs::read_to_string(path).unwrap().contains(API_SECRET))
        .map(|path| path.strip_prefix(root).unwrap().to_owned())
        .collect();
    let options = Path::new("crates/vonage-sandbox/src/options.rs");
    assert_eq!(with_secret, [options]);
}

/// What the provider would say of a domain's ACL.
fn details(domain: &Object) -> Vec<String> {
    let entries = domain["acl"].as_array().unwrap().iter();
    let acl: Acl = entries.map(|entry| entry.as_str().unwrap()).collect();
    let findings = acl.lint(domain["digest_auth"].as_bool());
    findings.into_iter().map(|finding| finding.detail).collect()
}

#[tokio::test]
async fn seeded_domains_can_be_planned_without_a_warning_and_some_have_users() {
    let sandbox = vonage_sandbox::start(Options {
        seed: Some(Seed::Count(300)),
        ..Options::default()
    })
    .await
    .unwrap();
    let domains = sandbox.domains();
    assert_eq!(domains.len(), 300);
    for domain in domains {
        assert_eq!(details(&domain), [""; 0], "{domain:?}");
        let users = sandbox.users(domain["name"].as_str().unwrap());
        assert_eq!(!users.is_empty(), domain["digest_auth"] == true);
    }
    assert!(!sandbox.users("seed-0003").is_empty());
}
