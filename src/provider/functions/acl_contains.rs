//! `acl_contains`: whether an ACL lets an address in.

use tfplugin::function::{Function, FunctionError, Parameter, Signature};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::{acl_argument, text};
use crate::acl::{Entry, Union};

const DESCRIPTION: &str = "Whether an ACL admits calls from an address. A prefix is admitted when all of its addresses are, by \
one entry or by several together.\n\nAn empty list admits nothing. IPv4 entries do not admit IPv6 addresses, nor the other way \
round.";

const ADDRESS: usize = 1;

pub(super) struct AclContains;

impl Function for AclContains {
    fn name(&self) -> &'static str {
        "acl_contains"
    }

    fn signature(&self) -> Signature {
        let address = Parameter::new(
            "address",
            Type::String,
            "An IP address such as `\"190.190.190.190\"`, or a prefix such as `\"190.190.190.0/24\"`, in the spelling that \
             `acl` takes.",
        );
        Signature {
            parameters: vec![acl_argument::parameter(), address],
            variadic: None,
            result: Type::Bool,
            summary: "Whether an ACL admits an address or a whole prefix".to_owned(),
            description: DESCRIPTION.to_owned(),
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let entries = acl_argument::read(arguments, 0);
        let address = address(text(arguments, ADDRESS));
        match (entries, address) {
            (Ok(entries), Ok(address)) => Ok(Union::from_iter(entries).includes(&address).into()),
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => Err(error),
            // An error can point to one argument alone, so its text names the other.
            (Err(error), Err(other)) => Err(FunctionError {
                text: format!("{}\nalso `address`: {}", error.text, other.text),
                ..error
            }),
        }
    }
}

fn address(text: &str) -> Result<Entry, FunctionError> {
    Entry::parse(text).map_err(|mistake| FunctionError {
        text: mistake.explain_address(text),
        argument: Some(ADDRESS),
    })
}

#[cfg(test)]
mod tests {
    use super::super::acl_argument::tests::{acl, many};
    use super::*;

    fn contains(list: &[&str], address: &str) -> Result<Value, FunctionError> {
        let [list] = acl(list);
        AclContains.call(&[list, address.into()])
    }

    #[test]
    fn an_address_or_a_whole_prefix_is_contained_or_not() {
        let list = ["190.190.190.0/25", "190.190.190.128/25", "2600:1f18::/32"];
        for (address, expected) in [
            ("190.190.190.190", true),
            ("190.190.190.190/32", true),
            ("190.190.190.0/24", true),
            ("190.190.190.0/23", false),
            ("190.190.191.0", false),
            ("2600:1f18::1", true),
            ("0.0.0.0/0", false),
        ] {
            assert_eq!(contains(&list, address), Ok(expected.into()), "{address}");
        }
        assert_eq!(contains(&[], "190.190.190.190"), Ok(false.into()));
    }

    #[test]
    fn a_wrong_address_is_an_error_at_its_argument() {
        let error = contains(&["190.190.190.190"], "190.190.190.190:5060").unwrap_err();
        assert_eq!(error.argument, Some(ADDRESS));
        assert!(error.text.contains("no port"), "{}", error.text);
        let error = contains(&["190.190.190.190"], "").unwrap_err();
        assert_eq!(error.argument, Some(ADDRESS));
    }

    #[test]
    fn mistakes_in_both_arguments_are_told_at_once() {
        let error = contains(&["nonsense"], "10.1.2.3/24").unwrap_err();
        assert_eq!(error.argument, Some(0));
        assert!(error.text.contains("nonsense") && error.text.contains("10.1.2.0/24"));
    }

    #[test]
    fn a_hundred_thousand_entries_are_searched() {
        let [list] = many();
        let found = AclContains.call(&[list.clone(), "190.1.255.0/24".into()]);
        assert_eq!(found, Ok(true.into()));
        assert_eq!(
            AclContains.call(&[list, "190.2.0.0".into()]),
            Ok(false.into())
        );
    }
}
