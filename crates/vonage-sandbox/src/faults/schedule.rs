//! The faults that are set, how often each has struck, and which one is next.

use serde::Serialize;
use tokio::time::Instant;

use super::fault::Fault;

/// All faults, in the order they were set. The first that falls on a request is the one that strikes.
#[derive(Debug, Default)]
pub(crate) struct Schedule(Vec<Scheduled>);

#[derive(Debug)]
struct Scheduled {
    fault: Fault,
    since: Instant,
    /// Requests that it was about, those it let pass included.
    met: u32,
    struck: u32,
}

/// A fault, and what has come of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FaultStatus {
    /// The fault as it was set.
    #[serde(flatten)]
    pub fault: Fault,
    /// How many requests it has struck.
    pub struck: u32,
    /// Whether it is over.
    pub is_over: bool,
}

impl Schedule {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        let mut schedule = Self::default();
        for fault in faults {
            schedule.add(fault);
        }
        schedule
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(Scheduled {
            fault,
            since: Instant::now(),
            met: 0,
            struck: 0,
        });
    }

    /// The fault that strikes a request, which counts from now on.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Fault> {
        for scheduled in &mut self.0 {
            if scheduled.is_over() || !scheduled.fault.is_about(method, path) {
                continue;
            }
            scheduled.met = scheduled.met.saturating_add(1);
            if scheduled.met > scheduled.fault.skip {
                scheduled.struck = scheduled.struck.saturating_add(1);
                return Some(scheduled.fault.clone());
            }
        }
        None
    }

    /// All faults, those that are over included.
    pub(crate) fn statuses(&self) -> Vec<FaultStatus> {
        let statuses = self.0.iter().map(|scheduled| FaultStatus {
            fault: scheduled.fault.clone(),
            struck: scheduled.struck,
            is_over: scheduled.is_over(),
        });
        statuses.collect()
    }
}

impl Scheduled {
    fn is_over(&self) -> bool {
        let spent = self.fault.times.is_some_and(|times| self.struck >= times);
        spent
            || self
                .fault
                .lasts
                .is_some_and(|span| self.since.elapsed() >= span.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn schedule(faults: &str) -> Schedule {
        Schedule::new(Fault::list_from_json(faults.as_bytes()).unwrap())
    }

    /// The statuses of the faults that strike so many GETs of one path.
    fn statuses(schedule: &mut Schedule, requests: usize) -> Vec<Option<u16>> {
        (0..requests)
            .map(|_| {
                schedule
                    .strike("GET", "/v1/psip")
                    .and_then(|fault| fault.status)
            })
            .collect()
    }

    #[test]
    fn faults_take_turns_by_their_counts() {
        let mut schedule = schedule(
            r#"[{"status":503,"skip":1,"times":2},{"method":"get","status":429,"times":1},{"method":"PUT","status":500}]"#,
        );
        assert_eq!(
            statuses(&mut schedule, 5),
            [Some(429), Some(503), Some(503), None, None]
        );
        let struck: Vec<_> = schedule
            .statuses()
            .iter()
            .map(|status| (status.struck, status.is_over))
            .collect();
        assert_eq!(struck, [(2, true), (1, true), (0, false)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fault_with_a_time_is_over_when_it_has_passed() {
        let mut schedule = schedule(r#"[{"status":503,"for":"2s"}]"#);
        tokio::time::advance(Duration::from_millis(1_999)).await;
        assert_eq!(statuses(&mut schedule, 1), [Some(503)]);
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!(statuses(&mut schedule, 1), [None]);
    }
}
