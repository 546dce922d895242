//! All questions, one for each switch of the sandbox. Pure.

mod acl;
mod answers;
mod applications;
mod domains;
mod lists;
mod numbers;
mod unseen;
mod users;

use super::question::Question;

/// All questions in the order of `docs/unknowns.md`.
pub(super) fn all() -> Vec<&'static Question> {
    let mut all: Vec<&Question> = [
        answers::QUESTIONS,
        domains::QUESTIONS,
        lists::QUESTIONS,
        acl::QUESTIONS,
        users::QUESTIONS,
        applications::QUESTIONS,
        numbers::QUESTIONS,
        unseen::QUESTIONS,
    ]
    .into_iter()
    .flatten()
    .collect();
    all.sort_by_key(|question| place(question.unknown));
    all
}

/// Where a number stands: those of Programmable SIP, those without one, `A1` and on, `N1` and on.
fn place(unknown: &str) -> (u8, u8) {
    let number = |text: &str| text.parse().unwrap_or(u8::MAX);
    match (unknown.strip_prefix('A'), unknown.strip_prefix('N')) {
        (Some(rest), _) => (1, number(rest)),
        (_, Some(rest)) => (2, number(rest)),
        _ => (0, number(unknown)),
    }
}

#[cfg(test)]
mod tests;
