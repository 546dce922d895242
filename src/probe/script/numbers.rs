//! Two reads of the Numbers API. No number is ever changed.

use crate::probe::sender::Stop;
use crate::probe::session::Session;
use crate::probe::step::Step;
use crate::vonage::{LIST_LIMIT, Request};

const NUMBERS: &str = "/account/numbers";

pub(super) async fn play(session: &mut Session<'_>) -> Result<(), Stop> {
    let page = |query| {
        let request = Request::get(NUMBERS.to_owned()).with_query(query);
        request.with_answer_limit(LIST_LIMIT)
    };
    let list = page("size=100&index=1");
    session.step(Step::Numbers, list).await?;
    // The plainest error that a read can have.
    session.step(Step::NumbersOfNoSize, page("size=0")).await?;
    Ok(())
}
