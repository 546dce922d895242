//! A whole list as it is written, with what its entries mean; two lists are equal by what they admit.

use std::collections::BTreeSet;

use super::entry::Entry;
use super::invalid::InvalidEntry;
use super::union::Union;

/// An ACL as it is written, each entry read once.
///
/// Order, duplicates and spelling (`198.51.100.7` or `198.51.100.7/32`) do not matter to equality, which can only be too strict,
/// never too lax. Equal lists admit the same addresses; lists that admit the same addresses by different prefixes (`/24` against
/// its two `/25`) are different, because the API was asked for something else.
#[derive(Clone, Debug, Default)]
pub struct Acl(Vec<Element>);

/// An element of a list, which in a configuration need not be an entry.
#[derive(Clone, Debug)]
pub enum Element {
    /// The absence of an entry.
    Null,
    /// An entry that is not known yet.
    Unknown,
    /// The text of an entry, and what it means.
    Entry(String, Result<Entry, InvalidEntry>),
}

impl Element {
    /// The text of an entry, whatever the API or a state file holds.
    pub fn read(text: &str) -> Self {
        Self::Entry(text.to_owned(), Entry::parse(text))
    }
}

/// What an element means. A text that is no valid entry equals nothing but itself. That includes prefixes with bits set outside
/// them: whether the API reads `10.1.2.3/24` as the prefix or as the address is not known, so it is equal to neither.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Meaning<'a> {
    Valid(Entry),
    AsWritten(&'a str),
}

impl Acl {
    /// The list of these elements.
    pub fn new(elements: Vec<Element>) -> Self {
        Self(elements)
    }

    /// The elements, as written.
    pub fn elements(&self) -> &[Element] {
        &self.0
    }

    /// The texts of the entries that are known, as written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|element| match element {
            Element::Entry(text, _) => Some(text.as_str()),
            Element::Null | Element::Unknown => None,
        })
    }

    /// The valid entries, each with its text.
    pub fn valid(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.0.iter().filter_map(|element| match element {
            Element::Entry(text, Ok(entry)) => Some((text.as_str(), *entry)),
            Element::Entry(_, Err(_)) | Element::Null | Element::Unknown => None,
        })
    }

    /// The addresses that the valid entries admit together.
    pub fn union(&self) -> Union {
        self.valid().map(|(_, entry)| entry).collect()
    }

    /// Whether every element is known.
    pub fn is_known(&self) -> bool {
        !self.0.iter().any(|it| matches!(it, Element::Unknown))
    }

    /// Whether it certainly admits nobody.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|it| matches!(it, Element::Null))
    }

    /// What the entries mean; `None` where that is not wholly known.
    fn meaning(&self) -> Option<BTreeSet<Meaning<'_>>> {
        let meaning = |element| match element {
            &Element::Entry(_, Ok(entry)) => Some(Meaning::Valid(entry)),
            Element::Entry(text, Err(_)) => Some(Meaning::AsWritten(text)),
            Element::Null | Element::Unknown => None,
        };
        self.0.iter().map(meaning).collect()
    }
}

impl PartialEq for Acl {
    fn eq(&self, other: &Self) -> bool {
        let meaning = self.meaning();
        meaning.is_some() && meaning == other.meaning()
    }
}

/// The list of these texts.
impl<T: AsRef<str>> FromIterator<T> for Acl {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let elements = texts.into_iter();
        Self(elements.map(|text| Element::read(text.as_ref())).collect())
    }
}

#[cfg(test)]
mod tests;
