//! Texts that mean the same in upper and lower case, each kind a type of its own.

/// Defines types of texts that are kept as written and compared without regard to case.
macro_rules! caseless {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(in crate::provider) struct $name(String);

        impl $name {
            pub(in crate::provider) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<$name> for tfplugin::value::Value {
            fn from(text: $name) -> Self {
                text.0.into()
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.eq_ignore_ascii_case(&other.0)
            }
        }
    )+};
}

pub(super) use caseless;
