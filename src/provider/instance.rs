//! What every managed resource does around its requests: it remembers the last write, believes an absence only in the account
//! of that write, tells what reads do not show yet, and notices an object at two addresses of a configuration, whose create
//! fails as long as the old one is there, and whose destroy may come after that.

use std::time::{Duration, SystemTime};

use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::path::AttributePath;
use tfplugin::resource::{ImportTarget, Stored};
use tfplugin::value::Value;

use super::changes::not_shown;
use super::failure::{KEY_SOURCES, explanation, visibility, waited};
use super::private_data::PrivateData;
use super::session::{self, Session};
use crate::vonage::{Deleted, Error, Settling, Visibility};

/// A kind of object whose names are given by the configuration.
pub(super) struct Kind {
    pub(super) type_name: &'static str,
    /// What an object is called in a sentence.
    pub(super) noun: &'static str,
    /// The attribute that names the object.
    pub(super) attribute: &'static str,
}

/// One instance in one call: an object that a resource block stands for.
pub(super) struct Instance<'a> {
    pub(super) session: &'a Session,
    pub(super) kind: &'static Kind,
    /// Empty while it is not known.
    pub(super) id: String,
    /// The object as messages name it.
    pub(super) subject: String,
    pub(super) private: PrivateData,
}

/// The import ID, also where an identity gives its parts, by these attributes.
pub(super) fn import_id(target: &ImportTarget, parts: &[&str]) -> String {
    match target {
        ImportTarget::Id(id) => id.clone(),
        ImportTarget::Identity(identity) => {
            let part = |name: &&str| identity.string_field(name).known().unwrap_or_default();
            parts.iter().map(part).collect::<Vec<_>>().join("/")
        }
    }
}

/// An import ID that names nothing. `what` continues the sentence.
pub(super) fn invalid_import(id: &str, what: &str) -> Diagnostics {
    let shown: String = id.chars().take(110).collect();
    let more = if shown.len() < id.len() { "…" } else { "" };
    Diagnostics::from_error("Invalid import ID", format!("{shown:?}{more} {what}"))
}

/// The state that an import begins with; a read follows that fills in the rest.
pub(super) fn imported(session: &Session, state: Value) -> Stored {
    let private = PrivateData::default().with_key(session.api_key());
    Stored {
        state,
        private: private.to_bytes(),
    }
}

