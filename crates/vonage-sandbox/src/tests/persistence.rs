//! The state file over restarts, seeds, and writes that the file does not take.

use std::fs;
use std::path::Path;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::harness::{SECRET, create_user, domain, own_headers, send, user};
use crate::{Options, Sandbox, Seed, StartError, start};

fn kept(path: &Path) -> Options {
    Options {
        state: Some(path.to_owned()),
        ..Options::default()
    }
}

async fn reason(options: Options) -> StartError {
    start(options)
        .await
        .map(|sandbox| sandbox.url())
        .unwrap_err()
}

#[tokio::test]
async fn a_restart_finds_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let sandbox = start(kept(&path)).await.unwrap();
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("another"))).await;
    send(&sandbox, "DELETE", "/v1/psip/another", None).await;
    create_user(&sandbox, "alice").await;
    let before = send(&sandbox, "GET", "/v1/psip", None).await.json();
    sandbox.stop().await;

    let sandbox = start(kept(&path)).await.unwrap();
    assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.json(), before);
    assert_eq!(before.as_array().unwrap().len(), 1);
    assert_eq!(sandbox.users("mydomain")[0]["secret"], SECRET);
}

#[tokio::test]
async fn direct_edits_and_resets_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let sandbox = start(kept(&path)).await.unwrap();
    sandbox.put_domain("drift", serde_json::Map::new()).unwrap();
    sandbox.stop().await;
    let sandbox = start(kept(&path)).await.unwrap();
    assert!(sandbox.domain("drift").is_some());
    sandbox.reset().unwrap();
    sandbox.stop().await;
    assert!(start(kept(&path)).await.unwrap().domains().is_empty());
}

#[tokio::test]
async fn a_seed_fills_a_new_state_file_and_never_an_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let seeded = || Options {
        seed: Some(Seed::Count(3)),
        ..kept(&path)
    };
    let sandbox = start(seeded()).await.unwrap();
    send(&sandbox, "DELETE", "/v1/psip/seed-0002", None).await;
    sandbox.stop().await;
    let sandbox = start(seeded()).await.unwrap();
    let names: Vec<_> = sandbox
        .domains()
        .into_iter()
        .map(|domain| domain["name"].clone())
        .collect();
    assert_eq!(names, [json!("seed-0001"), json!("seed-0003")]);
}

#[tokio::test]
async fn a_broken_state_file_is_a_start_error_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    fs::write(&path, "{\"domains\": [").unwrap();
    assert!(matches!(reason(kept(&path)).await, StartError::State(_)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"domains\": [");
}

#[tokio::test]
async fn a_state_file_in_a_missing_folder_and_a_missing_seed_are_start_errors() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        reason(kept(&folder.path().join("none").join("state.json"))).await,
        StartError::State(_)
    ));
    let seed = Some(Seed::File(folder.path().join("seed.json")));
    assert!(matches!(
        reason(Options {
            seed,
            ..Options::default()
        })
        .await,
        StartError::Seed(_)
    ));
}

/// A sandbox whose state file cannot be replaced any more: a folder is in its place.
async fn stuck(path: &Path) -> Sandbox {
    let sandbox = start(kept(path)).await.unwrap();
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain")))
            .await
            .status,
        201
    );
    fs::remove_file(path).unwrap();
    fs::create_dir(path).unwrap();
    fs::write(path.join("occupied"), "").unwrap();
    sandbox
}

#[tokio::test]
async fn a_write_that_the_file_does_not_take_is_the_published_500_and_did_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = stuck(&folder.path().join("state.json")).await;
    let before = sandbox.domains();
    let mut changed = domain("mydomain");
    changed["tls"] = json!("always");
    for (method, path, body) in [
        ("POST", "/v1/psip", Some(domain("another"))),
        ("PUT", "/v1/psip/mydomain", Some(changed)),
        ("POST", "/v1/psip/mydomain/users", Some(user("alice"))),
        ("DELETE", "/v1/psip/mydomain", None),
    ] {
        let answer = send(&sandbox, method, path, body.as_ref()).await;
        assert_eq!(answer.status, 500, "{method} {path}");
        assert_eq!(
            answer.json(),
            json!({
                "type": "https://www.nexmo.com/messages/Errors#InternalError",
                "title": "Service internal #InternalError",
                "detail": "An unknown error encountered",
            })
        );
    }
    assert!(sandbox.delete_domain("mydomain").is_err());
    assert!(sandbox.reset().is_err());
    assert_eq!(sandbox.domains(), before);
    assert!(sandbox.users("mydomain").is_empty());
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/mydomain", None)
            .await
            .status,
        200,
        "reads go on"
    );
}

#[tokio::test]
async fn a_folder_that_comes_back_takes_writes_again() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let sandbox = start(kept(&inner.join("state.json"))).await.unwrap();
    fs::remove_dir_all(&inner).unwrap();
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain")))
            .await
            .status,
        500
    );
    fs::create_dir(&inner).unwrap();
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain")))
            .await
            .status,
        201
    );
}

/// Root may write everywhere, so the folder's permissions prove nothing then.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_not_writable_keeps_the_old_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let sandbox = start(kept(&path)).await.unwrap();
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    let before = fs::read_to_string(&path).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let writable = fs::write(folder.path().join("probe"), "").is_ok();
    let answer = send(&sandbox, "DELETE", "/v1/psip/mydomain", None).await;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(answer.status, if writable { 200 } else { 500 });
    assert_eq!(fs::read_to_string(&path).unwrap() == before, !writable);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_state_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    start(kept(&path)).await.unwrap().stop().await;
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_stop_leaves_the_file_to_others_only_after_the_last_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let seed = Some(Seed::Count(10_000));
    let options = Options {
        seed,
        ..kept(&path)
    };
    let sandbox = start(options).await.unwrap();
    let (own, body) = (own_headers(&sandbox), domain("mydomain").to_string());
    let request = format!(
        "POST /v1/psip HTTP/1.1\r\n{own}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut client = TcpStream::connect(sandbox.address()).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    while sandbox.files_written() == 0 {
        tokio::task::yield_now().await;
    }
    drop(client);
    sandbox.stop().await;
    let next = start(kept(&path)).await.unwrap();
    assert!(next.domain("mydomain").is_some());
}

#[tokio::test]
async fn writes_that_wait_together_go_into_the_file_together() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let seed = Some(Seed::Count(10_000));
    let sandbox = std::sync::Arc::new(
        start(Options {
            seed,
            ..kept(&path)
        })
        .await
        .unwrap(),
    );
    let mut writes = tokio::task::JoinSet::new();
    for number in 0..100 {
        let sandbox = std::sync::Arc::clone(&sandbox);
        writes.spawn(async move {
            // One of them is refused, and takes nobody with it.
            let name = if number == 50 {
                "seed-0001".to_owned()
            } else {
                format!("mydomain-{number}")
            };
            send(&sandbox, "POST", "/v1/psip", Some(&domain(&name)))
                .await
                .status
        });
    }
    let statuses = writes.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 99);
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 1);
    assert!(
        sandbox.files_written() < 50,
        "{} times",
        sandbox.files_written()
    );
    let file = fs::read(&path).unwrap();
    assert_eq!(
        crate::state_file::Contents::parse(&file)
            .unwrap()
            .of(&crate::psip::DOMAIN)
            .len(),
        10_099
    );
}
