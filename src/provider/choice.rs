//! An attribute that takes one of a few words.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

pub(super) fn check(path: AttributePath, text: &str, words: &[&str]) -> Diagnostics {
    if words.contains(&text) {
        return Diagnostics::new();
    }
    let shown: String = text.chars().take(60).collect();
    let listed: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
    let meant = words
        .iter()
        .find(|word| word.eq_ignore_ascii_case(text.trim()));
    let hint = meant
        .map(|word| format!(" Did you mean {word:?}?"))
        .unwrap_or_default();
    let summary = format!("Invalid {path}");
    let detail = format!("{shown:?} is not one of {}.{hint}", listed.join(", "));
    Diagnostics::error_at(path, summary, detail)
}
