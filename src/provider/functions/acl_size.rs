//! `acl_size`: how many addresses an ACL lets in.

use tfplugin::function::{Function, FunctionError, Signature};
use tfplugin::number::Number;
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::acl_argument;
use crate::acl::Union;

const DESCRIPTION: &str = "How many addresses the entries of an ACL admit together. What overlaps counts once, and IPv4 and IPv6 \
count together, so that a single IPv6 prefix outweighs all of IPv4.\n\nIt serves conditions of your own, in a `check`, a \
`precondition` or the `validation` of a variable. What `max_addresses` of the provider's `acl_policy` limits is the number of IPv4 \
addresses alone. Of an empty list, the result is 0. An entry that would not be valid in `acl` of `vonage_sip_domain` is an error.";

pub(super) struct AclSize;

impl Function for AclSize {
    fn name(&self) -> &'static str {
        "acl_size"
    }

    fn signature(&self) -> Signature {
        Signature {
            parameters: vec![acl_argument::parameter()],
            variadic: None,
            result: Type::Number,
            summary: "How many addresses an ACL admits".to_owned(),
            description: DESCRIPTION.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let union: Union = acl_argument::read(arguments, 0)?.into_iter().collect();
        let number = Number::parse(&union.size().to_string());
        number.map(Value::Number).map_err(|error| FunctionError {
            text: error.to_string(),
            argument: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::acl_argument::tests::{acl, many};
    use super::*;

    fn size(list: &[Value]) -> String {
        let size = AclSize.call(list).unwrap();
        size.as_number().unwrap().to_string()
    }

    #[test]
    fn overlaps_count_once_and_both_families_together() {
        for (list, expected) in [
            (&[][..], "0"),
            (&["190.190.190.0/24", "190.190.190.7", "9.9.9.9"], "257"),
            (&["0.0.0.0/1", "128.0.0.0/1"], "4294967296"),
            (
                &["190.190.190.190", "2600:1f18::/64"],
                "18446744073709551617",
            ),
            (
                &["0.0.0.0/0", "::/0"],
                "340282366920938463463374607436063178752",
            ),
        ] {
            assert_eq!(size(&acl(list)), expected, "{list:?}");
        }
    }

    #[test]
    fn a_wrong_entry_is_an_error_at_its_argument() {
        let error = AclSize.call(&acl(&["10.1.2.3/24"])).unwrap_err();
        assert_eq!(error.argument, Some(0));
        assert!(error.text.contains("10.1.2.0/24"), "{}", error.text);
    }

    #[test]
    fn a_hundred_thousand_entries_are_counted() {
        assert_eq!(size(&many()), "100000");
    }
}
