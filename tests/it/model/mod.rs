//! Random lives of a configuration: what is configured changes, the account is edited outside Terraform, faults fall on
//! requests, reads lag behind, the provider is restarted and interrupted. Whenever the faults end, an apply must bring
//! state, account and configuration together, and nothing that is not ours may ever be touched.

mod applications;
mod applies;
mod choices;
mod configuration;
mod drift;
mod edits;
mod life;
mod numbers;
mod settle;
mod troubles;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use terraform_provider_vonage::env::{Environment, ProcessEnvironment};

use self::life::{Life, Tally};

/// Steps of one life.
const STEPS: u64 = 60;

/// Steps of a run, where `MODEL_STEPS` does not say another number.
const STEPS_OF_A_RUN: u64 = 2_400;

/// Lives that are led side by side: most of their time is waiting.
const AT_ONCE: usize = 6;

/// The first seed and the number of lives. `MODEL_SEED` alone leads one life again.
fn seeds() -> std::ops::Range<u64> {
    let number = |name: &str| {
        let text = ProcessEnvironment.get(name);
        text.map(|text| {
            text.parse()
                .unwrap_or_else(|_| panic!("{name} is a number"))
        })
    };
    let (seed, steps) = (number("MODEL_SEED"), number("MODEL_STEPS"));
    let default = if seed.is_some() {
        STEPS
    } else {
        STEPS_OF_A_RUN
    };
    let first = seed.unwrap_or(1);
    first..first + steps.unwrap_or(default).div_ceil(STEPS)
}

/// Leads one life: what happened in it, or why it failed.
fn lead(seed: u64) -> Result<Tally, String> {
    let story = Mutex::new(String::new());
    let life = AssertUnwindSafe(|| {
        // The provider's own jitter, which comes from this thread's generator.
        fastrand::seed(seed);
        crate::clock::run(async {
            let mut life = Life::new(seed, &story).await;
            for _ in 0..STEPS {
                life.step().await;
            }
            life.settle().await;
            let updates = life.workspace.sandbox.count("POST", "/number/update");
            life.tally.number_updates = updates as u64;
            life.tally
        })
    });
    catch_unwind(life).map_err(|cause| {
        let cause = cause.downcast_ref::<String>().cloned().unwrap_or_default();
        let story = story.into_inner().unwrap_or_default();
        format!("{cause}\n\nMODEL_SEED={seed} leads this life again:\n{story}")
    })
}

#[test]
fn whatever_happens_an_apply_without_faults_ends_as_configured() {
    let seeds = Mutex::new(seeds());
    let (failed, all) = (Mutex::new(None), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(seed) = { seeds.lock().unwrap().next() } {
                    match lead(seed) {
                        Ok(tally) => *all.lock().unwrap() += tally,
                        Err(story) => {
                            failed.lock().unwrap().get_or_insert(story);
                            // One failure is enough to read.
                            *seeds.lock().unwrap() = 0..0;
                        }
                    }
                }
            });
        }
    });
    if let Some(story) = failed.into_inner().unwrap() {
        panic!("{story}");
    }
    let all = all.into_inner().unwrap();
    println!("{all:?}");
    let is_a_run = all.steps >= STEPS_OF_A_RUN;
    let enough = all.applies > all.steps / 10
        && all.failed > all.applies / 20
        && all.struck > all.steps / 5
        && all.unclear > 0
        && all.imported > 0
        && all.imported_applications > 0
        && all.number_updates > all.steps / 30
        && all.refused_links > 0;
    assert!(enough || !is_a_run, "hardly anything happened: {all:?}");
}
