//! What a system may refuse: open files, room on the disk, a place for the socket. Each refusal is said, and loses nothing.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tfplugin::testing::messages::read_resource;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use vonage_sandbox::{API_KEY, API_SECRET};

use crate::client::{configure, encode, resource_type, with_nulls};
use crate::host::{Start, in_time, is_served};

/// Fewer files than a start needs, standard input, output and error included; but with fewer than five the system cannot
/// even load the program.
const TOO_FEW_FILES: std::ops::Range<u32> = 5..15;
/// Some more, as a process may inherit open files from what has started the tests.
const ENOUGH_FILES: u32 = 40;

#[tokio::test]
async fn a_start_with_too_few_files_is_an_error_that_says_so() {
    for files in TOO_FEW_FILES {
        let start = Start::as_terraform().after(&format!("ulimit -n {files}"));
        let ended = start.run_to_end().await;
        assert_eq!(ended.status.code(), Some(1), "{files}: {ended:?}");
        assert!(ended.stderr.contains("ulimit -n"), "{files}: {ended:?}");
        assert_eq!(
            (ended.stdout.as_str(), ended.files_left),
            ("", 0),
            "{files}"
        );
    }
    let start = Start::as_terraform().after(&format!("ulimit -n {ENOUGH_FILES}"));
    let plugin = start.run().await;
    assert!(is_served(plugin.connect().await).await);
    assert!(plugin.shut_down().await.status.success());
}

#[tokio::test]
async fn a_call_without_a_file_for_its_connection_is_an_error_and_the_next_may_go_well() {
    let plugin = Start::as_terraform()
        .after(&format!("ulimit -n {ENOUGH_FILES}"))
        // Nobody listens there, which is another error than the one to be provoked.
        .with("VONAGE_BASE_URL", "http://127.0.0.1:1")
        .with("VONAGE_API_KEY", "key")
        .with("VONAGE_API_SECRET", "secret")
        .with("VONAGE_MAX_RETRIES", "0")
        .run()
        .await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[]).await;
    let ty = resource_type(&mut client, "vonage_sip_domain").await;
    let state = with_nulls(&ty, &[("name", "yourcompany".into())]);
    let request = read_resource::Request {
        type_name: "vonage_sip_domain".to_owned(),
        current_state: Some(encode(&state, &ty)),
        ..Default::default()
    };
    let mut detail = async || {
        let answer = in_time(client.read_resource(request.clone()))
            .await
            .unwrap();
        answer.into_inner().diagnostics[0].detail.clone()
    };
    assert!(detail().await.contains("refused"), "no other error");
    // Strangers that never authenticate take up the rest. They wait in the socket until they are accepted.
    let mut strangers = Vec::new();
    for _ in 0..ENOUGH_FILES {
        strangers.push(UnixStream::connect(plugin.field(3)).await.unwrap());
    }
    in_time(async { while !detail().await.contains("open files") {} }).await;
    drop(strangers);
    in_time(async { while !detail().await.contains("refused") {} }).await;
    assert!(plugin.shut_down().await.status.success());
}

#[tokio::test]
async fn a_folder_too_long_for_a_socket_gives_way_to_a_shorter_one_unless_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("x".repeat(120));
    std::fs::create_dir(&long).unwrap();
    let long = long.to_str().unwrap();
    let plugin = Start::as_terraform().with("TMPDIR", long).run().await;
    assert_eq!(Path::new(plugin.field(3)).parent(), Some(Path::new("/tmp")));
    assert!(is_served(plugin.connect().await).await);
    assert!(plugin.shut_down().await.status.success());
    let start = Start::as_terraform().with("PLUGIN_UNIX_SOCKET_DIR", long);
    let ended = start.run_to_end().await;
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert!(ended.stderr.contains(long), "{ended:?}");
    assert_eq!(std::fs::read_dir(long).unwrap().count(), 0);
}

#[tokio::test]
async fn a_full_disk_keeps_the_sandboxes_old_state_and_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    // Without its signal, a file that outgrows the limit is refused as on a full disk. 16 blocks are 8 or 16 KiB.
    let mut sandbox = Start::by_hand()
        .after("trap '' XFSZ; ulimit -f 16")
        .with_argument("sandbox")
        .with_argument("--state")
        .with_argument(file.to_str().unwrap())
        .run()
        .await;
    let address = sandbox.line().split("http://").nth(1).unwrap();
    let address = address.split(' ').next().unwrap().to_owned();
    let mut kept = None;
    for number in 0..1000 {
        let name = format!("domain-{number}");
        let before = std::fs::read_to_string(&file).unwrap();
        let status = in_time(create(&address, &name)).await;
        if status.contains(" 500 ") {
            kept = Some((before, name));
            break;
        }
        assert!(status.contains(" 201 "), "{status}");
    }
    let (before, refused) = kept.expect("the disk is never full");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    assert!(!before.contains(&format!("{refused}\"")));
    // Beside the lock file.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    sandbox.signal(nix::sys::signal::Signal::SIGTERM);
    sandbox.lose_host();
    let ended = sandbox.wait().await;
    assert!(ended.stderr.contains("the old state is kept"), "{ended:?}");
    assert!(ended.stderr.contains("state.json"), "{ended:?}");
}

/// Asks a sandbox for a domain; the first line of its answer.
async fn create(address: &str, name: &str) -> String {
    let body =
        serde_json::json!({ "name": name, "acl": ["190.190.190.190"], "domain_type": "trunk" });
    let body = body.to_string();
    let credentials = STANDARD.encode(format!("{API_KEY}:{API_SECRET}"));
    let request = format!(
        "POST /v1/psip HTTP/1.1\r\nhost: {address}\r\nauthorization: Basic {credentials}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap().to_owned()
}
