//! `--debug`: a plugin without a host.

use nix::sys::signal::Signal;

use crate::host::Start;

#[tokio::test]
async fn a_debugged_plugin_tells_where_it_is_and_ends_on_an_interrupt() {
    let plugin = Start::by_hand().with_argument("--debug").run().await;
    let text = plugin.line().trim_end();
    let text = text.strip_prefix("TF_REATTACH_PROVIDERS='").unwrap();
    let plugins: serde_json::Value =
        serde_json::from_str(text.strip_suffix('\'').unwrap()).unwrap();
    for registry in ["registry.terraform.io", "registry.opentofu.org"] {
        let entry = &plugins[format!("{registry}/vonage/vonage")];
        assert_eq!(entry["Pid"], plugin.pid().as_raw());
        assert_eq!(entry["ProtocolVersion"], 6);
        let socket = entry["Addr"]["String"].as_str().unwrap();
        assert!(std::path::Path::new(socket).starts_with(plugin.folder()));
    }
    plugin.signal(Signal::SIGINT);
    let ended = plugin.wait().await;
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.files_left, 0);
}
