//! The span around a call, whose fields are in each of its log lines. The keys are those of Terraform's own libraries, so
//! that lines of core and of several providers can be read together.

use tracing::field::Empty;
use tracing::{Span, error_span};
use uuid::{Builder, Uuid};

use crate::value::Value;

/// The ID of the object, which Terraform's libraries have no key for.
const RESOURCE_ID: &str = "tf_resource_id";

/// The span of a call that begins now. It has the highest level, so that lines of any level are in it.
pub(super) fn of(rpc: &'static str) -> Span {
    error_span!(
        "call",
        tf_rpc = rpc,
        tf_req_id = %request_id(),
        tf_resource_type = Empty,
        tf_data_source_type = Empty,
        tf_list_resource_type = Empty,
        tf_function_name = Empty,
        tf_resource_id = Empty,
    )
}

/// Adds the ID of the object that the present call is about, where it is known.
pub(super) fn record_id_of(object: &Value) {
    if let Some(id) = object.string_field("id").known() {
        record_id(id);
    }
}

/// Adds the ID of the object that the present call is about.
pub(super) fn record_id(id: &str) {
    Span::current().record(RESOURCE_ID, id);
}

/// Only lines of one log have to be told apart by it, so nobody needs to be unable to guess it.
fn request_id() -> Uuid {
    Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid()
}
