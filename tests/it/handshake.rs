//! The start: what the host asks for, what the line says, and who is served then.

use tfplugin::testing::Identity;

use crate::host::{Start, is_served, terraform_with_another_key};

#[tokio::test]
async fn a_host_with_a_p521_certificate_is_served() {
    let plugin = Start::as_terraform().run().await;
    let network = if cfg!(unix) { "unix" } else { "tcp" };
    assert_eq!(
        [0, 1, 2, 4].map(|field| plugin.field(field)),
        ["1", "6", network, "grpc"]
    );
    assert!(plugin.field(5).len() > 50 && !plugin.field(5).contains('='));
    assert_eq!(plugin.line().matches('|').count(), 5);
    assert!(is_served(plugin.connect().await).await);
}

#[tokio::test]
async fn a_host_with_another_kind_of_certificate_is_served() {
    let start = Start::as_terraform().with_identity(Identity::generate().unwrap());
    let plugin = start.run().await;
    assert!(is_served(plugin.connect().await).await);
}

#[tokio::test]
async fn a_host_without_a_certificate_is_served_in_plain() {
    let plugin = Start::without_tls().run().await;
    assert_eq!(plugin.field(5), "");
    assert!(is_served(plugin.connect().await).await);
}

#[tokio::test]
async fn nobody_but_the_host_is_served() {
    let plugin = Start::as_terraform().run().await;
    for stranger in [
        None,
        Some(Identity::generate().unwrap()),
        Some(terraform_with_another_key()),
    ] {
        // A refusal shows when connecting or with the first call, as the client is done before the server is.
        if let Ok(channel) = plugin.connect_as(stranger.as_ref()).await {
            assert!(!is_served(channel).await, "{stranger:?}");
        }
    }
    assert!(is_served(plugin.connect().await).await);
}

#[tokio::test]
async fn version_6_is_answered_whatever_the_host_lists() {
    for versions in ["6", "6,5", "5,6", "4,5", "x,,6", "none"] {
        let start = Start::without_tls().with("PLUGIN_PROTOCOL_VERSIONS", versions);
        assert_eq!(start.run().await.field(1), "6", "{versions}");
    }
    let start = Start::without_tls().without("PLUGIN_PROTOCOL_VERSIONS");
    assert_eq!(start.run().await.field(1), "6");
}

#[tokio::test]
async fn multiplexing_is_declined_when_asked_for() {
    let start = Start::as_terraform().with("PLUGIN_MULTIPLEX_GRPC", "true");
    let plugin = start.run().await;
    assert_eq!(plugin.field(6), "false");
    assert!(is_served(plugin.connect().await).await);
}

#[tokio::test]
async fn a_start_by_hand_says_so_and_fails() {
    let ended = Start::by_hand().run_to_end().await;
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stdout, "");
    assert!(!ended.stderr.is_empty());
}

#[tokio::test]
async fn a_broken_certificate_is_an_error_and_not_plain_text() {
    let start = Start::without_tls().with("PLUGIN_CLIENT_CERT", "no certificate");
    let ended = start.run_to_end().await;
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stdout, "");
    assert!(
        ended.stderr.contains("PLUGIN_CLIENT_CERT"),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.files_left, 0);
}

/// Elsewhere there is no socket with a path.
#[cfg(unix)]
mod socket {
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::{Start, is_served};

    #[tokio::test]
    async fn the_socket_is_where_the_host_wants_it_and_for_its_group() {
        let folder = tempfile::tempdir().unwrap();
        let group = folder.path().metadata().unwrap().gid().to_string();
        let plugin = Start::as_terraform()
            .with("PLUGIN_UNIX_SOCKET_DIR", folder.path().to_str().unwrap())
            .with("PLUGIN_UNIX_SOCKET_GROUP", &group)
            .run()
            .await;
        let socket = Path::new(plugin.field(3));
        assert_eq!(socket.parent(), Some(folder.path()));
        assert_eq!(socket.metadata().unwrap().mode() & 0o777, 0o660);
        assert!(is_served(plugin.connect().await).await);
    }

    #[tokio::test]
    async fn a_temporary_folder_that_does_not_exist_is_no_obstacle() {
        let start = Start::as_terraform().with("TMPDIR", "/does/not/exist");
        let plugin = start.run().await;
        let socket = Path::new(plugin.field(3)).to_owned();
        assert_eq!(socket.parent(), Some(Path::new("/tmp")));
        assert!(plugin.shut_down().await.status.success());
        assert!(!socket.exists());
    }

    #[tokio::test]
    async fn a_socket_folder_that_cannot_be_had_is_an_error_that_names_it() {
        let start = Start::as_terraform().with("PLUGIN_UNIX_SOCKET_DIR", "/does/not/exist");
        let ended = start.run_to_end().await;
        assert_eq!(ended.status.code(), Some(1));
        assert!(ended.stderr.contains("/does/not/exist"), "{}", ended.stderr);
    }
}
