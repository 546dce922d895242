//! Reading typed fields out of values without forgetting that each may be null or unknown.

use super::number::Number;
use super::value::Value;

/// A field of a known type that may have no value, or none yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// Not given.
    #[default]
    Null,
    /// Given, but not known yet.
    Unknown,
    /// Given and known.
    Known(T),
}

impl<T> Field<T> {
    /// The value, where there is a known one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// The value as it stands, where there is a known one.
    pub fn as_known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// Whether it is given and known.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }

    /// Whether it is not known yet.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether it is not given.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The known value, changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Null => Field::Null,
            Self::Unknown => Field::Unknown,
            Self::Known(value) => Field::Known(change(value)),
        }
    }
}

impl Value {
    /// A string attribute of an object.
    pub fn string_field(&self, name: &str) -> Field<&str> {
        self.attribute(name).field(Self::as_str)
    }

    /// A bool attribute of an object.
    pub fn bool_field(&self, name: &str) -> Field<bool> {
        self.attribute(name).field(Self::as_bool)
    }

    /// A number attribute of an object.
    pub fn number_field(&self, name: &str) -> Field<&Number> {
        self.attribute(name).field(Self::as_number)
    }

    /// The elements of a list, set or tuple attribute of an object.
    pub fn elements_field(&self, name: &str) -> Field<&[Self]> {
        self.attribute(name).field(Self::as_elements)
    }

    /// A value of another kind than the schema's cannot occur: the codec has checked it. It reads as null.
    fn field<'a, T>(&'a self, read: impl FnOnce(&'a Self) -> Option<T>) -> Field<T> {
        if self.is_unknown() {
            return Field::Unknown;
        }
        read(self).map_or(Field::Null, Field::Known)
    }
}

impl<T: Into<Self>> From<Field<T>> for Value {
    fn from(field: Field<T>) -> Self {
        match field {
            Field::Null => Self::Null,
            Field::Unknown => Value::Unknown,
            Field::Known(value) => value.into(),
        }
    }
}

/// `None` is null.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_unknown_and_known_are_told_apart() {
        let object = Value::object([
            ("a", "text".into()),
            ("b", Value::Unknown),
            ("c", Value::Null),
        ]);
        assert_eq!(object.string_field("a"), Field::Known("text"));
        assert_eq!(object.string_field("b"), Field::Unknown);
        assert_eq!(object.string_field("c"), Field::Null);
        assert_eq!(object.string_field("missing"), Field::Null);
        assert_eq!(object.string_field("a").map(str::len).known(), Some(4));
    }
}
