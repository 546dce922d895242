//! Whatever the schema and the configurations: what `tfplugin` plans by itself, core accepts.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tfplugin::schema::Schema;
use tfplugin::server;
use tfplugin::testing::{Client, Core};
use tfplugin::value::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::fake::{Fake, THING};
use super::random::{Choices, configs, obscure, schemas};

/// Schemas that are tried, each with two configurations.
const CASES: u32 = 1000;

/// A schema, two configurations of it, and a seed for all that is left to choose.
fn cases() -> impl Strategy<Value = (Schema, Value, Value, u64)> {
    schemas().prop_flat_map(|schema| {
        let configs = [configs(&schema.block), configs(&schema.block)];
        (Just(schema), configs, any::<u64>())
            .prop_map(|(schema, [one, other], seed)| (schema, one, other, seed))
    })
}

/// An object is made, changed and destroyed, each time by a plan that did not know all of the configuration.
async fn live(schema: Schema, one: &Value, other: &Value, seed: u64) {
    let block = schema.block.clone();
    let service = server::service(
        Fake { schema, seed },
        TaskTracker::new(),
        &CancellationToken::new(),
    );
    let core = Core::of(&Client::new(service).await.unwrap(), THING);
    let mut choices = Choices::new(seed);
    let mut object = None;
    for config in [one, other] {
        let preview = obscure(&block, config, &mut choices);
        core.apply(&mut object, &preview, config).await.unwrap();
    }
    core.destroy(&object.unwrap()).await.unwrap();
}

#[test]
fn core_accepts_what_follows_from_a_schema_alone() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    });
    let outcome = runner.run(&cases(), |(schema, one, other, seed)| {
        runtime.block_on(live(schema, &one, &other, seed));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
