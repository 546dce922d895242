//! Tests of where the socket is, who may use it, and that it goes away.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;

use super::*;

fn mode(path: &Path) -> Option<u32> {
    Some(fs::metadata(path).ok()?.mode() & 0o777)
}

fn place_in(folder: &Path) -> Place {
    Place {
        socket_dir: folder.to_str().map(str::to_owned),
        ..Place::default()
    }
}

#[tokio::test]
async fn the_socket_is_in_the_folder_asked_for_and_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let listener = Listener::bind(&place_in(folder.path()), false).unwrap();
    let address = listener.address().unwrap();
    let path = Path::new(&address.location);
    assert_eq!(address.network, "unix");
    assert_eq!(path.parent(), Some(folder.path()));
    assert!(
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("plugin"))
    );
    assert!(fs::metadata(path).unwrap().file_type().is_socket());
    assert_eq!(mode(path), Some(0o600));
}

#[tokio::test]
async fn dropping_the_listener_removes_the_socket() {
    let folder = tempfile::tempdir().unwrap();
    drop(Listener::bind(&place_in(folder.path()), false).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_group_asked_for_may_connect_too() {
    let folder = tempfile::tempdir().unwrap();
    let own_group = fs::metadata(folder.path()).unwrap().gid();
    let named = nix::unistd::Group::from_gid(own_group.into()).unwrap();
    let name = named.map(|group| group.name);
    for group in [Some(own_group.to_string()), name].into_iter().flatten() {
        let place = Place {
            socket_group: Some(group),
            ..place_in(folder.path())
        };
        let listener = Listener::bind(&place, false).unwrap();
        let address = listener.address().unwrap();
        assert_eq!(mode(Path::new(&address.location)), Some(0o660));
    }
}

#[tokio::test]
async fn an_unknown_group_is_an_error_that_names_it_and_leaves_no_socket() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place {
        socket_group: Some("no-such-group".to_owned()),
        ..place_in(folder.path())
    };
    let error = Listener::bind(&place, true).unwrap_err();
    assert!(error.to_string().contains("no-such-group"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_temporary_folder_that_cannot_hold_a_socket_gives_way_to_tmp() {
    let folder = tempfile::tempdir().unwrap();
    let too_long = folder.path().join("x".repeat(120));
    fs::create_dir(&too_long).unwrap();
    for unusable in [&too_long, &folder.path().join("missing")] {
        let place = Place {
            temp_dir: Some(unusable.to_str().unwrap().to_owned()),
            ..Place::default()
        };
        let address = Listener::bind(&place, false).unwrap().address().unwrap();
        assert_eq!(
            Path::new(&address.location).parent(),
            Some(Path::new("/tmp"))
        );
    }
}

#[tokio::test]
async fn a_folder_that_was_asked_for_has_no_substitute() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = Listener::bind(&place_in(&missing), true).unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");
}

#[tokio::test]
async fn a_folder_whose_name_would_break_the_handshake_line_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("a|b");
    fs::create_dir(&broken).unwrap();
    assert!(Listener::bind(&place_in(&broken), true).is_err());
}

#[tokio::test]
async fn tcp_takes_the_first_free_port_of_the_range() {
    let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let place = Place {
        ports: Some(port..=port),
        ..Place::default()
    };
    assert!(bind_tcp(&place).is_err());
    let any = Listener::Tcp(bind_tcp(&Place::default()).unwrap());
    let address = any.address().unwrap();
    assert_eq!(address.network, "tcp");
    assert!(address.location.starts_with("127.0.0.1:"));
}
