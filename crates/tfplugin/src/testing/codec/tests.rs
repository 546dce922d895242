//! The host's JSON, read by the provider's side.

use proptest::prelude::*;

use super::*;
use crate::codec::arbitrary::{Known, typed_values, types};
use crate::codec::json::{decode, decode_state};

#[test]
fn unknown_values_have_no_json() {
    let value = Value::object([("a", Value::List(vec![Value::Unknown]))]);
    assert!(matches!(to_json(&value), Err(Error::Value(_))));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back((ty, value) in typed_values(Known::Wholly)) {
        let json = to_json(&value).unwrap().to_string().into_bytes();
        prop_assert_eq!(decode(&json, &ty), Ok(value.clone()));
        prop_assert_eq!(decode_state(&json, &ty), Ok(value));
    }

    #[test]
    fn values_of_one_type_never_panic_as_another(
        (_, value) in typed_values(Known::Wholly),
        other in types(),
    ) {
        let json = to_json(&value).unwrap().to_string().into_bytes();
        let _ = decode(&json, &other);
        let _ = decode_state(&json, &other);
    }
}
