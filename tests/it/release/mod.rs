//! What `scripts/release` packs, and what it refuses, in checkouts that the tests make.

mod checkout;

use std::fs;

use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};

use crate::client::schemas;
use crate::host::Start;

use self::checkout::{Checkout, PASSPHRASE, VERSION, expect_success, text};

fn named(rest: &str) -> String {
    format!("terraform-provider-vonage_{VERSION}_{rest}")
}

#[test]
fn a_release_has_what_the_registries_expect() {
    let checkout = Checkout::with_programs();
    expect_success(&checkout.release(&["package", "--unsigned"]));
    let packed = checkout.packed();
    let expected = [
        "SHA256SUMS",
        "linux_amd64.zip",
        "manifest.json",
        "windows_amd64.zip",
    ];
    assert_eq!(
        packed.keys().collect::<Vec<_>>(),
        expected.map(named).iter().collect::<Vec<_>>()
    );
    let manifest: serde_json::Value =
        serde_json::from_slice(&packed[&named("manifest.json")]).unwrap();
    assert_eq!(manifest["metadata"]["protocol_versions"][0], "6.0");
    let sums = String::from_utf8(packed[&named("SHA256SUMS")].clone()).unwrap();
    let summed: Vec<_> = sums.lines().map(|line| line[64..].trim_start()).collect();
    assert_eq!(
        summed,
        ["linux_amd64.zip", "manifest.json", "windows_amd64.zip"].map(named)
    );
    let check = checkout
        .command("sha256sum")
        .args(["--check", "--strict", &named("SHA256SUMS")])
        .current_dir(checkout.packed_folder())
        .output();
    expect_success(&check.unwrap());
}

#[test]
fn a_zip_has_the_program_that_the_cli_looks_for() {
    let checkout = Checkout::with_programs();
    expect_success(&checkout.release(&["package", "--unsigned"]));
    for (platform, extension) in [("linux_amd64", ""), ("windows_amd64", ".exe")] {
        let zip = checkout
            .packed_folder()
            .join(named(&format!("{platform}.zip")));
        let script = "import sys, zipfile\n\
             with zipfile.ZipFile(sys.argv[1]) as archive:\n\
             \x20   for entry in archive.infolist():\n\
             \x20       print(oct(entry.external_attr >> 16), entry.filename)\n";
        let mut python = checkout.command("python3");
        let output = python.arg("-c").arg(script).arg(&zip).output().unwrap();
        expect_success(&output);
        assert_eq!(
            text(&output).lines().collect::<Vec<_>>(),
            [
                "0o100644 LICENSE",
                "0o100644 NOTICE",
                &format!("0o100755 terraform-provider-vonage_v{VERSION}{extension}"),
            ]
        );
    }
}

#[test]
fn packing_in_another_place_gives_the_same_bytes() {
    let [first, second] = [(), ()].map(|()| Checkout::with_programs().with_components());
    // Another time zone, and an earlier release in the way.
    let second = second.with("TZ", "Pacific/Auckland");
    for checkout in [&first, &second, &second] {
        expect_success(&checkout.release(&["package", "--unsigned"]));
    }
    let packed = first.packed();
    assert_eq!(packed.len(), 5);
    assert!(packed == second.packed());
    let components = named("sbom.cdx.json");
    assert!(String::from_utf8_lossy(&packed[&components]).contains("2023-11-14T22:13:21Z"));
    // What is signed is these sums.
    assert!(String::from_utf8_lossy(&packed[&named("SHA256SUMS")]).contains(&components));
}

fn tagged(checkout: Checkout) -> Checkout {
    checkout.git(&["tag", &format!("v{VERSION}")]);
    checkout
}

#[test]
fn what_is_no_release_is_refused() {
    type Change = fn(Checkout) -> Checkout;
    let cases: [(&str, &[&str], Change); 9] = [
        (
            "the tree has changes",
            &["package", "--unsigned"],
            |checkout| {
                fs::write(checkout.source().join("new"), "").unwrap();
                checkout
            },
        ),
        (
            "the tag of this commit is v9.9.9, but",
            &["package", "--unsigned"],
            |checkout| {
                checkout.git(&["tag", "v9.9.9"]);
                checkout
            },
        ),
        (
            "the tag of this commit is v9.9.9, but",
            &["package", "--unsigned"],
            |checkout| {
                checkout
                    .with("GITHUB_REF_TYPE", "tag")
                    .with("GITHUB_REF_NAME", "v9.9.9")
            },
        ),
        ("this commit has no tag", &["package"], |checkout| checkout),
        ("CHANGELOG.md has no section", &["package"], |checkout| {
            fs::write(checkout.source().join("CHANGELOG.md"), "").unwrap();
            checkout.git(&["commit", "--quiet", "--all", "--message=Forgotten"]);
            tagged(checkout)
        }),
        ("cargo-cyclonedx is needed", &["package"], tagged),
        ("GPG_PRIVATE_KEY is not set", &["sign"], tagged),
        (
            "no <os>_<arch>/terraform-provider-vonage",
            &["package", "--unsigned", "scripts"],
            tagged,
        ),
        ("publish is unknown", &["publish"], tagged),
    ];
    for (words, arguments, change) in cases {
        let checkout = change(Checkout::with_programs());
        let output = checkout.release(arguments);
        assert_eq!(output.status.code(), Some(1), "{words}: {}", text(&output));
        assert!(text(&output).contains(words), "{words}: {}", text(&output));
        assert_eq!(checkout.anything_packed(), 0, "{words}");
    }
}

