//! The packed provider: each CLI installs it from a mirror, as from a registry, and plans with it.

use std::{fs, path::Path, process::Command};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

#[path = "../../it/release/checkout.rs"]
#[expect(dead_code, reason = "what it does for refusals is used in `it` alone")]
mod checkout;

use checkout::{Checkout, VERSION, expect_success};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(the_packed_provider_is_installed_from_a_mirror).differing_by_cli()]
}

const CONFIGURATION: &str = r#"
resource "vonage_sip_domain" "office" {
  name           = "packed-office"
  application_id = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20"
  acl            = ["203.0.113.7"]
}
"#;

/// This machine as the CLIs call it.
fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{system}_{processor}")
}

/// Packs a build without what it has for debuggers, which would take longer than all else.
fn pack(provider: &Path) -> Checkout {
    let checkout = Checkout::new();
    let program = checkout.program(&platform(), "");
    let strip = Command::new("strip")
        .arg("-o")
        .arg(&program)
        .arg(provider)
        .status();
    if !strip.is_ok_and(|status| status.success()) {
        fs::copy(provider, &program).unwrap();
    }
    expect_success(&checkout.release(&["package", "--unsigned"]));
    checkout
}

/// Puts the zip into a mirror, as it is or unpacked, under both registries' names.
fn fill(mirror: &Path, zip: &Path, is_unpacked: bool) {
    for host in ["registry.terraform.io", "registry.opentofu.org"] {
        let mut folder = mirror.join(host).join("vonage/vonage");
        if is_unpacked {
            folder.extend([VERSION, &platform()]);
            fs::create_dir_all(&folder).unwrap();
            let mut unzip = Command::new("unzip");
            expect_success(
                &unzip
                    .arg("-q")
                    .arg(zip)
                    .arg("-d")
                    .arg(&folder)
                    .output()
                    .unwrap(),
            );
        } else {
            fs::create_dir_all(&folder).unwrap();
            fs::copy(zip, folder.join(zip.file_name().unwrap())).unwrap();
        }
    }
}

fn the_packed_provider_is_installed_from_a_mirror(workspace: &mut Workspace) {
    let packed = pack(&workspace.provider_program);
    let name = format!("terraform-provider-vonage_{VERSION}_{}.zip", platform());
    let zip = packed.packed_folder().join(name);
    workspace.write("main.tf", CONFIGURATION);
    for is_unpacked in [false, true] {
        let mirror = tempfile::tempdir().unwrap();
        fill(mirror.path(), &zip, is_unpacked);
        workspace.install_from(mirror.path());
        let output = workspace
            .run(&["init", "-no-color"])
            .expect_code(0, "installed");
        let installed = format!("Installed vonage/vonage v{VERSION}");
        assert!(output.stdout.contains(&installed), "{}", output.stdout);
        let output = workspace
            .run(&["plan", "-no-color"])
            .expect_code(0, "planned");
        assert!(output.stdout.contains("1 to add"), "{}", output.stdout);
        workspace.forget_installed();
    }
}
