//! What a plan warns of: what it breaks for callers.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;

use super::model::ApplicationModel;
use super::schema::{PUBLIC_KEY, VOICE};

pub(super) fn warnings(prior: &ApplicationModel, planned: &ApplicationModel) -> Diagnostics {
    [lost_voice(prior, planned), new_key(prior, planned)]
        .into_iter()
        .flatten()
        .collect()
}

fn lost_voice(prior: &ApplicationModel, planned: &ApplicationModel) -> Option<Diagnostics> {
    let is_lost = matches!(
        (&prior.voice, &planned.voice),
        (Field::Known(_), Field::Null)
    );
    is_lost.then(|| {
        Diagnostics::warning_at(
            AttributePath::root(VOICE),
            "Calls will fail",
            format!(
                "Without `{VOICE}` the application {:?} takes no calls any more: those to its SIP domains and numbers fail.",
                prior.name()
            ),
        )
    })
}

fn new_key(prior: &ApplicationModel, planned: &ApplicationModel) -> Option<Diagnostics> {
    let is_new = matches!(
        (&prior.public_key, &planned.public_key),
        (Field::Known(before), Field::Known(after)) if before != after
    );
    is_new.then(|| {
        Diagnostics::warning_at(
            AttributePath::root(PUBLIC_KEY),
            "Tokens of the old key will be refused",
            format!(
                "The application {:?} gets another key: what signs requests in its name has to sign with the new one from then on.",
                prior.name()
            ),
        )
    })
}
