//! Tests of error answers: the bodies are those of the published specifications and of clients in use.

use allocation_counter::measure;

use super::*;
use crate::vonage::http::request::Request;

const JSON: (&str, &str) = ("content-type", "application/json");

fn read(status: u16, headers: &[(&'static str, &str)], body: &str) -> ApiError {
    let name = Request::get("/v1/psip/office".to_owned()).name;
    let secrets = Secrets::default();
    secrets.register_pair("key", "s3cret");
    ApiError::read(&name, &Answer::of(status, headers, body), &secrets)
}

fn words(status: u16, body: &str) -> String {
    let error = read(status, &[JSON], body);
    assert!(error.is_from_api(), "{body}");
    error.to_string()
}

#[test]
fn each_known_shape_gives_its_words() {
    for (body, expected) in [
        (
            r#"{"type":"https://www.nexmo.com/messages/Errors#Unauthorized",
                "title":"Invalid credentials supplied","detail":"You did not provide credentials."}"#,
            "Invalid credentials supplied: You did not provide credentials",
        ),
        (
            r#"{"title":"Unprocessable Entity-Invalid request parameters","detail":"Request lacks acl"}"#,
            "Unprocessable Entity-Invalid request parameters: Request lacks acl",
        ),
        (
            r#"{"error_code":"5","detail":"Secret is case sensitive"}"#,
            "Secret is case sensitive (code 5)",
        ),
        (r#"{"error_code":5,"title":"T"}"#, "T (code 5)"),
        (
            r#"{"error-code":"401","error-code-label":"authentication failed"}"#,
            "authentication failed (code 401)",
        ),
        (r#"{"error_text":"bad"}"#, "bad"),
        (
            r#"{"title":"Bad Request","instance":"abc-1","invalid_parameters":[{"name":"acl","reason":"empty"}]}"#,
            "Bad Request: acl: empty (request abc-1)",
        ),
        (r#"{"errors":["no name",{"field":"tls"}]}"#, "no name: tls"),
        (r#"{"type":"about:blank"}"#, "about:blank"),
        (r#"{"title":"Same","detail":"Same"}"#, "Same"),
    ] {
        assert_eq!(words(400, body), expected, "{body}");
    }
}

#[test]
fn what_is_not_the_apis_is_not_quoted() {
    let html = read(
        503,
        &[("content-type", "text/html")],
        "<p>\x1b[1ms3cret</p>",
    );
    assert_eq!(
        html.to_string(),
        "the answer is not in the form of Vonage's errors (text/html, 17 bytes)"
    );
    assert_eq!(
        read(502, &[], "").to_string(),
        "the answer is not in the form of Vonage's errors (no body)"
    );
    let header = [("content-type", "x/s3cret; charset=utf-8")];
    assert_eq!(
        read(502, &header, "x").to_string(),
        "the answer is not in the form of Vonage's errors (x/[redacted], 1 bytes)"
    );
}

#[test]
fn secrets_are_redacted_from_the_apis_words() {
    let body =
        r#"{"title":"s3cret is wrong","invalid_parameters":[{"name":"x","reason":"s3cret"}]}"#;
    assert_eq!(words(400, body), "[redacted] is wrong: x: [redacted]");
}

#[test]
fn only_the_apis_own_404_means_not_found() {
    let problem = r#"{"title":"Invalid domain selected"}"#;
    assert!(read(404, &[JSON], problem).is_not_found());
    assert!(
        read(
            404,
            &[("content-type", "application/problem+json")],
            problem
        )
        .is_not_found()
    );
    for (headers, body) in [
        (vec![("content-type", "text/html")], problem),
        (vec![], problem),
        (vec![JSON], ""),
        (vec![JSON], "{}"),
        (vec![JSON], "[]"),
        (
            vec![JSON],
            r#"{"message":"no Route matched with those values"}"#,
        ),
        (vec![JSON], r#"{"title":null,"detail":"  "}"#),
        (vec![JSON], r#"{"title":"cut"#),
    ] {
        assert!(!read(404, &headers, body).is_not_found(), "{body}");
    }
    assert!(!read(403, &[JSON], problem).is_not_found());
}

#[test]
fn the_request_id_comes_from_the_body_or_else_the_header() {
    let header = ("x-request-id", "from-header");
    let error = read(
        500,
        &[JSON, header],
        r#"{"title":"T","instance":"from-body"}"#,
    );
    assert_eq!(error.request_id.as_deref(), Some("from-body"));
    let error = read(500, &[header], "");
    assert_eq!(
        error.to_string(),
        "the answer is not in the form of Vonage's errors (no body) (request from-header)"
    );
}

#[test]
fn a_redirect_is_explained() {
    let error = read(302, &[("location", "https://elsewhere/")], "");
    assert_eq!(
        error.to_string(),
        "the answer is not in the form of Vonage's errors (no body); redirects are not followed, so check base_url"
    );
}

#[test]
fn an_echoed_request_is_not_told_whoever_sends_it_back() {
    let secrets = Secrets::default();
    let name = Request::get("/".to_owned()).name;
    let body = serde_json::json!({
        "title": "Bad Request",
        "detail": r#"cannot read {"key":"alice","secret":"Never-met-12"}"#,
        "invalid_parameters": [{"name": "body", "reason": "key=alice&secret=Never-met-12"}],
    });
    let answer = Answer::of(400, &[JSON], &body.to_string());
    let told = ApiError::read(&name, &answer, &secrets).to_string();
    assert_eq!(told, "Bad Request: [redacted]: body: [redacted]");
}

#[test]
fn of_long_fields_and_many_parameters_the_beginning_is_told() {
    let parameters: Vec<String> = (0..400).map(|number| format!("p{number}")).collect();
    let body = serde_json::json!({"detail": "x".repeat(5000), "invalid_parameters": parameters});
    let told = words(422, &body.to_string());
    assert!(
        told.starts_with(&format!("{}…: p0: p1: ", "x".repeat(1024))),
        "{told}"
    );
    assert!(told.ends_with(": p19"), "{told}");
}

#[test]
fn a_mebibyte_of_any_escape_in_an_answer_takes_a_bounded_number_of_allocations() {
    let name = Request::get("/".to_owned()).name;
    let secrets = Secrets::default();
    secrets.register_pair("key", "\\\\\\\\%%%%");
    let mebibyte = 1024 * 1024;
    for unit in [
        "\\", "%", "&", "+", "\"", "'", "\\\\", "\\u005c", "%25", "&amp;",
    ] {
        let text = unit.repeat(mebibyte / unit.len());
        for body in [
            text.clone(),
            format!(r#"{{"title":"{text}","detail":"{text}"}}"#),
            serde_json::json!({"title": text, "errors": [text]}).to_string(),
            format!(r#"{{"errors":[{}0]}}"#, "\"\\\\\",".repeat(mebibyte / 5)),
        ] {
            let answer = Answer::of(400, &[JSON], &body);
            let used = measure(|| drop(ApiError::read(&name, &answer, &secrets)));
            assert!(used.count_total < 10_000, "{unit}: {used:?}");
            assert!(used.bytes_max < 4 * body.len() as u64, "{unit}: {used:?}");
        }
    }
}
