//! Reads JSON of others piece by piece, so that what is not wanted of it takes no memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The values of these fields of an object, as they are written; the last one where a field stands there twice.
pub(crate) fn fields<'a, const N: usize>(
    object: &'a str,
    names: [&str; N],
) -> serde_json::Result<[Option<&'a RawValue>; N]> {
    whole(object, |json| json.deserialize_map(Fields(names)))
}

/// The value of the only field of an object.
pub(crate) fn only_field(object: &str) -> serde_json::Result<&RawValue> {
    whole(object, |json| json.deserialize_map(OnlyField))
}

/// Why not all elements of an array were taken.
pub(crate) enum Stopped<E> {
    /// There is no whole array.
    Malformed(serde_json::Error),
    /// Whoever takes the elements would not have this one.
    Refused(E),
}

/// Hands over the elements of an array, one by one.
pub(crate) fn each_element<'a, E>(
    array: &'a str,
    mut take: impl FnMut(&'a RawValue) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    let mut refusal = None;
    let elements = Elements(|element| match take(element) {
        Ok(()) => true,
        Err(error) => {
            refusal = Some(error);
            false
        }
    });
    let read = whole(array, |json| json.deserialize_seq(elements));
    match (refusal, read) {
        (Some(error), _) => Err(Stopped::Refused(error)),
        (None, read) => read.map_err(Stopped::Malformed),
    }
}

/// Reads a text that holds one value and nothing behind it.
fn whole<'a, T>(
    text: &'a str,
    read: impl FnOnce(
        &mut serde_json::Deserializer<serde_json::de::StrRead<'a>>,
    ) -> serde_json::Result<T>,
) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = read(&mut json)?;
    json.end().map(|()| value)
}

struct Fields<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> Visitor<'de> for Fields<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(place) = object.next_key_seed(PlaceOf(&self.0))? {
            match place.and_then(|place| found.get_mut(place)) {
                Some(value) => *value = Some(object.next_value()?),
                None => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// Reads the name of a field as its place among those that are wanted.
struct PlaceOf<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for PlaceOf<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<Self::Value, D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for PlaceOf<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|wanted| *wanted == name))
    }
}

struct OnlyField;

impl<'de> Visitor<'de> for OnlyField {
    type Value = &'de RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with one field")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let first = object.next_entry::<IgnoredAny, _>()?;
        let second = object.next_key::<IgnoredAny>()?;
        match (first, second) {
            (Some((_, value)), None) => Ok(value),
            _ => Err(serde::de::Error::custom("not exactly one field")),
        }
    }
}

struct Elements<F>(F);

impl<'de, F: FnMut(&'de RawValue) -> bool> Visitor<'de> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut array: A) -> Result<(), A::Error> {
        while let Some(element) = array.next_element()? {
            if !(self.0)(element) {
                return Err(serde::de::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name_and_the_last_one_counts() {
        let found = fields(r#"{"a":1,"x":[{}],"\u0062":"b","a":2}"#, ["a", "b", "c"]).unwrap();
        let texts = found.map(|value| value.map(RawValue::get));
        assert_eq!(texts, [Some("2"), Some(r#""b""#), None]);
        for text in [
            "",
            "[]",
            "{",
            "{} {}",
            r#"{"a":1"#,
            "\u{feff}{}",
            r#"{"x":1e}"#,
        ] {
            assert!(fields(text, ["a"]).is_err(), "{text}");
        }
    }

    #[test]
    fn an_only_field_is_the_only_one() {
        assert_eq!(only_field(r#"{"a":[1]}"#).unwrap().get(), "[1]");
        for text in ["{}", "[]", r#"{"a":1,"b":2}"#, r#"{"a":1} 2"#] {
            assert!(only_field(text).is_err(), "{text}");
        }
    }

    #[test]
    fn elements_come_one_by_one_until_one_is_refused() {
        let mut taken = Vec::new();
        let mut take = |element: &RawValue| {
            taken.push(element.get().to_owned());
            if element.get() == "3" {
                Err("three")
            } else {
                Ok(())
            }
        };
        assert!(each_element("[1, {}]", &mut take).is_ok());
        let stopped = each_element("[2, 3, 4", &mut take);
        assert!(matches!(stopped, Err(Stopped::Refused("three"))));
        let stopped = each_element("[5, 6", &mut take);
        assert!(matches!(stopped, Err(Stopped::Malformed(_))));
        assert_eq!(taken, ["1", "{}", "2", "3", "5", "6"]);
    }
}
