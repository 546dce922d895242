//! Telling the host what a search found, as far as it wants to know.

use tokio::sync::mpsc;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::list_resource::Listed;
use tfplugin::path::AttributePath;

/// Sends what was found up to the limit, or why nothing was. `what` names the objects, in the plural.
pub(super) async fn send(
    outcome: Result<Vec<Listed>, Diagnostics>,
    limit: Option<u64>,
    what: &str,
    found: mpsc::Sender<Listed>,
) {
    let listed = outcome.unwrap_or_else(|diagnostics| {
        vec![Listed {
            diagnostics,
            ..Listed::default()
        }]
    });
    for listed in up_to(limit, listed, what) {
        // Where nobody listens any more, nobody wants to know.
        if found.send(listed).await.is_err() {
            return;
        }
    }
}

/// The first of them. The last that the host takes says that there are more: what comes after it is not read.
fn up_to(limit: Option<u64>, mut listed: Vec<Listed>, what: &str) -> Vec<Listed> {
    let total = listed.len();
    let limit = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    listed.truncate(limit);
    if let Some(last) = listed.last_mut().filter(|_| limit < total) {
        last.diagnostics.warning(
            AttributePath::default(),
            format!("Not all {what} are listed"),
            format!(
                "{total} {what} match, and the first {limit} are listed. Raise `limit` of the list block to see all, or narrow \
                 the search."
            ),
        );
    }
    listed
}

#[cfg(test)]
mod tests {
    use tfplugin::value::Value;

    use super::*;

    fn things(count: usize) -> Vec<Listed> {
        let thing = |number: usize| Listed {
            identity: Some(Value::object([])),
            display_name: format!("thing-{number}"),
            ..Listed::default()
        };
        (0..count).map(thing).collect()
    }

    fn warnings(listed: &[Listed]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for (number, listed) in listed.iter().enumerate() {
            if !listed.diagnostics.is_empty() {
                numbers.push(number);
            }
        }
        numbers
    }

    #[test]
    fn what_is_cut_off_is_told_with_the_last() {
        let listed = up_to(Some(3), things(5), "things");
        assert_eq!(listed.len(), 3);
        assert_eq!(warnings(&listed), [2]);
        let warning = listed[2].diagnostics.iter().next().unwrap();
        assert!(warning.detail.contains("5 things match, and the first 3"));
    }

    #[test]
    fn nothing_is_told_where_nothing_is_cut_off() {
        for limit in [None, Some(5), Some(6), Some(u64::MAX)] {
            let listed = up_to(limit, things(5), "things");
            assert_eq!((listed.len(), warnings(&listed)), (5, vec![]), "{limit:?}");
        }
        assert_eq!(up_to(Some(0), things(5), "things"), []);
    }

    #[tokio::test]
    async fn a_failure_is_sent_in_the_place_of_finds() {
        let (found, mut listed) = mpsc::channel(1);
        let failure = Diagnostics::from_error("Cannot list things", "Because.");
        send(Err(failure.clone()), Some(1), "things", found).await;
        let only = listed.recv().await.unwrap();
        assert_eq!((only.identity, only.diagnostics), (None, failure));
        assert!(listed.recv().await.is_none());
    }
}
