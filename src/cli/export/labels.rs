//! Labels of resources: from names that may be no identifiers, each once.

use std::collections::BTreeMap;

/// More of a name does not go into a label.
const LONGEST: usize = 60;

/// The labels that are taken, for resources of one type, each with the last number that was put behind it.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeMap<String, u32>);

impl Labels {
    /// A label for the object of this name, which no other has got.
    pub(super) fn give(&mut self, name: &str) -> String {
        let wish = identifier(name);
        let mut number = self.0.get(&wish).copied().unwrap_or_default();
        let mut label = wish.clone();
        while self.0.contains_key(&label) {
            number = number.max(1).saturating_add(1);
            label = format!("{wish}_{number}");
        }
        self.0.insert(wish, number);
        self.0.entry(label.clone()).or_default();
        label
    }
}

/// The name as an identifier of the language: letters, digits and underscores, and no digit in front.
fn identifier(name: &str) -> String {
    let letters = name.chars().take(LONGEST);
    let letters = letters.map(|it| if it.is_ascii_alphanumeric() { it } else { '_' });
    let mut identifier: String = letters.collect();
    if identifier.is_empty() || identifier.starts_with(|letter: char| letter.is_ascii_digit()) {
        identifier.insert(0, '_');
    }
    identifier
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_are_no_identifiers_get_labels_that_are() {
        for (name, label) in [
            ("office", "office"),
            ("Head-Office-2", "Head_Office_2"),
            ("2nd-office", "_2nd_office"),
            ("-----", "_____"),
            ("büro.east", "b_ro_east"),
            ("", "_"),
        ] {
            assert_eq!(identifier(name), label, "{name}");
        }
    }

    #[test]
    fn names_that_map_to_the_same_label_get_different_ones() {
        let mut labels = Labels::default();
        let given = ["a-b", "a_b", "a_b_2", "a.b", "A-b"].map(|name| labels.give(name));
        assert_eq!(given, ["a_b", "a_b_2", "a_b_2_2", "a_b_3", "A_b"]);
    }

    proptest! {
        #[test]
        fn whatever_the_names_are_labels_are_identifiers_and_unique(names: Vec<String>) {
            let mut labels = Labels::default();
            let given: Vec<_> = names.iter().map(|name| labels.give(name)).collect();
            for label in &given {
                prop_assert!(label.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_'));
                prop_assert!(label.chars().all(|it| it.is_ascii_alphanumeric() || it == '_'));
            }
            let unique: BTreeSet<_> = given.iter().collect();
            prop_assert_eq!(unique.len(), given.len());
        }
    }
}
