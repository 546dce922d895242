//! Many messages of one kind, kept readable.

use tfplugin::diagnostics::{Diagnostic, Diagnostics};

/// Messages that are shown before they are only counted.
const SHOWN: usize = 20;

/// The first of the messages, and how many more there are; the gravest of them come first.
pub(super) fn shortened(mut messages: Vec<Diagnostic>) -> Diagnostics {
    let rest = messages.split_off(SHOWN.min(messages.len()));
    if let Some(first) = rest.first() {
        messages.push(Diagnostic {
            detail: format!(
                "{} more entries have this problem. Correct those that are shown, and run this again to see the next.",
                rest.len()
            ),
            path: first.path.top(),
            ..first.clone()
        });
    }
    messages.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use tfplugin::diagnostics::Severity;
    use tfplugin::path::AttributePath;

    use super::*;

    #[test]
    fn many_messages_are_shown_in_part_and_the_others_counted() {
        let message = |number: usize| Diagnostic {
            severity: Severity::Error,
            summary: "Wrong".to_owned(),
            detail: number.to_string(),
            path: AttributePath::root("acl").key("x"),
        };
        let shown: Vec<_> = shortened((0..1_000).map(message).collect())
            .into_iter()
            .collect();
        assert_eq!(shown.len(), SHOWN + 1);
        assert!(shown[SHOWN].detail.starts_with("980 more entries"));
        assert_eq!(shown[SHOWN].path, AttributePath::root("acl"));
        assert_eq!(
            shortened((0..SHOWN).map(message).collect()).iter().count(),
            SHOWN
        );
    }
}
