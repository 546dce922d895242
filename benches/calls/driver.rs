//! The calls of a plan of unchanged objects, as a host sends them: reads, then plans, ten at a time.

use std::collections::BTreeMap;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value as Json, json};
use terraform_provider_vonage::Vonage;
use tfplugin::codec;
use tfplugin::provider::Provider as _;
use tfplugin::testing::Transport;
use tfplugin::testing::messages::provider_client::ProviderClient;
use tfplugin::testing::messages::{
    DynamicValue, configure_provider, plan_resource_change, read_resource,
};
use tfplugin::types::Type;

use crate::stage::kind::Kind;

/// What Terraform keeps in flight by default.
const AT_ONCE: usize = 10;

/// A host, on a connection to a provider or on the service itself.
#[derive(Clone)]
pub(crate) struct Driver<T> {
    client: ProviderClient<T>,
    type_name: &'static str,
    /// What it says of each object: the state, and the configuration.
    objects: Vec<(DynamicValue, DynamicValue)>,
}

impl<T: Transport> Driver<T> {
    /// Configures the provider by its environment alone, and gets so many objects ready.
    pub(crate) async fn configured(
        mut client: ProviderClient<T>,
        kind: &Kind,
        count: usize,
    ) -> Self {
        let vonage = Vonage::new(BTreeMap::new());
        let schema = vonage.schema();
        let request = configure_provider::Request {
            config: Some(value(&json!({}), &schema.ty())),
            ..Default::default()
        };
        let answer = client.configure_provider(request).await.unwrap();
        assert_eq!(answer.into_inner().diagnostics, []);
        let resources = vonage.resources();
        let resource = resources.iter().find(|it| it.type_name() == kind.type_name);
        let ty = resource.unwrap().schema().ty();
        let objects = (0..count)
            .map(|number| {
                let state = (kind.attributes)(number);
                let kept = kind.arguments.iter().map(|name| (name, &state[name]));
                let config = json!(kept.collect::<BTreeMap<_, _>>());
                (value(&state, &ty), value(&config, &ty))
            })
            .collect();
        Self {
            client,
            type_name: kind.type_name,
            objects,
        }
    }

    /// Reads every object once. Each is as it was.
    pub(crate) async fn read_all(&self) {
        self.each(async |mut client, state, _| {
            let request = read_resource::Request {
                type_name: self.type_name.to_owned(),
                current_state: Some(state.clone()),
                ..Default::default()
            };
            let answer = client.read_resource(request).await.unwrap().into_inner();
            assert_eq!(answer.diagnostics, []);
            assert_eq!(answer.new_state.as_ref(), Some(&state));
        })
        .await;
    }

    /// Plans every object once. Nothing is to do.
    pub(crate) async fn plan_all(&self) {
        self.each(async |mut client, state, config| {
            let request = plan_resource_change::Request {
                type_name: self.type_name.to_owned(),
                prior_state: Some(state.clone()),
                proposed_new_state: Some(state.clone()),
                config: Some(config),
                ..Default::default()
            };
            let answer = client.plan_resource_change(request).await;
            let answer = answer.unwrap().into_inner();
            assert_eq!(answer.diagnostics, []);
            assert_eq!(answer.planned_state.as_ref(), Some(&state));
        })
        .await;
    }

    async fn each(&self, call: impl AsyncFn(ProviderClient<T>, DynamicValue, DynamicValue)) {
        stream::iter(&self.objects)
            .for_each_concurrent(AT_ONCE, |(state, config)| {
                call(self.client.clone(), state.clone(), config.clone())
            })
            .await;
    }
}

/// An object of this type with these attributes, the others null, as hosts write it.
fn value(attributes: &Json, ty: &Type) -> DynamicValue {
    let Type::Object(types) = ty else {
        panic!("{ty} is no object")
    };
    let whole: BTreeMap<&str, &Json> = types
        .keys()
        .map(|name| (name.as_str(), attributes.get(name).unwrap_or(&Json::Null)))
        .collect();
    let text = serde_json::to_vec(&whole).unwrap();
    let value = codec::decode(&[], &text, ty).unwrap();
    DynamicValue {
        msgpack: codec::msgpack::encode(&value, ty).unwrap().into(),
        json: Bytes::new(),
    }
}
