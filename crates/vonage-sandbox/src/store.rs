//! What the sandbox holds: objects of all kinds, each as written and as reads see it.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::apis::KINDS;
use crate::json::Object;
use crate::state_file::{Contents, text};
use crate::timeline::{Effect, Snapshot, Timeline, WRITTEN};

/// All objects in one map: one that is deleted and made again keeps no part, while reads of its parts still lag on their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    objects: BTreeMap<ObjectId, Timeline<Object>>,
}

/// A kind of objects.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// The list of them, in files and control routes.
    pub(crate) list: &'static str,
    /// One of them, in messages.
    pub(crate) noun: &'static str,
    /// The fields that name one; those that name what it is part of come first.
    pub(crate) key: &'static [&'static str],
    /// What each is part of, and goes with.
    pub(crate) parent: Option<&'static Kind>,
}

/// One object, by its kind and the values of its key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectId {
    pub(crate) kind: &'static Kind,
    pub(crate) key: Vec<String>,
}

impl ObjectId {
    pub(crate) fn new<const N: usize>(kind: &'static Kind, key: [&str; N]) -> Self {
        let key = key.map(str::to_owned).into();
        Self { kind, key }
    }

    /// What an object calls itself.
    pub(crate) fn of(kind: &'static Kind, object: &Object) -> Self {
        let key = kind.key.iter().map(|field| text(object, field)).collect();
        Self { kind, key }
    }

    /// What it is part of.
    pub(crate) fn parent(&self) -> Option<Self> {
        let kind = self.kind.parent?;
        let key = self.key.iter().take(kind.key.len()).cloned().collect();
        Some(Self { kind, key })
    }
}

impl Store {
    /// A store in which everything is visible.
    pub(crate) fn from_contents(contents: &Contents) -> Self {
        let of = |kind| {
            let objects = contents.of(kind).iter();
            objects.map(move |it| (ObjectId::of(kind, it), Timeline::visible(it.clone())))
        };
        Self {
            objects: KINDS.into_iter().flat_map(of).collect(),
        }
    }

    /// Everything as written, which is what a state file keeps.
    pub(crate) fn contents(&self) -> Contents {
        let all = |kind| self.list(kind, &[], WRITTEN).cloned().collect();
        KINDS.into_iter().map(|kind| (kind, all(kind))).collect()
    }

    /// An object as a read sees it.
    pub(crate) fn get(&self, id: &ObjectId, at: Option<Snapshot>) -> Option<&Object> {
        self.objects.get(id)?.at(at)
    }

    /// The objects of a kind whose key begins like this, as a read sees them, in the order of their keys.
    pub(crate) fn list<'a>(
        &'a self,
        kind: &'static Kind,
        within: &[String],
        at: Option<Snapshot>,
    ) -> impl Iterator<Item = &'a Object> + use<'a> {
        let key = within.to_vec();
        let first = ObjectId {
            kind,
            key: key.clone(),
        };
        self.objects
            .range(first..)
            .take_while(move |(id, _)| id.kind == kind && id.key.starts_with(&key))
            .filter_map(move |(_, object)| object.at(at))
    }

    /// Stores an object under the ID that it carries.
    pub(crate) fn put(&mut self, id: ObjectId, object: Object, effect: Effect) {
        self.write(id, Some(object), effect);
    }

    /// Removes an object, and its parts.
    pub(crate) fn delete(&mut self, id: &ObjectId, effect: Effect) {
        let kinds = KINDS.into_iter();
        let parts: Vec<ObjectId> = kinds
            .filter(|kind| kind.parent == Some(id.kind))
            .flat_map(|kind| {
                let parts = self.list(kind, &id.key, WRITTEN);
                parts.map(|part| ObjectId::of(kind, part))
            })
            .collect();
        for part in parts {
            self.write(part, None, effect);
        }
        self.write(id.clone(), None, effect);
    }

    fn write(&mut self, id: ObjectId, value: Option<Object>, effect: Effect) {
        let now = Instant::now();
        // What was deleted earlier is swept up now and then, by what will have to be swept up itself: the rest costs nothing.
        if value.is_none() {
            self.objects.retain(|_, timeline| !timeline.is_spent(now));
        }
        let timeline = self.objects.entry(id).or_default();
        timeline.apply(effect, value, now);
    }
}
