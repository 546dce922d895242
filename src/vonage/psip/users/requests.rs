//! The requests about users, without sending them.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::User;
use crate::vonage::http::request::{InvalidPathSegment, LIST_LIMIT, Request, path_segment};
use crate::vonage::psip::requests::domain_path;

pub(super) fn create(user: &User, secret: &SecretString) -> Result<Request, InvalidPathSegment> {
    // The key is part of every later path.
    path_segment(&user.key)?;
    let path = collection_path(&user.domain)?;
    Ok(Request::post(path, &body(user, secret)).with_secret(secret))
}

pub(super) fn read(user: &User) -> Result<Request, InvalidPathSegment> {
    Ok(Request::get(user_path(user)?))
}

pub(super) fn update(user: &User, secret: &SecretString) -> Result<Request, InvalidPathSegment> {
    let path = user_path(user)?;
    Ok(Request::put(path, &body(user, secret)).with_secret(secret))
}

pub(super) fn delete(user: &User) -> Result<Request, InvalidPathSegment> {
    Ok(Request::delete(user_path(user)?))
}

pub(super) fn list(domain: &str) -> Result<Request, InvalidPathSegment> {
    Ok(Request::get(collection_path(domain)?).with_answer_limit(LIST_LIMIT))
}

fn body(user: &User, secret: &SecretString) -> Value {
    json!({ "key": user.key, "secret": secret.expose_secret() })
}

fn collection_path(domain: &str) -> Result<String, InvalidPathSegment> {
    Ok(format!("{}/users", domain_path(domain)?))
}

fn user_path(user: &User) -> Result<String, InvalidPathSegment> {
    let collection = collection_path(&user.domain)?;
    Ok(format!("{collection}/{}", path_segment(&user.key)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(request: &Request) -> String {
        format!("{} {}", request.name.method, request.name.path)
    }

    #[test]
    fn each_call_has_its_method_and_path_and_body() {
        let user = User {
            domain: "of fice".to_owned(),
            key: "al/ice".to_owned(),
        };
        let secret = SecretString::from("Wond3r\"land\\%");
        let (created, updated) = (
            create(&user, &secret).unwrap(),
            update(&user, &secret).unwrap(),
        );
        assert_eq!(line(&created), "POST /v1/psip/of%20fice/users");
        assert_eq!(line(&updated), "PUT /v1/psip/of%20fice/users/al%2Fice");
        for request in [created, updated] {
            let body: Value = serde_json::from_slice(&request.body.unwrap().bytes).unwrap();
            assert_eq!(body, json!({"key": "al/ice", "secret": "Wond3r\"land\\%"}));
            let hidden = request.secret.unwrap();
            assert_eq!(hidden.expose_secret(), secret.expose_secret());
        }
        assert_eq!(
            line(&read(&user).unwrap()),
            "GET /v1/psip/of%20fice/users/al%2Fice"
        );
        assert_eq!(
            line(&delete(&user).unwrap()),
            "DELETE /v1/psip/of%20fice/users/al%2Fice"
        );
        assert_eq!(
            line(&list("of fice").unwrap()),
            "GET /v1/psip/of%20fice/users"
        );
    }

    #[test]
    fn no_key_turns_a_request_into_one_about_the_domain() {
        for key in ["", ".", ".."] {
            let user = User {
                domain: "office".to_owned(),
                key: key.to_owned(),
            };
            let secret = SecretString::from("x");
            assert!(create(&user, &secret).is_err(), "{key:?}");
            assert!(update(&user, &secret).is_err(), "{key:?}");
            assert!(read(&user).is_err(), "{key:?}");
            assert!(delete(&user).is_err(), "{key:?}");
        }
    }
}
