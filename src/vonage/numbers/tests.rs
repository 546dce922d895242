//! Tests of reading and leading: few lists, nothing believed too soon, nothing changed that is not ours, nothing lost.

use std::time::Duration;

use super::*;
use crate::vonage::test_server::{Reply, Server, operation};
use crate::vonage::{Error, Visibility};

const OURS: &str = r#","app_id":"OURS""#;
const THEIRS: &str = r#","app_id":"THEIRS""#;
const LIST: &str = "GET /account/numbers?size=100&index=1";
const SEARCH: &str = "GET /account/numbers?size=100&index=1&country=GB&pattern=447700900001";
const UPDATE: &str = "POST /number/update";
const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(30);

fn key() -> NumberKey {
    NumberKey {
        country: "GB".to_owned(),
        msisdn: "447700900001".to_owned(),
    }
}

fn row(msisdn: &str, fields: &str) -> String {
    format!(
        r#"{{"country":"GB","msisdn":"{msisdn}","moHttpUrl":"https://example.com/?a=b&c"{fields}}}"#
    )
}

/// A list of our number, and of one whose digits begin in the same way.
fn shows(fields: &str) -> Reply {
    let rows = [row("4477009000011", THEIRS), row("447700900001", fields)];
    list(2, &rows)
}

fn list(count: usize, rows: &[String]) -> Reply {
    let body = format!(r#"{{"count":{count},"numbers":[{}]}}"#, rows.join(","));
    Reply::json(200, &body)
}

fn empty() -> Reply {
    Reply::json(200, "{}")
}

fn success() -> Reply {
    Reply::json(200, r#"{"error-code":"200","error-code-label":"success"}"#)
}

fn refused(status: u16) -> Reply {
    let body = r#"{"error-code":"420","error-code-label":"method failed"}"#;
    Reply::json(status, body)
}

/// Sends the calls to our application, unless they go to a third one, which this leaves alone.
async fn lead(replies: Vec<Reply>) -> (Result<Linked, LinkError>, Server) {
    lead_to(Some("OURS"), SHORT, replies).await
}

async fn lead_to(
    application: Option<&str>,
    settling: Duration,
    replies: Vec<Reply>,
) -> (Result<Linked, LinkError>, Server) {
    let server = Server::script(replies).await;
    let target = application.map(|id| Target::Application(id.to_owned()));
    let change = Change {
        target: target.as_ref(),
        is_there: &|number| number.target() == target,
        allowed: &|number| number.application() != Some("THEIRS"),
        settling,
    };
    let result = server.numbers().lead(&operation(), &key(), &change).await;
    (result, server)
}

fn visibility(result: &Result<Linked, LinkError>) -> Visibility {
    result.as_ref().unwrap().visibility
}

#[tokio::test(start_paused = true)]
async fn an_update_sends_back_what_was_read_and_a_list_shows_it() {
    let (result, server) = lead(vec![shows(""), success(), shows(""), shows(OURS)]).await;
    let linked = result.unwrap();
    assert_eq!(linked.visibility, Visibility::Confirmed);
    assert_eq!(linked.number.application(), Some("OURS"));
    assert_eq!(server.lines(), [LIST, UPDATE, LIST, LIST]);
    let update = &server.requests()[1];
    assert_eq!(
        update.body,
        "country=GB&msisdn=447700900001&app_id=OURS&moHttpUrl=https%3A%2F%2Fexample.com%2F%3Fa%3Db%26c"
    );
    let head = update.head.to_ascii_lowercase();
    for header in [
        "content-type: application/x-www-form-urlencoded",
        "accept: application/json",
        "authorization: basic ",
    ] {
        assert!(head.contains(header), "{header} is missing in {head}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_there_already_is_not_sent() {
    let (result, server) = lead(vec![shows(OURS)]).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
    assert_eq!(server.lines(), [LIST]);
}

#[tokio::test(start_paused = true)]
async fn a_number_that_two_lists_lack_is_not_owned() {
    let (result, server) = lead(vec![empty()]).await;
    assert!(matches!(result.unwrap_err(), LinkError::NotOwned));
    assert_eq!(server.lines(), [LIST, LIST]);
    let longer = list(1, &[row("4477009000011", "")]);
    let (result, _) = lead(vec![longer]).await;
    assert!(matches!(result.unwrap_err(), LinkError::NotOwned));
    let (result, _) = lead(vec![empty(), shows(""), success(), shows(OURS)]).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
}

#[tokio::test(start_paused = true)]
async fn what_leads_elsewhere_and_stays_so_is_left_alone() {
    for fields in [
        THEIRS,
        r#","voiceCallbackType":"trunk","voiceCallbackValue":"T""#,
        r#","app_id":"OURS","voiceCallbackType":"vxml""#,
    ] {
        let (result, server) = lead(vec![shows(fields)]).await;
        let error = result.unwrap_err();
        assert!(matches!(error, LinkError::Elsewhere(_)), "{error:?}");
        assert_eq!(server.count("POST"), 0, "{fields}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_behind_does_not_make_a_number_somebody_else_s() {
    let behind = vec![
        shows(THEIRS),
        shows(THEIRS),
        shows(""),
        success(),
        shows(OURS),
    ];
    let (result, server) = lead_to(Some("OURS"), LONG, behind).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
    assert_eq!(server.lines(), [LIST, LIST, LIST, UPDATE, LIST]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_what_was_done_is_a_success() {
    for refusal in [
        vec![refused(420)],
        vec![refused(200)],
        vec![Reply::html(500)],
        vec![Reply::HangUp, Reply::html(404)],
    ] {
        let tries = refusal.len();
        let replies = [vec![shows("")], refusal, vec![shows(""), shows(OURS)]].concat();
        let (result, server) = lead(replies).await;
        assert_eq!(visibility(&result), Visibility::Confirmed);
        assert_eq!(server.count("POST"), tries);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_tells_no_outcome_counts_only_where_a_list_shows_it() {
    for untold in [Reply::html(200), empty()] {
        let (result, _) = lead(vec![shows(""), untold.clone(), shows(OURS)]).await;
        assert_eq!(visibility(&result), Visibility::Confirmed);
        let (result, _) = lead(vec![shows(""), untold, shows("")]).await;
        assert!(matches!(result, Err(LinkError::Unclear(_))), "{result:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_what_was_not_done_is_told_in_the_api_s_words() {
    for status in [420, 200] {
        let (result, server) = lead(vec![shows(""), refused(status), shows("")]).await;
        let Err(LinkError::Failed(error)) = result else {
            panic!("{result:?}")
        };
        let text = crate::causes::explain(&error);
        assert!(text.contains("method failed (code 420)"), "{text}");
        assert!(!error.may_have_taken_effect());
        assert!(server.count("GET") > 1, "it was looked for");
    }
    let denied = Reply::json(
        401,
        r#"{"error-code":"401","error-code-label":"authentication failed"}"#,
    );
    let (result, server) = lead(vec![shows(""), denied]).await;
    assert!(matches!(result, Err(LinkError::Failed(error)) if error.is_unauthorized()));
    assert_eq!(
        server.lines(),
        [LIST, UPDATE],
        "there is nothing to look for"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_behind_which_nobody_can_look_is_unclear() {
    for status in [420, 200] {
        let (result, _) = lead(vec![shows(""), refused(status), Reply::html(500)]).await;
        assert!(matches!(result, Err(LinkError::Unclear(_))), "{result:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_with_an_unclear_end_counts_where_a_list_shows_it() {
    let server = Server::script(vec![shows(""), Reply::HangUp, Reply::HangUp, shows(OURS)]).await;
    let mut client = server.client();
    client.timing.unclear_within = LONG;
    let once = server.client_with(|settings, _| settings.max_retries = 0);
    let target = Target::Application("OURS".to_owned());
    let change = Change {
        target: Some(&target),
        is_there: &|number| number.target().as_ref() == Some(&target),
        allowed: &|_| true,
        settling: SHORT,
    };
    let numbers = Numbers::new(once, client);
    let result = numbers.lead(&operation(), &key(), &change).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
    assert_eq!(server.count("POST"), 1);
}

#[tokio::test(start_paused = true)]
async fn an_update_that_never_shows_is_told() {
    let server = Server::script(vec![shows(""), success(), shows("")]).await;
    let client = || server.client_with(|_, timing| timing.visible_within = SHORT);
    let numbers = Numbers::new(client(), client());
    let target = Target::Sip("sip:a@b".to_owned());
    let change = Change {
        target: Some(&target),
        is_there: &|number| number.target().as_ref() == Some(&target),
        allowed: &|_| true,
        settling: SHORT,
    };
    let result = numbers.lead(&operation(), &key(), &change).await;
    assert!(matches!(visibility(&result), Visibility::NotYet { .. }));
    let lists = server.count("GET");
    assert!(
        (4..12).contains(&lists),
        "{lists} lists, further and further apart"
    );
}

#[tokio::test(start_paused = true)]
async fn ctrl_c_during_the_update_keeps_what_was_sent() {
    let held = Reply::Held(Box::new(success()));
    let server = Server::script(vec![shows(""), held, shows("")]).await;
    let numbers = server.numbers();
    let target = Target::Application("OURS".to_owned());
    let change = Change {
        target: Some(&target),
        is_there: &|number| number.target().as_ref() == Some(&target),
        allowed: &|_| true,
        settling: SHORT,
    };
    let (operation, key) = (operation(), key());
    let (result, ()) = tokio::join!(numbers.lead(&operation, &key, &change), async {
        // The list, and the update.
        server.arrival().await;
        server.arrival().await;
        operation.cancel.cancel();
        server.release();
    });
    assert_eq!(visibility(&result), Visibility::Cancelled);
    assert_eq!(server.count("POST"), 1);
}

#[tokio::test(start_paused = true)]
async fn to_unlink_a_forward_leaves_the_application_below_it() {
    let forwarded = r#","app_id":"BELOW","voiceCallbackType":"sip","voiceCallbackValue":"sip:a@b""#;
    let below = r#","app_id":"BELOW""#;
    let (result, server) =
        lead_to(None, SHORT, vec![shows(forwarded), success(), shows(below)]).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
    let body = &server.requests()[1].body;
    assert!(
        body.contains("app_id=BELOW") && !body.contains("voiceCallback"),
        "{body}"
    );
}

async fn read(replies: Vec<Reply>) -> (Result<Option<Number>, Error>, Server) {
    let server = Server::script(replies).await;
    let result = server.numbers().read(&operation(), &key()).await;
    (result, server)
}

#[tokio::test(start_paused = true)]
async fn a_number_is_gone_only_when_two_lists_lack_it() {
    let (found, server) = read(vec![empty()]).await;
    assert_eq!(found.unwrap(), None);
    assert_eq!(server.lines(), [LIST, LIST]);
    let (found, server) = read(vec![empty(), shows(OURS)]).await;
    assert!(found.unwrap().is_some());
    assert_eq!(server.lines(), [LIST, LIST]);
    for trouble in [
        refused(200),
        Reply::html(403),
        Reply::html(200),
        Reply::json(200, r#"{"count":1}"#),
        Reply::json(200, r#"{"numbers":[{}]}"#),
        Reply::json(403, "{}"),
    ] {
        let (found, _) = read(vec![trouble.clone()]).await;
        assert!(found.is_err(), "{trouble:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_list_serves_all_reads_until_a_write() {
    let server = Server::script(vec![shows(OURS)]).await;
    let numbers = server.numbers();
    let (operation, key) = (operation(), key());
    let reads = (0..20).map(|_| numbers.read(&operation, &key));
    for found in futures_util::future::join_all(reads).await {
        assert!(found.unwrap().is_some());
    }
    assert_eq!(numbers.list(&operation).await.unwrap().len(), 2);
    assert_eq!(server.lines(), [LIST]);
    numbers.list_anew(&operation).await.unwrap();
    assert_eq!(server.lines(), [LIST, LIST]);
    write(&numbers).await;
    for _ in 0..2 {
        numbers.read(&operation, &key).await.unwrap();
        assert_eq!(
            server.lines(),
            [LIST, LIST, LIST],
            "a list from before a write is no answer, and one from after it is"
        );
    }
}

/// Stands for an update, a moment after whatever was asked before, and before what is asked next.
async fn write(numbers: &Numbers) {
    tokio::time::advance(Duration::from_millis(1)).await;
    numbers
        .locks
        .take(&operation(), &key().to_string(), &requests::update_name())
        .await
        .unwrap();
    tokio::time::advance(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn a_read_anew_takes_no_list_of_before() {
    for passed in [Duration::ZERO, Duration::from_millis(1)] {
        let server = Server::script(vec![shows(OURS)]).await;
        let numbers = server.numbers();
        numbers.list(&operation()).await.unwrap();
        tokio::time::advance(passed).await;
        let found = numbers.read_anew(&operation(), &key()).await;
        assert!(found.unwrap().is_some());
        assert_eq!(server.lines(), [LIST, LIST]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_is_confirmed_by_no_list_of_before() {
    let server = Server::script(vec![shows(OURS), empty()]).await;
    let numbers = server.numbers();
    numbers.list(&operation()).await.unwrap();
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(numbers.list_anew(&operation()).await.unwrap(), []);
    assert_eq!(server.lines(), [LIST, LIST, LIST]);
}

#[tokio::test(start_paused = true)]
async fn what_a_search_does_not_find_is_looked_for_in_no_list_of_before() {
    let page = list(400, &[row("447700900001", OURS)]);
    let replies = vec![page.clone(), empty(), empty(), page, empty()];
    let server = Server::script(replies).await;
    let numbers = server.numbers();
    numbers.list(&operation()).await.unwrap();
    write(&numbers).await;
    let found = numbers.read(&operation(), &key()).await;
    assert!(found.unwrap().is_some());
    let second = LIST.replace("index=1", "index=2");
    assert_eq!(server.lines(), [LIST, &second, SEARCH, LIST, &second]);
}

#[tokio::test(start_paused = true)]
async fn pages_are_followed_to_the_end_however_short_they_are() {
    let [one, two, three] = ["1", "2", "3"].map(|msisdn| row(msisdn, ""));
    for (pages, requests) in [
        (
            vec![
                list(3, &[one.clone(), two.clone()]),
                list(3, std::slice::from_ref(&three)),
            ],
            2,
        ),
        (
            vec![list(4, &[one.clone(), two.clone(), three.clone()]), empty()],
            2,
        ),
        (
            vec![
                Reply::json(200, &format!(r#"{{"numbers":[{one},{two},{three}]}}"#)),
                empty(),
            ],
            2,
        ),
        (vec![list(3, &[three, two, one])], 1),
    ] {
        let server = Server::script(pages).await;
        let listed = server.numbers().list(&operation()).await.unwrap();
        let digits: Vec<_> = listed.iter().map(|it| it.key.msisdn.as_str()).collect();
        assert_eq!(digits, ["1", "2", "3"]);
        assert_eq!(server.lines().len(), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_without_numbers_is_listed_twice_and_no_more() {
    let server = Server::script(vec![empty()]).await;
    let numbers = server.numbers();
    for _ in 0..3 {
        assert_eq!(numbers.list(&operation()).await.unwrap(), []);
        assert_eq!(numbers.read(&operation(), &key()).await.unwrap(), None);
        assert_eq!(server.lines(), [LIST, LIST]);
    }
}

/// The first of four pages, without our number.
fn first_of_four() -> Reply {
    list(400, &[row("1", "")])
}

#[tokio::test(start_paused = true)]
async fn in_a_long_list_a_number_is_searched_for() {
    let (found, server) = read(vec![first_of_four(), shows(OURS)]).await;
    assert_eq!(found.unwrap().unwrap().application(), Some("OURS"));
    assert_eq!(server.lines(), [LIST, SEARCH]);
    let replies = vec![first_of_four(), shows(""), success(), shows(OURS)];
    let (result, server) = lead(replies).await;
    assert_eq!(visibility(&result), Visibility::Confirmed);
    assert_eq!(server.lines(), [LIST, SEARCH, UPDATE, SEARCH]);
}

#[tokio::test(start_paused = true)]
async fn a_long_list_is_read_as_a_whole_once_as_much_was_searched_for() {
    let whole = list(400, &[row("447700900001", OURS)]);
    let replies = vec![first_of_four(), shows(OURS), shows(OURS), whole, empty()];
    let server = Server::script(replies).await;
    let numbers = server.numbers();
    for _ in 0..5 {
        assert!(numbers.read(&operation(), &key()).await.unwrap().is_some());
    }
    let second = LIST.replace("index=1", "index=2");
    assert_eq!(server.lines(), [LIST, SEARCH, SEARCH, LIST, &second]);
}

#[tokio::test(start_paused = true)]
async fn what_a_search_does_not_find_is_looked_for_in_the_whole_list() {
    let page = list(400, &[row("447700900001", OURS)]);
    let replies = vec![first_of_four(), empty(), page, empty()];
    let (found, server) = read(replies).await;
    assert!(found.unwrap().is_some());
    assert_eq!(server.lines()[..3], [LIST, SEARCH, LIST]);
    let (found, _) = read(vec![first_of_four(), empty()]).await;
    assert_eq!(found.unwrap(), None);
}

async fn read_settling(replies: Vec<Reply>, settling: Duration) -> (Option<String>, bool, usize) {
    let server = Server::script(replies).await;
    let as_written = |number: &Number| number.application() == Some("OURS");
    let read = server
        .numbers()
        .read_settling(&operation(), &key(), settling, &as_written)
        .await
        .unwrap();
    let application = read
        .found
        .and_then(|it| it.application().map(ToOwned::to_owned));
    (application, !read.waited.is_zero(), server.count("GET"))
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_behind_our_own_write_is_no_drift() {
    let (found, waited, lists) = read_settling(vec![shows(OURS)], LONG).await;
    assert_eq!((found.as_deref(), waited, lists), (Some("OURS"), false, 1));
    let behind = vec![shows(""), shows(THEIRS), shows(OURS)];
    let (found, waited, lists) = read_settling(behind, LONG).await;
    assert_eq!((found.as_deref(), waited, lists), (Some("OURS"), true, 3));
    let (found, waited, lists) = read_settling(vec![shows(THEIRS)], Duration::ZERO).await;
    assert_eq!(
        (found.as_deref(), waited, lists),
        (Some("THEIRS"), false, 1)
    );
    let (found, waited, lists) = read_settling(vec![shows(THEIRS)], SHORT).await;
    assert_eq!((found.as_deref(), waited), (Some("THEIRS"), true));
    assert!(
        (4..12).contains(&lists),
        "{lists} lists, further and further apart"
    );
}

#[tokio::test(start_paused = true)]
async fn a_check_sends_nothing() {
    let server = Server::script(vec![shows(THEIRS)]).await;
    let begun = tokio::time::Instant::now();
    let numbers = server.numbers();
    let ours = |number: &Number| number.application() == Some("OURS");
    let checked = numbers.check(&operation(), &key(), SHORT, &ours).await;
    assert!(matches!(checked, Err(LinkError::Elsewhere(_))));
    assert!(
        begun.elapsed() >= Duration::from_secs(1),
        "the plan's process may have listed just before"
    );
    let theirs = |number: &Number| number.application() == Some("THEIRS");
    let checked = numbers.check(&operation(), &key(), SHORT, &theirs).await;
    assert!(checked.is_ok());
    assert_eq!(server.count("POST"), 0);
}
