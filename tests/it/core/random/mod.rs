//! Random schemas, and random configurations and values for them.

mod config;
mod fill;
mod schema;
mod value;

pub(crate) use config::{configs, obscure};
pub(crate) use fill::fill;
pub(crate) use schema::schemas;
pub(crate) use value::values;

/// A cheap sequence of choices that follows from its seed alone.
#[derive(Clone, Debug)]
pub(crate) struct Choices(u64);

impl Choices {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        // The constants of Knuth's MMIX generator; its high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// Yes, one time in so many.
    pub(crate) fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }
}
