//! The numbers that the account owns, and a link as it is configured: as a value for the provider, and as the API should have it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use tfplugin::value::Value;
use vonage_sandbox::{Object as ApiObject, Sandbox};

use super::Workspace;
use super::config::Reference;

/// What every account owns in these tests, by `<country>/<msisdn>`.
pub(crate) const NUMBERS: [&str; 5] = [
    "GB/447700900000",
    "GB/447700900001",
    "GB/44770090000",
    "US/14155550100",
    "US/14155550101",
];

/// The fields of a number that say where its calls go.
const LINK: [&str; 3] = ["app_id", "voiceCallbackType", "voiceCallbackValue"];

#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// `<country>/<msisdn>`.
    pub(crate) number: &'static str,
    pub(crate) target: Target,
    pub(crate) take_over: bool,
}

/// Where the calls to a number are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Application(Reference),
    Sip(&'static [&'static str]),
}

impl Link {
    pub(crate) fn application(&self) -> Option<&Reference> {
        match &self.target {
            Target::Application(application) => Some(application),
            Target::Sip(_) => None,
        }
    }

    /// With the ID that its application stands for.
    pub(super) fn value(&self, application_id: Value) -> Value {
        let (country, msisdn) = parts(self.number);
        let forward = match self.target {
            Target::Application(_) => Value::Null,
            Target::Sip(uris) => Value::List(uris.iter().map(|uri| (*uri).into()).collect()),
        };
        Value::object([
            ("country", country.into()),
            ("msisdn", msisdn.into()),
            ("application_id", application_id),
            ("forward_to_sip", forward),
            ("take_over", self.take_over.into()),
            ("features", Value::Null),
            ("type", Value::Null),
            ("timeouts", Value::Null),
            ("id", Value::Null),
        ])
    }

    /// Why the API's link is not this one, with the ID that its application stands for, if it is not.
    pub(super) fn difference(
        &self,
        application_id: Option<&str>,
        there: &ApiObject,
    ) -> Option<String> {
        let expected = match self.target {
            Target::Application(_) => json!({ "app_id": application_id }),
            Target::Sip(uris) => Json::Object(forward(&uris.join(","))),
        };
        (expected != Json::Object(there.clone()))
            .then(|| format!("its link is {there:?}, not {expected}"))
    }
}

/// A link to SIP URIs, as the API has it.
pub(crate) fn forward(uris: &str) -> ApiObject {
    let link = json!({ "voiceCallbackType": "sip", "voiceCallbackValue": uris });
    link.as_object().unwrap().clone()
}

/// The country, and the digits.
fn parts(number: &str) -> (&str, &str) {
    number.split_once('/').unwrap()
}

/// Lets the account own its numbers, with what links must leave alone.
pub(super) fn own_all(sandbox: &Sandbox) -> BTreeMap<String, ApiObject> {
    for number in NUMBERS {
        let (country, msisdn) = parts(number);
        let fields = json!({
            "type": "landline", "features": ["VOICE", "SMS"],
            "moHttpUrl": format!("https://messages.example.com/?to={msisdn}&a=b c"),
        });
        let fields = fields.as_object().unwrap().clone();
        sandbox.put_number(country, msisdn, fields).unwrap();
    }
    numbers(sandbox).0
}

/// The numbers without their links, and the links of those that have one.
pub(super) fn numbers(
    sandbox: &Sandbox,
) -> (BTreeMap<String, ApiObject>, BTreeMap<String, ApiObject>) {
    let (mut numbers, mut links) = (BTreeMap::new(), BTreeMap::new());
    for number in sandbox.numbers() {
        let text = |field: &str| number[field].as_str().unwrap();
        let name = format!("{}/{}", text("country"), text("msisdn"));
        let is_link = |field: &str| LINK.contains(&field);
        let (link, rest): (ApiObject, ApiObject) =
            number.into_iter().partition(|(field, _)| is_link(field));
        if !link.is_empty() {
            links.insert(name.clone(), link);
        }
        numbers.insert(name, rest);
    }
    (numbers, links)
}

impl Workspace {
    /// What of the numbers was touched that no link is about, or which were lost or gained, one line each.
    pub(crate) fn touched_numbers(&self) -> Vec<String> {
        let there = numbers(&self.sandbox).0;
        let mut found = Vec::new();
        for (number, owned) in &self.numbers {
            match there.get(number) {
                None => found.push(format!("the number {number} is lost")),
                Some(it) if it != owned => found.push(format!("of {number}, {owned:?} is {it:?}")),
                Some(_) => {}
            }
        }
        let gained = there.keys().filter(|it| !self.numbers.contains_key(*it));
        found.extend(gained.map(|it| format!("the number {it} was bought")));
        found
    }

    /// Somebody sends the calls to a number elsewhere, or nowhere.
    pub(crate) fn link_outside(&self, number: &str, link: ApiObject) {
        let (country, msisdn) = parts(number);
        let nothing = LINK.map(|field| (field.to_owned(), Json::Null));
        let mut changes = ApiObject::from_iter(nothing);
        changes.extend(link);
        self.sandbox.patch_number(country, msisdn, changes).unwrap();
    }

    /// Somebody changes what of a number no link is about.
    pub(crate) fn change_number(&mut self, number: &str, changes: ApiObject) {
        let (country, msisdn) = parts(number);
        self.sandbox.patch_number(country, msisdn, changes).unwrap();
        self.numbers = numbers(&self.sandbox).0;
    }

    /// Somebody gives a number back, which nobody can undo but Vonage.
    pub(crate) fn lose_number(&mut self, number: &str) {
        let (country, msisdn) = parts(number);
        self.sandbox.delete_number(country, msisdn).unwrap();
        self.numbers.remove(number);
    }

    /// The account owns a number again, which leads nowhere.
    pub(crate) fn regain_number(&mut self, number: &str) {
        let (country, msisdn) = parts(number);
        self.sandbox
            .put_number(country, msisdn, ApiObject::new())
            .unwrap();
        self.numbers = numbers(&self.sandbox).0;
    }
}
