//! Answers that no API should give: each is an error that names the request, the status, and the body by its kind and length,
//! or is tolerated on purpose; none is taken for something else.

use super::Error;
use super::psip::Domain;
use super::test_server::{Reply, Server, operation};
use crate::causes::explain;

const JSON: &str = "application/json";

async fn read(reply: Reply) -> Result<Option<Domain>, Error> {
    let server = Server::script(vec![reply]).await;
    let client = server.psip_with(|settings, _| settings.max_retries = 0);
    client.read_domain(&operation(), "office").await
}

/// The error of a read that is answered so.
async fn refusal(reply: Reply) -> String {
    explain(&read(reply.clone()).await.expect_err(&format!("{reply:?}")))
}

#[tokio::test]
async fn a_body_that_is_no_domain_is_named_with_its_request_status_and_length() {
    for (body, problem) in [
        (r#"{"name":12345,"acl":[]}"#, "its `name` is not a string"),
        (
            r#"{"name":"office","acl":[1,2]}"#,
            "its `acl` is not a list of strings",
        ),
        (
            r#"{"name":"office","acl":"10.0.0.1"}"#,
            "its `acl` is not a list of strings",
        ),
        (
            r#"{"name":"office","digest_auth":"False","acl":null}"#,
            "it has no `acl`",
        ),
        (
            r#"{"name":"office","digest_auth":1}"#,
            "its `digest_auth` is not true or false",
        ),
        (
            r#"{"name":"office","tls":true}"#,
            "its `tls` is not a string",
        ),
        (
            r#"{"name":"office","name":"other"}"#,
            "it names another domain",
        ),
        (
            r#"{"Name":"office","ACL":[]}"#,
            "it has none of a domain's fields",
        ),
        (r#"[{"name":"office"}]"#, "it is not a JSON object"),
        ("null", "it is not a JSON object"),
        ("\u{feff}{}", "it is not a JSON object"),
        (r#"{"name":"office""#, "it is not a JSON object"),
    ] {
        let told = refusal(Reply::json(200, body)).await;
        let expected = format!(
            "GET /v1/psip/office answered 200 OK, but the body is not a domain: {problem} (application/json, {} bytes)",
            body.len()
        );
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn what_is_tolerated_is_read_as_it_was_meant() {
    for body in [
        // Another case of the name, as it is a DNS label; the strings that Vonage's own test writes; lists of nothing.
        r#"{"name":"OFFICE","acl":[]}"#,
        r#"{"name":"office","digest_auth":"False","acl":[]}"#,
        // The same said twice, and numbers that are fields of nobody's.
        r#"{"name":"office","name":"office","acl":["10.0.0.1"],"acl":[],"size":1e999}"#,
    ] {
        let domain = read(Reply::json(200, body)).await.unwrap().unwrap();
        assert!(domain.name.eq_ignore_ascii_case("office"), "{body}");
        assert_eq!(domain.acl, [""; 0], "{body}");
        assert_ne!(domain.digest_auth, Some(true), "{body}");
    }
}

#[tokio::test]
async fn an_error_page_of_10_mebibytes_is_not_quoted() {
    let page = format!("<html>{}", "x".repeat(10 * 1024 * 1024));
    for content_type in ["text/html", JSON] {
        let told = refusal(Reply::Answer(500, content_type, page.clone())).await;
        assert_eq!(
            told,
            format!(
                "GET /v1/psip/office answered 500 Internal Server Error: the answer is not in the form of Vonage's \
                 errors ({content_type}, 1048576 bytes)"
            )
        );
    }
}

#[tokio::test]
async fn what_a_terminal_would_obey_is_escaped() {
    let title = serde_json::json!({"title": "\u{7}\u{1b}]0;x\u{202e}\u{2028}"});
    let told = refusal(Reply::json(400, &title.to_string())).await;
    assert!(
        told.ends_with(r": \u{7}\u{1b}]0;x\u{202e}\u{2028}"),
        "{told}"
    );
}

#[tokio::test]
async fn a_404_that_the_api_has_not_written_is_an_error_of_that_status() {
    for (content_type, body) in [
        ("text/html", "<h1>Not Found</h1>"),
        (JSON, ""),
        (JSON, "{}"),
        (JSON, "[]"),
        (JSON, r#"{"message":"no Route matched with those values"}"#),
        ("text/plain", r#"{"title":"Not Found"}"#),
    ] {
        let told = refusal(Reply::Answer(404, content_type, body.to_owned())).await;
        assert!(
            told.starts_with("GET /v1/psip/office answered 404 Not Found: "),
            "{told}"
        );
        let form = match body.len() {
            0 => "no body".to_owned(),
            length => format!("{content_type}, {length} bytes"),
        };
        assert!(told.ends_with(&format!("errors ({form})")), "{told}");
    }
}
