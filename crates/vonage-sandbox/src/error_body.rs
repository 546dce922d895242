//! Gives an error the form that the switch asks for.

use serde_json::{Value, json};

use crate::problem::Problem;
use crate::response::Response;
use crate::state_file::text;
use crate::switches::ErrorBody;

/// The response to a request with this body, for an error whose own body is an object with `title` and `detail`.
pub(crate) fn format(problem: Problem, shape: ErrorBody, request: &[u8]) -> Response {
    let mut response = Response::from(problem);
    let Some(Value::Object(mut published)) = response.body.take() else {
        return response;
    };
    let status = response.status;
    let [kind, title, detail] = ["type", "title", "detail"].map(|field| text(&published, field));
    // Where a 429 says in its body how long to wait, it does so in any form that is an object.
    let retry_after = published.get("retry_after").cloned();
    let formatted = match shape {
        ErrorBody::Published => published.into(),
        ErrorBody::Generic => {
            response.media_type = "application/problem+json";
            json!({
                "type": kind, "title": title, "detail": detail, "instance": "sandbox", "error_code": "5",
                "invalid_parameters": [{ "name": "name", "reason": detail }],
            })
        }
        ErrorBody::Label => {
            json!({ "error-code-label": detail, "error-code": "420", "title": title })
        }
        ErrorBody::ErrorText => json!({ "error_text": format!("{title}: {detail}") }),
        ErrorBody::NumberCode => {
            json!({ "title": detail, "error_code": 5, "status": status.as_u16() })
        }
        ErrorBody::Nested => json!({ "error": published }),
        ErrorBody::Echo => {
            let request = String::from_utf8_lossy(request);
            published.insert("detail".into(), format!("{detail} in {request}").into());
            published.into()
        }
        ErrorBody::Text => return raw(response, "text/plain", format!("{detail}\n")),
        ErrorBody::Html => {
            let page = format!("<html><body><h1>{status}</h1></body></html>\n");
            return raw(response, "text/html", page);
        }
        ErrorBody::Empty => return response,
    };
    response.body = Some(match (retry_after, formatted) {
        (Some(wait), Value::Object(mut object)) => {
            object.insert("retry_after".into(), wait);
            object.into()
        }
        (_, formatted) => formatted,
    });
    response
}

fn raw(mut response: Response, media_type: &'static str, text: String) -> Response {
    response.media_type = media_type;
    response.raw = Some(text.into());
    response
}
