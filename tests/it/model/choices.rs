//! Choosing among things.

use crate::core::random::Choices;

impl Choices {
    /// One of them.
    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len() as u64);
        from[usize::try_from(index).unwrap()].clone()
    }

    /// One of them, if there is any.
    pub(super) fn any<T: Clone>(&mut self, from: impl IntoIterator<Item = T>) -> Option<T> {
        let all: Vec<T> = from.into_iter().collect();
        (!all.is_empty()).then(|| self.pick(&all))
    }
}
