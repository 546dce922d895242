//! `merge_acl`: the fewest prefixes that admit the same addresses.

use tfplugin::function::{Function, FunctionError, Signature};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::acl_argument;
use crate::acl;

const DESCRIPTION: &str = "Joins neighbouring prefixes and leaves out what lies inside others, so that the result is the \
shortest list that admits exactly the same addresses, sorted as `normalize_acl` sorts. IPv4 and IPv6 stay apart.\n\nIt helps \
where the API limits the number of entries. The result is a valid `acl` of `vonage_sip_domain`. An entry that would not be \
one is an error. Of an empty list, the result is an empty list.";

/// The function.
pub(super) struct MergeAcl;

impl Function for MergeAcl {
    fn name(&self) -> &'static str {
        "merge_acl"
    }

    fn signature(&self) -> Signature {
        Signature {
            parameters: vec![acl_argument::parameter()],
            variadic: None,
            result: Type::String.list(),
            summary: "The smallest list of prefixes that admits the same addresses".to_owned(),
            description: DESCRIPTION.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let entries = acl_argument::read(arguments, 0)?;
        Ok(acl_argument::answer(&acl::merge(&entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::acl_argument::tests::{acl, many};
    use super::*;

    #[test]
    fn neighbours_are_joined_and_what_lies_inside_is_left_out() {
        let list = acl(&[
            "190.190.190.128/25",
            "190.190.190.0/25",
            "190.190.190.7",
            "2600:1f18::/33",
            "2600:1f18:8000::/33",
        ]);
        let expected = acl(&["190.190.190.0/24", "2600:1f18::/32"]);
        assert_eq!(MergeAcl.call(&list).as_ref(), Ok(&expected[0]));
    }

    #[test]
    fn of_nothing_comes_nothing() {
        assert_eq!(MergeAcl.call(&acl(&[])), Ok(Value::List(Vec::new())));
    }

    #[test]
    fn a_hundred_thousand_entries_become_few() {
        let merged = MergeAcl.call(&many()).unwrap();
        // 100,000 has six bits set, and the range ends at a /16.
        assert_eq!(merged.as_elements().unwrap().len(), 6);
    }
}
