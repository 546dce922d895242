//! `merge_acl` and `normalize_acl`: another list that admits the same addresses.

use tfplugin::function::{Function, FunctionError, Signature};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::acl_argument;
use crate::acl::{self, Entry};

/// A function from one ACL to another.
pub(super) struct RewriteAcl {
    name: &'static str,
    summary: &'static str,
    description: &'static str,
    rewrite: fn(&[Entry]) -> Vec<Entry>,
}

/// The fewest prefixes.
pub(super) const MERGE_ACL: RewriteAcl = RewriteAcl {
    name: "merge_acl",
    summary: "The smallest list of prefixes that admits the same addresses",
    description: "Joins neighbouring prefixes and leaves out what lies inside others, so that the result is the \
shortest list that admits exactly the same addresses, sorted as `normalize_acl` sorts. IPv4 and IPv6 stay apart.\n\nIt helps \
where the API limits the number of entries. The result is a valid `acl` of `vonage_sip_domain`. An entry that would not be \
one is an error. Of an empty list, the result is an empty list.",
    rewrite: acl::merge,
};

/// One spelling, one order, no duplicates.
pub(super) const NORMALIZE_ACL: RewriteAcl = RewriteAcl {
    name: "normalize_acl",
    summary: "An ACL in canonical spelling, sorted, without duplicates",
    description: "Writes each entry in its canonical form, sorts the entries by address (IPv4 before IPv6, then by \
number, a prefix before what lies inside it), and keeps each once. The canonical form of a single address is the bare \
address, without `/32` or `/128`.\n\nTwo lists that become the same admit the same addresses. The result is a valid `acl` of \
`vonage_sip_domain`. An entry that would not be one is an error. Of an empty list, the result is an empty list.",
    rewrite: acl::normalize,
};

impl Function for RewriteAcl {
    fn name(&self) -> &'static str {
        self.name
    }

    fn signature(&self) -> Signature {
        Signature {
            parameters: vec![acl_argument::parameter()],
            variadic: None,
            result: Type::String.list(),
            summary: self.summary.to_owned(),
            description: self.description.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let entries = acl_argument::read(arguments, 0)?;
        Ok(acl_argument::answer(&(self.rewrite)(&entries)))
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
        assert_eq!(MERGE_ACL.call(&list).as_ref(), Ok(&expected[0]));
    }

    #[test]
    fn of_nothing_comes_nothing_to_merge() {
        assert_eq!(MERGE_ACL.call(&acl(&[])), Ok(Value::List(Vec::new())));
    }

    #[test]
    fn a_hundred_thousand_entries_become_few() {
        let merged = MERGE_ACL.call(&many()).unwrap();
        // 100,000 has six bits set, and the range ends at a /16.
        assert_eq!(merged.as_elements().unwrap().len(), 6);
    }

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
        assert_eq!(NORMALIZE_ACL.call(&list).as_ref(), Ok(&expected[0]));
    }

    #[test]
    fn of_nothing_comes_nothing_to_normalize() {
        assert_eq!(NORMALIZE_ACL.call(&acl(&[])), Ok(Value::List(Vec::new())));
    }

    #[test]
    fn a_hundred_thousand_entries_are_sorted() {
        let sorted = NORMALIZE_ACL.call(&many()).unwrap();
        let elements = sorted.as_elements().unwrap();
        assert_eq!(elements.len(), 100_000);
        assert_eq!(elements[99_999].as_str(), Some("190.1.255.255"));
    }
}
