//! Tells from a refused create whether what was to be made may exist. Vonage is known to answer 400 then, with a body that is
//! not known.

use http::StatusCode;

use crate::vonage::http::api_error::ApiError;

const WORDS: [&str; 6] = [
    "already",
    "exists",
    "taken",
    "in use",
    "duplicate",
    "not unique",
];

/// Whether this may be how a create is told that what `parameter` says exists: 409, a 400 that blames nothing else, or a 422
/// that says so.
pub(super) fn may_mean_duplicate(error: &ApiError, parameter: &str) -> bool {
    let parameters = &error.invalid_parameters;
    match error.status {
        StatusCode::CONFLICT => true,
        StatusCode::BAD_REQUEST => {
            parameters.is_empty() || parameters.iter().any(|blamed| blamed.name == parameter)
        }
        StatusCode::UNPROCESSABLE_ENTITY => suggests_name_taken(error),
        _ => false,
    }
}

/// Whether the answer to a create suggests that somebody has the name already. A guess, for a hint only.
pub(super) fn suggests_name_taken(error: &ApiError) -> bool {
    match error.status {
        StatusCode::CONFLICT => return true,
        StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN | StatusCode::UNPROCESSABLE_ENTITY => {}
        _ => return false,
    }
    let about_name = error
        .invalid_parameters
        .iter()
        .filter(|parameter| parameter.name == "name")
        .map(|parameter| &parameter.reason);
    let texts = error.title.iter().chain(&error.detail).chain(about_name);
    texts
        .map(|text| text.to_lowercase())
        .any(|text| WORDS.iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vonage::http::answer::Answer;
    use crate::vonage::http::request::Request;
    use crate::vonage::http::secrets::Secrets;

    const JSON: (&str, &str) = ("content-type", "application/json");

    fn read(status: u16, headers: &[(&'static str, &str)], body: &str) -> ApiError {
        let request = Request::get("/v1/psip/office".to_owned()).name;
        let answer = Answer::of(status, headers, body);
        ApiError::read(&request, &answer, &Secrets::default())
    }

    #[test]
    fn a_refusal_that_blames_another_parameter_is_no_duplicate() {
        let acl =
            r#"{"title":"Bad Request","invalid_parameters":[{"name":"acl","reason":"empty"}]}"#;
        let name =
            r#"{"title":"Bad Request","invalid_parameters":[{"name":"name","reason":"is taken"}]}"#;
        assert!(!may_mean_duplicate(&read(400, &[JSON], acl), "name"));
        assert!(may_mean_duplicate(&read(400, &[JSON], name), "name"));
        assert!(suggests_name_taken(&read(400, &[JSON], name)));
        assert!(may_mean_duplicate(&read(400, &[], ""), "name"));
        assert!(!suggests_name_taken(&read(400, &[], "")));
        assert!(may_mean_duplicate(&read(409, &[JSON], acl), "name"));
        assert!(may_mean_duplicate(&read(422, &[JSON], name), "name"));
        assert!(!may_mean_duplicate(&read(422, &[JSON], acl), "name"));
        assert!(suggests_name_taken(&read(
            403,
            &[JSON],
            r#"{"title":"Domain already in use"}"#
        )));
    }
}
