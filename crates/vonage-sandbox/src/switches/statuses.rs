//! The switches for statuses that the API's documents and Vonage's own test disagree on or leave open.

use super::choice::statuses;

statuses! {
    /// Status of a POST that made a domain: 201 in both specifications.
    CreateStatus {
        /// 201 Created.
        Created = 201,
        /// 200 OK.
        Ok = 200,
        /// 202 Accepted.
        Accepted = 202,
    }

    /// Status of a PUT that changed a domain: 200 in Vonage's test, 201 in specification 1.0.0.
    PutStatus {
        /// 200 OK.
        Ok = 200,
        /// 201 Created.
        Created = 201,
        /// 204 No Content, which never has a body.
        NoContent = 204,
    }

    /// Status of a DELETE that worked: 200 in the documents, 204 in a third party's stub.
    DeleteStatus {
        /// 200 OK.
        Ok = 200,
        /// 204 No Content, which never has a body.
        NoContent = 204,
        /// 202 Accepted.
        Accepted = 202,
    }

    /// Status of a POST with a name or key that is taken: 400 in Vonage's test, 409 in a third party's stub.
    DuplicateStatus {
        /// 400 Bad Request.
        BadRequest = 400,
        /// 409 Conflict.
        Conflict = 409,
        /// 422 Unprocessable Entity.
        Unprocessable = 422,
    }

    /// Status of a POST with a name that another account owns.
    ForeignStatus {
        /// 400 Bad Request.
        BadRequest = 400,
        /// 409 Conflict.
        Conflict = 409,
        /// 403 Forbidden.
        Forbidden = 403,
        /// 422 Unprocessable Entity.
        Unprocessable = 422,
    }

    /// Status of all else that is asked about a domain that another account owns.
    ForeignRead {
        /// 404 Not Found, as if there were none.
        NotFound = 404,
        /// 403 Forbidden.
        Forbidden = 403,
        /// 401 Unauthorized.
        Unauthorized = 401,
    }

    /// Status of a DELETE of a domain with users, without `cascade`.
    HasUsersStatus {
        /// 409 Conflict.
        Conflict = 409,
        /// 400 Bad Request.
        BadRequest = 400,
        /// 403 Forbidden.
        Forbidden = 403,
        /// 422 Unprocessable Entity.
        Unprocessable = 422,
    }

    /// Status of a POST that made a user: in no public document.
    UserCreateStatus {
        /// 201 Created.
        Created = 201,
        /// 200 OK.
        Ok = 200,
        /// 204 No Content, which never has a body.
        NoContent = 204,
    }

    /// Status of a write that breaks a rule of users, the largest number of them included.
    UserErrorStatus {
        /// 422 Unprocessable Entity.
        Unprocessable = 422,
        /// 400 Bad Request.
        BadRequest = 400,
        /// 403 Forbidden.
        Forbidden = 403,
        /// 409 Conflict.
        Conflict = 409,
    }

    /// Status of a list: whether all accounts may list is known from third parties only.
    ListStatus {
        /// 200 OK.
        Ok = 200,
        /// 403 Forbidden.
        Forbidden = 403,
        /// 404 Not Found.
        NotFound = 404,
        /// 405 Method Not Allowed.
        MethodNotAllowed = 405,
        /// 500 Internal Server Error.
        Internal = 500,
    }
}