impl Instance<'_> {
    /// Warns where this process plans to create what it plans to destroy.
    pub(super) fn planned(&self, is_new: bool) -> Diagnostics {
        let names = &self.session.planned_names;
        if !is_new {
            names.forget(&self.name());
        } else if !self.id.is_empty() && names.plan_create(&self.name()) {
            return self.at_two_addresses();
        }
        Diagnostics::new()
    }

    /// Warns where this process plans to destroy what it plans to create.
    pub(super) fn planned_destroy(&self) -> Diagnostics {
        if self.session.planned_names.plan_destroy(&self.name()) {
            return self.at_two_addresses();
        }
        Diagnostics::new()
    }

    /// Notes that a destroy begins.
    pub(super) fn begin_destroy(&self) {
        self.session.planned_names.plan_destroy(&self.name());
    }

    /// Tells it from objects of other kinds, too.
    fn name(&self) -> String {
        format!("{} {}", self.kind.type_name, self.id)
    }

    fn at_two_addresses(&self) -> Diagnostics {
        Diagnostics::warning_at(
            AttributePath::root(self.kind.attribute),
            format!("{} is both created and destroyed", self.subject),
            format!(
                "This plan creates it at one address of the configuration and destroys it at another. The create fails as long \
                 as the old object is there. {}",
                self.moved()
            ),
        )
    }

    /// What to do about an object that exists where it was to be created.
    fn remedy(&self) -> String {
        let (type_name, attribute) = (self.kind.type_name, self.kind.attribute);
        if self.session.planned_names.is_to_be_destroyed(&self.name()) {
            return format!(
                "This run destroys it at another address of the configuration. {}\n\n\
                 If its resource has `create_before_destroy`, remove that as well: two objects cannot have the same `{attribute}`.",
                self.moved()
            );
        }
        format!(
            "To manage it with Terraform, import it, with the address of your resource in the place of `example`:\n\n\
             import {{\n  to = {type_name}.example\n  id = {:?}\n}}\n\n\
             If Terraform manages it already, do not import it. {}\n\n\
             If the resource has `create_before_destroy` in its `lifecycle`, remove that: the old object has to be destroyed before \
             its `{attribute}` can be used again.\n\n\
             Otherwise choose another `{attribute}`.",
            self.id,
            self.moved()
        )
    }

    fn moved(&self) -> String {
        let type_name = self.kind.type_name;
        format!(
            "If the resource got a new address, add a `moved` block, so that nothing is destroyed:\n\n\
             moved {{\n  from = {type_name}.old\n  to   = {type_name}.new\n}}"
        )
    }

    /// A read that was not made, since the provider's configuration is not known while planning.
    pub(super) fn unread(&self, prior: Stored, attributes: &[&str]) -> Diagnosed<Option<Stored>> {
        let diagnostics = Diagnostics::warning_at(
            AttributePath::default(),
            format!("{} not refreshed", self.kind.noun),
            format!(
                "{} of the provider block is not known yet, so {} could not be read. The plan goes by its last known state.",
                session::list(attributes),
                self.subject
            ),
        );
        Diagnosed {
            value: Some(prior),
            diagnostics,
        }
    }

    /// What a read comes to. An object that the API says is not there is dropped from state, unless another key wrote it.
    pub(super) fn read(
        &self,
        found: Option<Value>,
        time: Duration,
        private: Vec<u8>,
    ) -> Outcome<Option<Stored>> {
        let mut diagnostics = waited(&self.subject, time);
        if found.is_none() {
            self.refuse_another_key()?;
            diagnostics.warning(
                AttributePath::default(),
                format!("{} does not exist any more", self.subject),
                "The API says that the account has no such object, so it is dropped from the state. Either it was deleted outside \
                 Terraform, or the API key belongs to another account than the one that has it. Check the key before you apply a plan \
                 that creates the object again.",
            );
        }
        Ok(Diagnosed {
            value: found.map(|state| Stored { state, private }),
            diagnostics,
        })
    }

    /// What is kept after a write. `done` says what was done, `shown` what the last read showed instead.
    pub(super) fn written(
        &self,
        state: Value,
        done: &str,
        seen: Visibility,
        shown: Option<Value>,
    ) -> Diagnosed<Stored> {
        self.session.planned_names.forget(&self.name());
        let diagnostics = match (seen, shown) {
            (Visibility::NotYet { waited }, Some(shown)) => {
                not_shown(&self.subject, done, waited.as_secs(), &state, &shown)
            }
            _ => visibility(&self.subject, done, seen),
        };
        let private = PrivateData::after_write(self.session.api_key(), seen, SystemTime::now());
        Diagnosed {
            value: Stored {
                state,
                private: private.to_bytes(),
            },
            diagnostics,
        }
    }

    /// What an accepted deletion comes to. An object that reads still show stays in the state: an answer that says nothing of a
    /// refusal, as a proxy's, must leave no object behind that nobody knows of.
    pub(super) fn deleted(&self, deleted: &Deleted) -> Outcome<()> {
        if deleted.was_missing {
            self.refuse_another_key()?;
        }
        if let Visibility::NotYet { waited } = deleted.visibility {
            return Err(Diagnostics::from_error(
                format!("{} may still be there", self.subject),
                format!(
                    "The API accepted its deletion, but after {} s of waiting no read has shown that it is gone. It stays in the \
                     state, so that it is not left behind. Run the command again: where it is gone by then, nothing is left to do.",
                    waited.as_secs()
                ),
            ));
        }
        self.session.planned_names.forget(&self.name());
        Ok(Diagnosed {
            value: (),
            diagnostics: visibility(&self.subject, "deleted", deleted.visibility),
        })
    }

    /// A creation whose outcome nobody knows. `what` is a word for the object.
    pub(super) fn unclear(&self, what: &str, waited: Duration, source: &Error) -> Diagnostics {
        Diagnostics::from_error(
            format!("{} may not have been created", self.subject),
            format!(
                "The connection broke during the request, or its answer was unclear, and it was not sent again. No read \
                 showed the {what} within {} s. It is safe to run `terraform apply` again: if the {what} exists by then, an error \
                 says so and nothing is changed. {}",
                waited.as_secs(),
                explanation(source)
            ),
        )
    }

    /// A creation of what exists already; `what` says where.
    pub(super) fn already_exists(&self, what: &str, source: Option<&Error>) -> Diagnostics {
        let answer = source.map(explanation).unwrap_or_default();
        Diagnostics::error_at(
            AttributePath::root(self.kind.attribute),
            format!("{} already exists", self.subject),
            format!(
                "{what} and was neither changed nor taken over. {}\n\n{answer}",
                self.remedy()
            ),
        )
    }

    /// An update found nothing, and sent nothing. `deleted` begins the sentence that says why.
    pub(super) fn missing_at_update(&self, deleted: &str) -> Diagnostics {
        let detail = format!(
            "{deleted} since the plan was made, and nothing was sent. Run `terraform apply` again to re-create it."
        );
        let another_key = self.refuse_another_key().err();
        another_key.unwrap_or_else(|| self.cannot("update", detail))
    }

    /// An update that was not done, or not for certain: `then` says what happens next if it was.
    pub(super) fn not_updated(&self, error: &Error, detail: String, then: &str) -> Diagnostics {
        let detail = if error.may_have_taken_effect() {
            format!("{detail}\n\nThe change may have taken effect. {then}")
        } else {
            detail
        };
        self.cannot("update", detail)
    }

    pub(super) fn settling(&self) -> Settling {
        self.private.settling(SystemTime::now())
    }

    pub(super) fn settling_before_write(&self) -> Settling {
        self.private.settling_before_write(SystemTime::now())
    }

    pub(super) fn failed(&self, act: &str, error: &Error) -> Diagnostics {
        self.cannot(act, explanation(error))
    }

    pub(super) fn cannot(&self, act: &str, detail: impl Into<String>) -> Diagnostics {
        Diagnostics::from_error(format!("Cannot {act} {}", self.subject), detail)
    }

    /// Refuses to take an object for gone that was written with another API key: the key of another account does not find it.
    pub(super) fn refuse_another_key(&self) -> Result<(), Diagnostics> {
        let present = self.session.api_key();
        if !present.is_some_and(|present| self.private.is_of_another_key(present)) {
            return Ok(());
        }
        Err(Diagnostics::from_error(
            format!("{} was written with another API key", self.subject),
            format!(
                "The API does not find it with the API key that is configured now, which is not the one that it was last written \
                 with. The state keeps it, and nothing was sent that changes anything. Use a key of the account that has it: \
                 {KEY_SOURCES}. If it was deleted, and this key is to be used from now on, remove it from the state with \
                 `terraform state rm`."
            ),
        ))
    }
}

#[cfg(test)]
mod tests;
