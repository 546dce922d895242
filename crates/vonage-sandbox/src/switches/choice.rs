//! Declares switches that have named values, or statuses, to choose from.

/// A status that this switch does not offer.
#[derive(Debug, thiserror::Error)]
#[error("status {0} is not one that this switch offers")]
pub struct NotOffered(pub(super) u16);

/// An enum whose values are texts in kebab case. The first value is the default.
macro_rules! choices {
    ($($(#[$about:meta])* $switch:ident {
        $(#[$first_about:meta])* $first:ident,
        $($(#[$value_about:meta])* $value:ident,)+
    })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $switch {
            #[default]
            $(#[$first_about])*
            $first,
            $($(#[$value_about])* $value,)+
        }
    )+};
}
pub(super) use choices;

/// An enum whose values are HTTP statuses: numbers in JSON. The first value is the default.
macro_rules! statuses {
    ($($(#[$about:meta])* $switch:ident {
        $(#[$first_about:meta])* $first:ident = $first_code:literal,
        $($(#[$value_about:meta])* $value:ident = $code:literal,)+
    })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize, serde::Deserialize)]
        #[serde(into = "u16", try_from = "u16")]
        pub enum $switch {
            #[default]
            #[value(name = stringify!($first_code))]
            $(#[$first_about])*
            $first,
            $(
                #[value(name = stringify!($code))]
                $(#[$value_about])*
                $value,
            )+
        }

        impl $switch {
            /// The status that this value stands for.
            pub fn code(self) -> http::StatusCode {
                // The numbers are written above, and all of HTTP.
                http::StatusCode::from_u16(self.into()).unwrap_or_default()
            }
        }

        impl From<$switch> for u16 {
            fn from(switch: $switch) -> Self {
                match switch {
                    $switch::$first => $first_code,
                    $($switch::$value => $code,)+
                }
            }
        }

        impl TryFrom<u16> for $switch {
            type Error = $crate::switches::NotOffered;

            fn try_from(status: u16) -> Result<Self, Self::Error> {
                [Self::$first, $(Self::$value),+]
                    .into_iter()
                    .find(|value| u16::from(*value) == status)
                    .ok_or($crate::switches::NotOffered(status))
            }
        }
    )+};
}
pub(super) use statuses;
