//! The committed protobuf code is what `proto/` gives: regenerated here without protoc, and compared byte for byte.
//!
//! After a change to `proto/`, `UPDATE_GENERATED=1 cargo test --test it generated` writes the files anew.

use std::fs;
use std::path::Path;

use terraform_provider_vonage::env::{Environment, ProcessEnvironment};

/// A proto file, the folder its Rust code is kept in, and that code's file name, which is the proto package's.
const CONTRACTS: [(&str, &str, &str); 3] = [
    (
        "tfplugin6.proto",
        "crates/tfplugin/src/server/generated",
        "tfplugin6.rs",
    ),
    (
        "go_plugin.proto",
        "crates/tfplugin/src/plugin/generated",
        "plugin.rs",
    ),
    (
        "grpc_health.proto",
        "crates/tfplugin/src/plugin/generated",
        "grpc.health.v1.rs",
    ),
];

#[test]
fn the_committed_code_is_what_the_proto_files_give() {
    let update = ProcessEnvironment.get("UPDATE_GENERATED").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (proto, folder, file) in CONTRACTS {
        let wanted = generate(&root.join("proto"), proto, file);
        let committed = root.join(folder).join(file);
        if update {
            fs::create_dir_all(root.join(folder)).unwrap();
            fs::write(&committed, &wanted).unwrap();
        }
        assert!(
            fs::read_to_string(&committed).unwrap_or_default() == wanted,
            "{folder}/{file} differs from what proto/{proto} gives: \
             run `UPDATE_GENERATED=1 cargo test --test it generated`"
        );
    }
}

/// The Rust code for one proto file.
fn generate(includes: &Path, proto: &str, file: &str) -> String {
    let descriptors = protox::compile([proto], [includes]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    tonic_prost_build::configure()
        .out_dir(folder.path())
        // No connector in the clients: they get a channel from whoever knows the plugin's socket and certificate.
        .build_transport(false)
        // Calls that a server does not have answer UNIMPLEMENTED.
        .generate_default_stubs(true)
        // Large values are slices of the received message, not copies of them.
        .bytes(".")
        // Sorted maps make the schema's bytes the same in every run.
        .btree_map(".")
        .compile_fds(descriptors)
        .unwrap();
    fs::read_to_string(folder.path().join(file)).unwrap()
}
