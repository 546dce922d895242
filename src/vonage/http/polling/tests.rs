//! Tests of waiting for a write to show: by reads of its own, by lists for many, and when lists are no longer believed.

use std::collections::VecDeque;

use super::*;
use crate::vonage::http::error::Tries;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::request::{InvalidPathSegment, Request};
use crate::vonage::http::timing::Timing;
use crate::vonage::test_server::{Reply, Server, operation};

const LIST: &str = "GET /things";

/// An object that is no more than a text.
struct Thing;

impl Locator for Thing {
    type Object = String;
    const EXPECTED: &'static str = "a thing";

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        Ok(Request::get("/things/1".to_owned()))
    }

    fn parse(&self, body: &[u8]) -> Result<String, InvalidObject> {
        Ok(String::from_utf8_lossy(body).into_owned())
    }
}

impl Listed for Thing {
    const KEY: &'static str = "id";

    fn key(&self) -> &'static str {
        "1"
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        Ok(Request::get("/things".to_owned()))
    }

    fn parse_row(&self, row: &[u8]) -> Result<String, InvalidObject> {
        self.parse(row)
    }
}

fn thing(text: &str) -> String {
    format!(r#"{{"id":"1","text":"{text}"}}"#)
}

/// An API that shows these texts one after the other, the last one for good: in lists, and in single reads.
async fn server<const N: usize, const M: usize>(
    listed: [&'static str; N],
    single: [&'static str; M],
) -> Server {
    let mut listed = VecDeque::from(listed);
    let mut single = VecDeque::from(single);
    Server::handling(move |request| {
        let texts = if request.line == LIST {
            &mut listed
        } else {
            &mut single
        };
        let text = thing(texts[0]);
        if texts.len() > 1 {
            texts.pop_front();
        }
        if request.line == LIST {
            Reply::json(200, &format!("[{text}]"))
        } else {
            Reply::json(200, &text)
        }
    })
    .await
}

async fn await_new(client: &Client, list: &ListCache) -> Visibility {
    let is_new = |seen: Option<&String>| seen.is_some_and(|text| text.contains("new"));
    client.await_write(&operation(), &Thing, list, is_new).await
}

#[tokio::test]
async fn many_writes_are_looked_for_in_one_list_after_the_other() {
    let server = server(["old", "old", "new"], ["old"]).await;
    let list = ListCache::default();
    let _writes = [(); 3].map(|()| list.begin_write());
    let visibility = await_new(&server.client(), &list).await;
    assert_eq!(visibility, Visibility::Confirmed);
    assert_eq!(server.lines(), [LIST; 3]);
}

#[tokio::test(start_paused = true)]
async fn lists_that_do_not_show_what_a_later_read_shows_are_given_up() {
    let server = server(["old"], ["new"]).await;
    let trusted_for = Duration::from_millis(50);
    let client = server.client_with(|_, timing| timing.lists_trusted_for = trusted_for);
    let list = ListCache::default();
    let _writes = [(); 3].map(|()| list.begin_write());
    assert_eq!(await_new(&client, &list).await, Visibility::Confirmed);
    assert!(list.is_unfit());
}

#[tokio::test(start_paused = true)]
async fn a_list_that_was_never_asked_for_is_not_given_up() {
    let server = server(["new"], ["old", "old", "new"]).await;
    let client = server.client_with(|_, timing| timing.lists_trusted_for = Duration::ZERO);
    let list = ListCache::default();
    let _writes = [(); 3].map(|()| list.begin_write());
    assert_eq!(await_new(&client, &list).await, Visibility::Confirmed);
    assert_eq!(server.lines(), ["GET /things/1"; 3]);
    assert!(!list.is_unfit());
}

#[tokio::test(start_paused = true)]
async fn a_list_tells_of_the_time_when_it_was_really_asked_for() {
    let server = server(["new"], ["new"]).await;
    let client = server.client_with(|settings, _| settings.max_requests_per_second = 1.0);
    let begun = Instant::now();
    let mut asked = begun;
    for list in [ListCache::default(), ListCache::default()] {
        let row = client.row(&operation(), &Thing, &list, |_| true).await;
        asked = row.unwrap().asked;
    }
    let waited = asked.duration_since(begun);
    assert!(waited >= Duration::from_millis(500), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn what_was_written_is_compared_and_what_differs_in_the_end_is_told() {
    for (single, is_shown) in [(["old", "new"], true), (["old", "older"], false)] {
        let server = server([""], single).await;
        let client =
            server.client_with(|_, timing| timing.visible_within = Duration::from_millis(100));
        let list = ListCache::default();
        let written = thing("new");
        let same = |found: &String| *found == written;
        let operation = operation();
        let awaited = client.await_written(&operation, &Thing, &list, written.clone(), &same);
        let awaited = awaited.await;
        assert_eq!(awaited.visibility == Visibility::Confirmed, is_shown);
        assert_eq!(awaited.shown, (!is_shown).then(|| thing("older")));
    }
}

#[tokio::test(start_paused = true)]
async fn only_what_it_is_is_found() {
    let server = server([""], ["old", "new", "newer"]).await;
    let client = server.client();
    let is_new = |found: &String| *found == thing("new");
    let found = client.search(&operation(), &Thing, is_new).await;
    assert_eq!(found, Some(thing("new")));
    assert_eq!(client.search(&operation(), &Thing, is_new).await, None);
}

#[tokio::test]
async fn nothing_is_searched_for_without_time_unless_the_operation_is_over() {
    let server = server(["new"], ["new"]).await;
    let client = server.client_with(|_, timing| timing.unclear_within = Duration::ZERO);
    let found = client.search(&operation(), &Thing, |_| true).await;
    assert_eq!((found, server.lines().len()), (None, 0));
    let over = operation().within(Duration::ZERO);
    let found = client.search(&over, &Thing, |_| true).await;
    assert_eq!(found, Some(thing("new")));
    let found = client.search(&over, &Thing, |_| false).await;
    assert_eq!((found, server.lines().len()), (None, 2));
}

#[tokio::test]
async fn only_many_wait_before_the_first_look_and_all_wait_longer_each_time() {
    let server = server(["new"], ["new"]).await;
    let client = server.client_with(|settings, timing| {
        settings.max_requests_per_second = 20.0;
        *timing = Timing {
            jitter: || 0.0,
            ..Timing::default()
        };
    });
    let waits = |by_list| [0, 1, 2].map(|count| client.interval(count, by_list).as_millis());
    assert_eq!(waits(false), [0, 250, 500]);
    assert_eq!(waits(true), [250, 500, 1000]);
}

#[test]
fn only_what_may_pass_is_waited_for() {
    let host = || "host".to_owned();
    let cause = || "cause".to_owned();
    for (source, passes) in [
        (TransportError::Interrupted { cause: cause() }, true),
        (TransportError::TooLarge { limit: 1 }, true),
        (
            TransportError::Connect {
                host: host(),
                cause: cause(),
            },
            true,
        ),
        (TransportError::Setup { cause: cause() }, false),
        (TransportError::PlainHttp { host: host() }, false),
    ] {
        let request = Request::get("/".to_owned()).name;
        let tries = Tries::default();
        let error = Error::Transport {
            request,
            tries,
            source,
        };
        assert_eq!(may_pass(&error), passes, "{error:?}");
    }
}
