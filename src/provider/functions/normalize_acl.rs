//! `normalize_acl`: one spelling, one order, no duplicates.

use tfplugin::function::{Function, FunctionError, Signature};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::acl_argument;
use crate::acl;

const DESCRIPTION: &str = "Writes each entry in its canonical form, sorts the entries by address (IPv4 before IPv6, then by \
number, a prefix before what lies inside it), and keeps each once. The canonical form of a single address is the bare \
address, without `/32` or `/128`.\n\nTwo lists that become the same admit the same addresses. The result is a valid `acl` of \
`vonage_sip_domain`. An entry that would not be one is an error. Of an empty list, the result is an empty list.";

/// The function.
pub(super) struct NormalizeAcl;

impl Function for NormalizeAcl {
    fn name(&self) -> &'static str {
        "normalize_acl"
    }

    fn signature(&self) -> Signature {
        Signature {
            parameters: vec![acl_argument::parameter()],
            variadic: None,
            result: Type::String.list(),
            summary: "An ACL in canonical spelling, sorted, without duplicates".to_owned(),
            description: DESCRIPTION.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let entries = acl_argument::read(arguments, 0)?;
        Ok(acl_argument::answer(&acl::normalize(&entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::acl_argument::tests::{acl, many};
    use super::*;

    #[test]
    fn entries_are_respelled_sorted_and_kept_once() {
        let list = acl(&[
            "2600:1F18:0::1",
            "190.190.190.190/32",
            "20.0.0.0/8",
            "190.190.190.190",
            "9.9.9.9",
        ]);
        let expected = acl(&["9.9.9.9", "20.0.0.0/8", "190.190.190.190", "2600:1f18::1"]);
        assert_eq!(NormalizeAcl.call(&list).as_ref(), Ok(&expected[0]));
    }

    #[test]
    fn of_nothing_comes_nothing() {
        assert_eq!(NormalizeAcl.call(&acl(&[])), Ok(Value::List(Vec::new())));
    }

    #[test]
    fn a_hundred_thousand_entries_are_sorted() {
        let sorted = NormalizeAcl.call(&many()).unwrap();
        let elements = sorted.as_elements().unwrap();
        assert_eq!(elements.len(), 100_000);
        assert_eq!(elements[99_999].as_str(), Some("190.1.255.255"));
    }
}
