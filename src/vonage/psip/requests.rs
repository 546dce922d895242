//! The requests about domains, without sending them.

use super::Domain;
use crate::vonage::http::request::{
    InvalidPathSegment, LIST_LIMIT, Request, RequestName, path_segment,
};

/// Without the slash that the published specification prints at the end: the snippets that Vonage runs have none.
const COLLECTION: &str = "/v1/psip";

pub(super) fn create(domain: &Domain) -> Request {
    Request::post(COLLECTION.to_owned(), &domain.to_json())
}

pub(super) fn read(name: &str) -> Result<Request, InvalidPathSegment> {
    Ok(Request::get(domain_path(name)?))
}

pub(super) fn update(domain: &Domain) -> Result<Request, InvalidPathSegment> {
    let path = domain_path(&domain.name)?;
    Ok(Request::put(path, &domain.to_json()))
}

/// `cascade` deletes the domain's users with it.
pub(super) fn delete(name: &str, cascade: bool) -> Result<Request, InvalidPathSegment> {
    let request = Request::delete(domain_path(name)?);
    Ok(if cascade {
        request.with_query("cascade=true")
    } else {
        request
    })
}

pub(super) fn list() -> Request {
    Request::get(COLLECTION.to_owned()).with_answer_limit(LIST_LIMIT)
}

/// The name of the update request, for what fails before there is a body for it.
pub(super) fn update_name(name: &str) -> Result<RequestName, InvalidPathSegment> {
    let (method, path) = (http::Method::PUT, domain_path(name)?);
    Ok(RequestName { method, path })
}

pub(super) fn domain_path(name: &str) -> Result<String, InvalidPathSegment> {
    Ok(format!("{COLLECTION}/{}", path_segment(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Domain {
        Domain {
            name: "office".into(),
            ..Domain::default()
        }
    }

    fn line(request: &Request) -> String {
        let query = request
            .query
            .as_ref()
            .map_or(String::new(), |query| format!("?{query}"));
        format!("{} {}{query}", request.name.method, request.name.path)
    }

    #[test]
    fn each_call_has_its_method_and_path() {
        let domain = office();
        assert_eq!(line(&create(&domain)), "POST /v1/psip");
        assert_eq!(line(&list()), "GET /v1/psip");
        assert_eq!(line(&read("office").unwrap()), "GET /v1/psip/office");
        assert_eq!(line(&update(&domain).unwrap()), "PUT /v1/psip/office");
        assert_eq!(
            line(&delete("office", false).unwrap()),
            "DELETE /v1/psip/office"
        );
        assert_eq!(
            line(&delete("of/ice", true).unwrap()),
            "DELETE /v1/psip/of%2Fice?cascade=true"
        );
    }

    #[test]
    fn the_name_people_see_says_which_domain() {
        let name = read("of fice").unwrap().name;
        assert_eq!(name.to_string(), "GET /v1/psip/of%20fice");
        let update = update(&office()).unwrap();
        assert_eq!(update_name("office").unwrap(), update.name);
    }

    #[test]
    fn no_name_turns_a_delete_into_one_of_the_collection() {
        assert!(delete("", true).is_err());
        assert!(delete("..", true).is_err());
    }
}
