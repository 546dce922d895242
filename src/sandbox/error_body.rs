//! Gives an error the form that the switch asks for.

use bytes::Bytes;
use serde_json::{Value, json};

use super::reply::Reply;
use super::switches::ErrorBody;

/// Rewrites the body of an error, which is an object with `title` and `detail`.
pub(super) fn dress(reply: &mut Reply, shape: ErrorBody, request: &[u8]) {
    let Some(published) = reply.body.take() else {
        return;
    };
    let retry_after = published.get("retry_after").cloned();
    let (title, detail) = (published["title"].clone(), published["detail"].clone());
    let dressed = match shape {
        ErrorBody::Published => published,
        ErrorBody::Generic => {
            reply.media_type = "application/problem+json";
            json!({
                "type": published["type"], "title": title, "detail": detail, "instance": "sandbox", "error_code": "5",
                "invalid_parameters": [{ "name": "name", "reason": detail }],
            })
        }
        ErrorBody::Label => {
            json!({ "error-code-label": detail, "error-code": "420", "title": title })
        }
        ErrorBody::ErrorText => {
            json!({ "error_text": format!("{}: {}", plain(&title), plain(&detail)) })
        }
        ErrorBody::NumberCode => {
            json!({ "title": detail, "error_code": 5, "status": reply.status.as_u16() })
        }
        ErrorBody::Nested => json!({ "error": published }),
        ErrorBody::Echo => {
            let request = String::from_utf8_lossy(request);
            let mut published = published;
            published["detail"] = format!("{} in {request}", plain(&detail)).into();
            published
        }
        ErrorBody::Text => return raw(reply, "text/plain", format!("{}\n", plain(&detail))),
        ErrorBody::Html => {
            let status = reply.status;
            return raw(
                reply,
                "text/html",
                format!("<html><body><h1>{status}</h1></body></html>\n"),
            );
        }
        ErrorBody::Empty => return,
    };
    let mut dressed = dressed;
    // Where a 429 says in its body how long to wait, it does so in any form that is an object.
    if let (Some(wait), Some(object)) = (retry_after, dressed.as_object_mut()) {
        object.insert("retry_after".into(), wait);
    }
    reply.body = Some(dressed);
}

fn plain(text: &Value) -> &str {
    text.as_str().unwrap_or_default()
}

fn raw(reply: &mut Reply, media_type: &'static str, text: String) {
    reply.media_type = media_type;
    reply.raw = Some(Bytes::from(text));
}
