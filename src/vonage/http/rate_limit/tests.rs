//! Tests of the rate limit.

use proptest::prelude::*;
use tokio_util::sync::CancellationToken;

use super::*;

const LONG: Duration = Duration::from_secs(1_000_000);

fn operation(seconds: u64) -> Operation {
    Operation::new(Duration::from_secs(seconds), CancellationToken::new())
}

/// When each of `count` requests starts that all come at once, in seconds.
fn starts(limit: &RateLimit, count: usize) -> Vec<f64> {
    let now = Instant::now();
    (0..count)
        .map(|_| limit.reserve(now, LONG).unwrap().as_secs_f64())
        .collect()
}

fn rate(limit: &RateLimit) -> f64 {
    limit.time_for(1.0).as_secs_f64().recip()
}

#[tokio::test(start_paused = true)]
async fn ten_a_second_start_with_a_burst_of_five() {
    let starts = starts(&RateLimit::new(10.0), 8);
    let expected = [0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.2, 0.3];
    for (start, expected) in starts.iter().zip(expected) {
        assert!((start - expected).abs() < 1e-6, "{starts:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_fraction_of_a_request_per_second_is_kept() {
    assert_eq!(starts(&RateLimit::new(0.5), 3), [0.0, 2.0, 4.0]);
}

proptest! {
    #[test]
    fn no_second_sees_more_than_one_and_a_half_times_the_rate(rate in 0.5f64..200.0) {
        let limit = RateLimit::new(rate);
        let begun = limit.schedule().due;
        let starts: Vec<f64> = (0..300)
            .map(|_| limit.reserve(begun, LONG).unwrap().as_secs_f64())
            .collect();
        for (index, start) in starts.iter().enumerate() {
            let within = starts[index..].iter().filter(|s| **s < start + 1.0 - 1e-6).count();
            #[expect(clippy::cast_precision_loss, reason = "counts up to 300")]
            let within = within as f64;
            prop_assert!(within <= (1.5 * rate).max(1.0) + 1.0, "{} at {}", within, rate);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_place_beyond_the_deadline_is_left_to_others() {
    let limit = RateLimit::new(0.1);
    limit.admit(&operation(5)).await.unwrap();
    let refused = limit.admit(&operation(5)).await.unwrap_err();
    assert_eq!(refused.reason, Interrupted::OutOfTime);
    assert_eq!(refused.wait, Duration::from_secs(10));
    limit.admit(&operation(11)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_pause_holds_also_those_that_wait_already() {
    let limit = RateLimit::new(1.0);
    let operation = operation(60);
    limit.admit(&operation).await.unwrap();
    let begin = Instant::now();
    let (admitted, ()) = tokio::join!(limit.admit(&operation), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        limit.refused(Duration::from_secs(7));
    });
    admitted.unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(7_300));
}

#[tokio::test(start_paused = true)]
async fn cancelling_ends_the_wait() {
    let limit = RateLimit::new(0.1);
    let operation = operation(60);
    limit.admit(&operation).await.unwrap();
    operation.cancel.cancel();
    let refused = limit.admit(&operation).await.unwrap_err();
    assert_eq!(refused.reason, Interrupted::Cancelled);
}

#[tokio::test(start_paused = true)]
async fn a_swarm_of_refusals_halves_the_rate_once_a_second() {
    let limit = RateLimit::new(10.0);
    for expected in [5.0, 2.5, 1.25, 0.625, 0.3125, 0.15625, 0.1, 0.1] {
        for _ in 0..20 {
            limit.refused(Duration::ZERO);
        }
        assert!((rate(&limit) - expected).abs() < 1e-6, "{expected}");
        tokio::time::advance(SECOND).await;
    }
    let slow = RateLimit::new(0.05);
    slow.refused(Duration::ZERO);
    assert!(
        (rate(&slow) - 0.05).abs() < 1e-6,
        "a limit below the slowest rate"
    );
}

#[tokio::test(start_paused = true)]
async fn a_slowed_rate_has_no_bursts() {
    let limit = RateLimit::new(10.0);
    limit.refused(Duration::ZERO);
    assert_eq!(starts(&limit, 3), [0.0, 0.2, 0.4]);
}

#[tokio::test(start_paused = true)]
async fn half_a_quiet_second_gives_nothing_back() {
    let limit = RateLimit::new(10.0);
    limit.refused(Duration::ZERO);
    tokio::time::advance(SECOND / 2).await;
    limit.passed();
    assert!((rate(&limit) - 5.0).abs() < 1e-6);
}

#[tokio::test(start_paused = true)]
async fn a_limit_below_the_slowest_rate_stays_as_it_is() {
    let limit = RateLimit::new(SLOWEST / 2.0);
    limit.refused(Duration::ZERO);
    tokio::time::advance(SECOND).await;
    limit.passed();
    assert!((rate(&limit) - SLOWEST / 2.0).abs() < 1e-9);
}

#[tokio::test(start_paused = true)]
async fn each_quiet_second_with_an_answer_gives_a_step_back_up_to_the_limit() {
    let limit = RateLimit::new(10.0);
    limit.refused(Duration::ZERO);
    tokio::time::advance(Duration::from_secs(100)).await;
    assert!((rate(&limit) - 5.0).abs() < 1e-6, "nothing was tried");
    limit.passed();
    limit.passed();
    let ceiling = 10.0 * BELOW * GROWTH;
    assert!(
        (rate(&limit) - f64::midpoint(5.0, ceiling)).abs() < 1e-6,
        "one step a second"
    );
    for _ in 0..15 {
        tokio::time::advance(SECOND).await;
        limit.passed();
    }
    assert!((rate(&limit) - 10.0).abs() < 1e-9);
    assert!(starts(&limit, 5)[4] < 1e-9, "bursts are back");
}

/// What an API lets through that allows `allowed` requests in any second, of a host that always has one to send.
async fn passed_in_a_minute(limit: &RateLimit, allowed: usize) -> usize {
    let operation = operation(3600);
    let begun = Instant::now();
    let mut recent = std::collections::VecDeque::new();
    let mut count = 0;
    while begun.elapsed() < Duration::from_mins(1) {
        limit.admit(&operation).await.unwrap();
        let now = Instant::now();
        recent.retain(|at: &Instant| now - *at < SECOND);
        if recent.len() < allowed {
            recent.push_back(now);
            count += 1;
            limit.passed();
        } else {
            limit.refused(Duration::ZERO);
        }
    }
    count
}

#[tokio::test(start_paused = true)]
async fn four_fifths_of_what_the_api_allows_is_used_whatever_the_limit_here() {
    for allowed in [3, 15] {
        for own in [10.0, 20.0, 1000.0] {
            let limit = RateLimit::new(own);
            let passed = passed_in_a_minute(&limit, allowed).await;
            #[expect(clippy::cast_precision_loss, reason = "counts up to a thousand")]
            let share = passed as f64 / (60.0 * own.min(allowed as f64));
            assert!(share > 0.8, "{allowed} of {own}: {share}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_slowest_rate_recovers_with_time_however_few_requests_it_allows() {
    let limit = RateLimit::new(10.0);
    for _ in 0..10 {
        limit.refused(Duration::ZERO);
        tokio::time::advance(SECOND).await;
    }
    let begun = Instant::now();
    let mut least = rate(&limit);
    while begun.elapsed() < Duration::from_mins(10) {
        tokio::time::advance(limit.time_for(1.0)).await;
        limit.passed();
        assert!(rate(&limit) >= least, "{} after {least}", rate(&limit));
        least = rate(&limit);
        if begun.elapsed() > Duration::from_mins(5) {
            assert!(least > 1.5, "{least} after five minutes");
        }
    }
    assert!((least - 10.0).abs() < 1e-6, "{least} after ten minutes");
}

#[tokio::test(start_paused = true)]
async fn what_waits_gets_another_place_when_the_rate_is_halved() {
    let limit = RateLimit::new(1.0);
    let operation = operation(60);
    limit.admit(&operation).await.unwrap();
    let begun = Instant::now();
    let refusal = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        limit.refused(Duration::ZERO);
    };
    // Their places are in one and in two seconds; at half the rate two seconds lie between them.
    let (first, second, ()) =
        tokio::join!(limit.admit(&operation), limit.admit(&operation), refusal);
    first.unwrap();
    second.unwrap();
    assert!(
        begun.elapsed() >= Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn for_a_minute_after_a_refusal_the_limit_is_not_tried() {
    let limit = RateLimit::new(10.0);
    limit.refused(Duration::ZERO);
    for _ in 0..59 {
        tokio::time::advance(SECOND).await;
        limit.passed();
        assert!(rate(&limit) <= 9.5 + 1e-6, "{}", rate(&limit));
    }
    assert!(rate(&limit) > 9.4, "{}", rate(&limit));
    tokio::time::advance(SECOND).await;
    limit.passed();
    assert!(rate(&limit) > 9.5 + 1e-3, "{}", rate(&limit));
    for _ in 0..9 {
        tokio::time::advance(SECOND).await;
        limit.passed();
    }
    assert!((rate(&limit) - 10.0).abs() < 1e-6, "{}", rate(&limit));
}
