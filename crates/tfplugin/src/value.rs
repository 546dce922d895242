//! Values as Terraform has them: of any type, null, or not known yet.

use std::collections::BTreeMap;
use std::fmt;
use std::mem::take;

use super::number::Number;
use super::types::Type;

/// A value of some [`Type`].
///
/// Strings are not printed by `Debug`: a value may be a secret.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The absence of a value, of any type.
    #[default]
    Null,
    /// A value that will be known when something else has been applied. What a host says of it all the same is not kept.
    Unknown,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(String),
    /// Elements of one type, in order.
    List(Vec<Value>),
    /// Elements of one type; build it with [`Value::set`], which sorts them, so that equality ignores their order.
    Set(Vec<Value>),
    /// Elements of their own types, in order.
    Tuple(Vec<Value>),
    /// Elements of one type, by key.
    Map(BTreeMap<String, Value>),
    /// Attributes of their own types, by name.
    Object(BTreeMap<String, Value>),
    /// A value of an attribute whose type is [`Type::Dynamic`], with its actual type.
    Dynamic(Box<(Type, Value)>),
}

/// What becomes of an object's attributes, beside the object that was there before.
pub(crate) type ObjectChange<'c> =
    &'c dyn Fn(&Value, BTreeMap<String, Value>) -> BTreeMap<String, Value>;

impl Value {
    /// A set of these elements, each known one once; of unknown ones nobody knows whether they are the same.
    pub fn set(elements: impl IntoIterator<Item = Self>) -> Self {
        let mut elements: Vec<_> = elements.into_iter().collect();
        elements.sort();
        elements.dedup_by(|one, other| one == other && one.is_wholly_known());
        Self::Set(elements)
    }

    /// A set of strings.
    pub fn string_set(elements: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::set(elements.into_iter().map(|text| Self::String(text.into())))
    }

    /// An object of these attributes.
    pub fn object<'a>(attributes: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let attributes = attributes.into_iter();
        Self::Object(
            attributes
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Whether this is null, also where the type is dynamic.
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Dynamic(inner) => inner.1.is_null(),
            _ => false,
        }
    }

    /// Whether this itself is unknown; its elements may be even where it is not.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unknown => true,
            Self::Dynamic(inner) => inner.1.is_unknown(),
            _ => false,
        }
    }

    /// Whether neither this nor anything within is unknown.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                elements.iter().all(Self::is_wholly_known)
            }
            Self::Map(elements) | Self::Object(elements) => {
                elements.values().all(Self::is_wholly_known)
            }
            Self::Dynamic(inner) => inner.1.is_wholly_known(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
        }
    }

    /// The attribute of an object; null where this is no object or has no such attribute.
    pub fn attribute(&self, name: &str) -> &Self {
        const NULL: &Value = &Value::Null;
        match self {
            Self::Object(attributes) => attributes.get(name).unwrap_or(NULL),
            _ => NULL,
        }
    }

    /// Sets an attribute of an object; does nothing to a value that is none.
    pub fn set_attribute(&mut self, name: &str, value: Self) {
        if let Self::Object(attributes) = self {
            attributes.insert(name.to_owned(), value);
        }
    }

    /// The text of a known string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth of a known bool.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// A known number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The elements of a known list, set or tuple.
    pub fn as_elements(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => Some(elements),
            _ => None,
        }
    }

    /// The attributes of an object, or the elements of a map.
    pub fn as_entries(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Map(entries) | Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// This object changed, or this collection with each of its objects changed; any other value as it is. `change` gets
    /// each beside the one that `prior` has in its place; null where it is new.
    #[must_use]
    pub(crate) fn map_objects(self, prior: &Self, change: ObjectChange<'_>) -> Self {
        const NEW: &Value = &Value::Null;
        let each = |(prior, value): (&Self, Self)| match value {
            Self::Object(attributes) => Self::Object(change(prior, attributes)),
            other => other,
        };
        let before = prior.as_elements().unwrap_or_default();
        match self {
            Self::Object(_) => each((prior, self)),
            Self::List(elements) => {
                let before = before.iter().chain(std::iter::repeat(NEW));
                Self::List(before.zip(elements).map(each).collect())
            }
            // An element of a set has no place but itself: one that was there before is just as it was.
            Self::Set(elements) => {
                let was_there = |value: &Self| before.iter().find(|prior| *prior == value);
                let pairs = elements.into_iter();
                let pairs = pairs.map(|value| (was_there(&value).unwrap_or(NEW), value));
                Self::set(pairs.map(each))
            }
            Self::Map(mut entries) => {
                for (key, value) in &mut entries {
                    let before = prior.as_entries().and_then(|before| before.get(key));
                    *value = each((before.unwrap_or(NEW), take(value)));
                }
                Self::Map(entries)
            }
            other => other,
        }
    }

    /// What kind of value this is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown => "unknown",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Set(_) => "set",
            Self::Tuple(_) => "tuple",
            Self::Map(_) => "map",
            Self::Object(_) => "object",
            Self::Dynamic(_) => "dynamic",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

/// `None` is null.
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The shape and the known structure, without any text or number.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(elements) | Self::Set(elements) | Self::Tuple(elements) => {
                formatter.write_str(self.kind())?;
                formatter.debug_list().entries(elements).finish()
            }
            Self::Map(entries) | Self::Object(entries) => {
                formatter.write_str(self.kind())?;
                formatter.debug_map().entries(entries).finish()
            }
            Self::Dynamic(inner) => write!(formatter, "dynamic {:?}", inner.1),
            _ => formatter.write_str(self.kind()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_equal_in_any_order() {
        assert_eq!(Value::string_set(["b", "a"]), Value::string_set(["a", "b"]));
        assert_ne!(Value::string_set(["a"]), Value::string_set(["a", "b"]));
        assert_eq!(Value::string_set(["a", "a"]), Value::string_set(["a"]));
        let unknowns = Value::set([Value::Unknown, Value::Unknown]);
        assert_eq!(unknowns.as_elements().map(<[Value]>::len), Some(2));
    }

    #[test]
    fn a_missing_attribute_is_null() {
        let object = Value::object([("name", "acme".into())]);
        assert_eq!(object.attribute("name").as_str(), Some("acme"));
        assert!(object.attribute("other").is_null());
        assert!(Value::Null.attribute("name").is_null());
    }

    #[test]
    fn an_unknown_leaf_makes_the_whole_not_wholly_known() {
        let object = Value::object([("acl", Value::List(vec!["a".into(), Value::Unknown]))]);
        assert!(!object.is_unknown());
        assert!(!object.is_wholly_known());
        assert!(Value::object([("acl", Value::Null)]).is_wholly_known());
    }

    #[test]
    fn debug_prints_no_text() {
        let object = Value::object([("secret", "hunter22".into())]);
        assert!(!format!("{object:?}").contains("hunter22"));
    }
}
