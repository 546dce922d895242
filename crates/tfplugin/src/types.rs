//! Terraform's type system, and its JSON notation on the wire (`"string"`, `["set","string"]`, …).

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value as Json;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A number of any size.
    Number,
    /// Unicode text.
    String,
    /// Any type; a value says which.
    Dynamic,
    /// An ordered sequence of one type.
    List(Box<Type>),
    /// An unordered collection of one type, without duplicates.
    Set(Box<Type>),
    /// Values of one type by name.
    Map(Box<Type>),
    /// A sequence of fixed length, each element of its own type.
    Tuple(Vec<Type>),
    /// Named attributes, each of its own type.
    Object(BTreeMap<String, Type>),
}

/// JSON that is no type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidType {
    /// The bytes are no JSON.
    #[error("the type is not JSON")]
    NotJson,
    /// The JSON is none of the notations of a type.
    #[error("`{0}` is not a type")]
    Unknown(String),
}

impl Type {
    /// A list of this type.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// A set of this type.
    #[must_use]
    pub fn set(self) -> Self {
        Self::Set(Box::new(self))
    }

    /// A map of this type.
    #[must_use]
    pub fn map(self) -> Self {
        Self::Map(Box::new(self))
    }

    /// An object of these attributes.
    pub fn object<'a>(attributes: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let attributes = attributes.into_iter();
        Self::Object(attributes.map(|(name, ty)| (name.to_owned(), ty)).collect())
    }

    /// The wire notation.
    pub fn to_json(&self) -> Vec<u8> {
        self.to_json_value().to_string().into_bytes()
    }

    /// Reads the wire notation.
    pub fn from_json(bytes: &[u8]) -> Result<Self, InvalidType> {
        // serde_json refuses input that nests deeper than 128 levels, which bounds every recursion over types.
        let json: Json = serde_json::from_slice(bytes).map_err(|_| InvalidType::NotJson)?;
        Self::from_json_value(&json)
    }

    /// The wire notation, as JSON that goes into other JSON.
    pub fn to_json_value(&self) -> Json {
        let of = |constructor: &str, inner: Json| Json::Array(vec![constructor.into(), inner]);
        match self {
            Self::Bool => "bool".into(),
            Self::Number => "number".into(),
            Self::String => "string".into(),
            Self::Dynamic => "dynamic".into(),
            Self::List(element) => of("list", element.to_json_value()),
            Self::Set(element) => of("set", element.to_json_value()),
            Self::Map(element) => of("map", element.to_json_value()),
            Self::Tuple(elements) => {
                of("tuple", elements.iter().map(Self::to_json_value).collect())
            }
            Self::Object(attributes) => {
                let attributes = attributes.iter();
                let attributes = attributes.map(|(name, ty)| (name.clone(), ty.to_json_value()));
                of("object", Json::Object(attributes.collect()))
            }
        }
    }

    /// Reads the wire notation where it is part of other JSON.
    pub(crate) fn from_json_value(json: &Json) -> Result<Self, InvalidType> {
        let read = Self::from_json_value;
        let unknown = || InvalidType::Unknown(json.to_string().chars().take(60).collect());
        match json {
            Json::String(name) => match name.as_str() {
                "bool" => Ok(Self::Bool),
                "number" => Ok(Self::Number),
                "string" => Ok(Self::String),
                "dynamic" => Ok(Self::Dynamic),
                _ => Err(unknown()),
            },
            Json::Array(parts) => match parts.as_slice() {
                [Json::String(constructor), of @ ..] => match (constructor.as_str(), of) {
                    ("list", [element]) => Ok(read(element)?.list()),
                    ("set", [element]) => Ok(read(element)?.set()),
                    ("map", [element]) => Ok(read(element)?.map()),
                    ("tuple", [Json::Array(elements)]) => {
                        let elements = elements.iter().map(read);
                        Ok(Self::Tuple(elements.collect::<Result<_, _>>()?))
                    }
                    // The third part names the optional attributes of a type constraint; a value has them all.
                    ("object", [Json::Object(of)] | [Json::Object(of), Json::Array(_)]) => {
                        let attributes = of.iter().map(|(name, ty)| Ok((name.clone(), read(ty)?)));
                        Ok(Self::Object(attributes.collect::<Result<_, _>>()?))
                    }
                    _ => Err(unknown()),
                },
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }
}

/// The notation of Terraform's configuration language, for messages.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => formatter.write_str("bool"),
            Self::Number => formatter.write_str("number"),
            Self::String => formatter.write_str("string"),
            Self::Dynamic => formatter.write_str("any type"),
            Self::List(element) => write!(formatter, "list of {element}"),
            Self::Set(element) => write!(formatter, "set of {element}"),
            Self::Map(element) => write!(formatter, "map of {element}"),
            Self::Tuple(_) => formatter.write_str("tuple"),
            Self::Object(_) => formatter.write_str("object"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_survives_its_wire_notation() {
        let types = [
            ("\"bool\"", Type::Bool),
            ("\"number\"", Type::Number),
            ("\"string\"", Type::String),
            ("\"dynamic\"", Type::Dynamic),
            ("[\"list\",\"string\"]", Type::String.list()),
            ("[\"set\",[\"map\",\"bool\"]]", Type::Bool.map().set()),
            (
                "[\"tuple\",[\"string\",\"number\"]]",
                Type::Tuple(vec![Type::String, Type::Number]),
            ),
            (
                "[\"object\",{\"a\":\"string\",\"b\":[\"list\",\"number\"]}]",
                Type::object([("a", Type::String), ("b", Type::Number.list())]),
            ),
        ];
        for (json, ty) in types {
            assert_eq!(Type::from_json(json.as_bytes()), Ok(ty.clone()));
            assert_eq!(String::from_utf8(ty.to_json()).unwrap(), json);
        }
    }

    #[test]
    fn optional_attributes_of_a_constraint_are_attributes_of_the_value() {
        let json = br#"["object",{"a":"string"},["a"]]"#;
        assert_eq!(
            Type::from_json(json),
            Ok(Type::object([("a", Type::String)]))
        );
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for json in [
            "",
            "{",
            "1",
            "\"text\"",
            "[]",
            "[\"list\"]",
            "[\"tuple\",\"string\"]",
            "[\"object\",[]]",
        ] {
            assert!(Type::from_json(json.as_bytes()).is_err(), "{json}");
        }
        let deep = format!(
            "{}\"string\"{}",
            "[\"list\",".repeat(10_000),
            "]".repeat(10_000)
        );
        assert!(Type::from_json(deep.as_bytes()).is_err());
    }
}
