//! What goes wrong: faults on requests, reads that lag behind, a limit on requests.

use serde_json::{Value as Json, json};
use vonage_sandbox::{Fault, Switches};

use super::life::Life;

/// What a fault does. Nothing here claims that something was done which was not: no client could tell.
fn effects() -> Vec<Json> {
    vec![
        json!({ "reset": true, "at": "before" }),
        json!({ "reset": true, "at": "after" }),
        json!({ "status": 500, "at": "before" }),
        json!({ "status": 502, "body": "html", "at": "after" }),
        json!({ "status": 503, "body": "empty", "at": "before" }),
        json!({ "status": 504, "at": "after" }),
        json!({ "status": 429, "retry_after": 1 }),
        json!({ "status": 429, "retry_after": 2, "retry_after_in": "body" }),
        json!({ "truncate": 9 }),
        json!({ "truncate": 30 }),
        json!({ "body": "html", "at": "after" }),
        json!({ "status": 404, "body": "html", "at": "before" }),
        json!({ "body": "invalid-utf8", "at": "after" }),
        json!({ "content_encoding": "gzip" }),
        json!({ "first_byte": "35s" }),
        json!({ "first_byte": "3s", "drip": "50ms" }),
    ]
}

/// The requests that there are, by method.
const REQUESTS: [(&str, &[&str]); 4] = [
    (
        "POST",
        &[DOMAINS, USERS, APPLICATIONS, NUMBER, "/v1/psip/*"],
    ),
    ("PUT", &[DOMAIN, USER, APPLICATION, "/v1/psip/*"]),
    ("DELETE", &[DOMAIN, USER, APPLICATION, "/v1/psip/*"]),
    (
        "GET",
        &[
            DOMAINS,
            DOMAIN,
            USERS,
            USER,
            APPLICATIONS,
            APPLICATION,
            NUMBERS,
            "/v1/psip/*",
            "/v2/applications/*",
        ],
    ),
];

const DOMAINS: &str = "/v1/psip";
const DOMAIN: &str = "/v1/psip/{domain}";
const USERS: &str = "/v1/psip/{domain}/users";
const USER: &str = "/v1/psip/{domain}/users/{key}";
const APPLICATIONS: &str = "/v2/applications";
const APPLICATION: &str = "/v2/applications/{id}";
const NUMBERS: &str = "/account/numbers";
const NUMBER: &str = "/number/update";

impl Life<'_> {
    /// Other faults than before.
    pub(super) fn set_faults(&mut self) {
        self.count_struck();
        let mut faults: Vec<Fault> = Vec::new();
        if self.choices.one_in(4) {
            faults.extend(self.blindness());
        }
        for _ in 0..=self.choices.below(4) {
            faults.push(self.fault());
        }
        let told: Vec<_> = faults
            .iter()
            .map(|fault| serde_json::to_string(fault).unwrap())
            .collect();
        self.tell(format!("faults: {}", told.join(" ")));
        self.workspace.sandbox.set_faults(faults);
    }

    fn fault(&mut self) -> Fault {
        let mut fault = self.choices.pick(&effects());
        let (method, paths) = self.choices.pick(&REQUESTS);
        let path = self.choices.pick(paths);
        if path == NUMBER && self.choices.one_in(4) {
            // It has been seen to say so of what it had done.
            let status = self.choices.pick(&[200, 420]);
            fault = json!({ "status": status, "body": "label", "at": "after" });
        }
        let fields = fault.as_object_mut().unwrap();
        fields.insert("method".to_owned(), method.into());
        fields.insert("path".to_owned(), path.into());
        fields.insert(
            "skip".to_owned(),
            self.choices.pick(&[0, 0, 0, 1, 2]).into(),
        );
        let times = self.choices.pick(&[1, 1, 2, 3, 3, 8, 20]);
        fields.insert("times".to_owned(), times.into());
        fault.to_string().parse().unwrap()
    }

    /// A creation is cut, and no read tells what became of it, or of anything else.
    fn blindness(&mut self) -> [Fault; 2] {
        let at = self.choices.pick(&["before", "after", "after"]);
        let cut = json!({ "method": "POST", "reset": true, "at": at, "times": 1 });
        let mut reads = self.choices.pick(&[
            json!({ "status": 500 }),
            json!({ "status": 404, "body": "html" }),
            json!({ "status": 403 }),
        ]);
        let fields = reads.as_object_mut().unwrap();
        fields.insert("method".to_owned(), "GET".into());
        fields.insert("skip".to_owned(), self.choices.below(8).into());
        fields.insert("times".to_owned(), 60.into());
        [cut, reads].map(|fault| fault.to_string().parse().unwrap())
    }

    /// Another account, as far as its speed goes.
    pub(super) fn set_switches(&mut self) {
        let delay = self
            .choices
            .pick(&["0s", "2s", "create=8s,update=3s,delete=8s,users=5s"]);
        let replica_lag = self.choices.pick(&["0s", "0s", "3s"]);
        let list_lag = self.choices.pick(&["0s", "0s", "2s"]);
        let list_rows = self
            .choices
            .pick(&["complete", "complete", "names", "without-acl"]);
        let list_shape = self
            .choices
            .pick(&["array", "array", "embedded", "wrapped"]);
        let list_status = self.choices.pick(&[200, 200, 200, 403, 500]);
        let rate_limit = self.choices.pick(&[Json::Null, Json::Null, json!(4)]);
        let mut table = json!({
            "visibility_delay": delay, "replica_lag": replica_lag, "list_lag": list_lag, "rate_limit": rate_limit,
            "list_rows": list_rows, "list_shape": list_shape, "list_status": list_status, "list_page_size": 2,
        });
        self.add_application_switches(table.as_object_mut().unwrap());
        self.add_number_switches(table.as_object_mut().unwrap());
        self.tell(format!("switches: {table}"));
        let switches = Switches::from_json(table.to_string().as_bytes()).unwrap();
        self.workspace.sandbox.set_switches(switches);
    }

    /// The API is well again. It stays as slow as it was.
    pub(super) fn end_troubles(&mut self) {
        self.count_struck();
        self.workspace.sandbox.set_faults(Vec::new());
        let switches = Switches {
            rate_limit: None,
            ..self.workspace.sandbox.switches()
        };
        self.workspace.sandbox.set_switches(switches);
    }

    fn count_struck(&mut self) {
        let faults = self.workspace.sandbox.faults();
        self.tally.struck += faults.iter().map(|it| u64::from(it.struck)).sum::<u64>();
    }
}