/// A new key in a keyring of its own, in the armour that the environment carries.
fn new_key(checkout: &Checkout, algorithm: &str) -> String {
    let gpg = |arguments: &[&str]| {
        let mut command = checkout.command("gpg");
        command.args(["--batch", "--quiet", "--pinentry-mode=loopback"]);
        let output = command
            .args(["--passphrase", PASSPHRASE])
            .args(arguments)
            .output();
        let output = output.unwrap();
        expect_success(&output);
        String::from_utf8(output.stdout).unwrap()
    };
    gpg(&[
        "--quick-generate-key",
        "somebody@example.com",
        algorithm,
        "sign",
    ]);
    gpg(&["--armor", "--export-secret-keys"])
}

/// A release that is packed, and not signed yet.
fn packed_release() -> Checkout {
    let checkout = tagged(Checkout::with_programs().with_components());
    expect_success(&checkout.release(&["package"]));
    checkout
}

#[track_caller]
fn expect_no_signature(checkout: &Checkout, why: &str) {
    let output = checkout.release(&["sign"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains(why), "{}", text(&output));
    assert!(!checkout.packed().contains_key(&named("SHA256SUMS.sig")));
}

#[test]
fn the_sums_are_signed_by_the_key_of_the_environment() {
    let checkout = packed_release();
    let key = new_key(&checkout, "rsa2048");
    let checkout = checkout.with("GPG_PRIVATE_KEY", &key);
    expect_no_signature(&checkout, "gpg did not sign");

    let checkout = checkout.with("PASSPHRASE", PASSPHRASE);
    expect_success(&checkout.release(&["sign"]));
    let signature = &checkout.packed()[&named("SHA256SUMS.sig")];
    assert!(!signature.starts_with(b"-----"), "it is in armour");
    let folder = checkout.packed_folder();
    let mut verify = checkout.command("gpg");
    let names = [named("SHA256SUMS.sig"), named("SHA256SUMS")];
    expect_success(
        &verify
            .arg("--verify")
            .args(names)
            .current_dir(folder)
            .output()
            .unwrap(),
    );
    stop_agent(&checkout);
}

#[test]
fn a_key_that_the_registry_refuses_is_refused() {
    let checkout = packed_release();
    let key = new_key(&checkout, "ed25519");
    let checkout = checkout
        .with("GPG_PRIVATE_KEY", &key)
        .with("PASSPHRASE", PASSPHRASE);
    expect_no_signature(&checkout, "neither RSA nor DSA");
    stop_agent(&checkout);
    let checkout = checkout.with("GPG_PRIVATE_KEY", "nonsense");
    expect_no_signature(&checkout, "GPG_PRIVATE_KEY is no private key");
}

#[test]
fn nothing_is_signed_that_the_sums_do_not_list() {
    let checkout = packed_release().with("GPG_PRIVATE_KEY", "-");
    let folder = checkout.packed_folder();
    let manifest = folder.join(named("manifest.json"));
    for change in [folder.join("stranger"), manifest] {
        fs::write(&change, "{}").unwrap();
        expect_no_signature(&checkout, "are not those that its");
        fs::remove_file(change).unwrap();
    }
}

/// Ends what `gpg` has started for the keyring of a test.
fn stop_agent(checkout: &Checkout) {
    let mut stop = checkout.command("gpgconf");
    expect_success(&stop.args(["--kill", "gpg-agent"]).output().unwrap());
}

#[tokio::test]
#[ignore = "needs a program that `scripts/release build` made, in RELEASED_PROVIDER"]
async fn a_released_program_is_served_alone_in_its_root_folder() {
    let program = ProcessEnvironment
        .get("RELEASED_PROVIDER")
        .expect("RELEASED_PROVIDER names it");
    let plugin = Start::as_terraform().alone(program.as_ref()).run().await;
    assert_eq!(plugin.field(1), "6");
    let mut client = plugin.provider().await;
    assert!(schemas(&mut client).await.provider.is_some());
    assert!(plugin.shut_down().await.status.success());
}
