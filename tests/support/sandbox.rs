//! The API behind a trial: a sandbox in this very process, steered through its control routes.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    future::{Future, pending},
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::LazyLock,
    thread,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tokio::runtime::Handle;
use vonage_sandbox::{API_KEY, Options};

/// The account's secret; one that would be noticed wherever it came to light.
pub(crate) const API_SECRET: &str = "Acc0unt+S3cret/of\\the=\"run\"%";

/// The secret of users that are made outside Terraform.
pub(crate) const FOREIGN_SECRET: &str = "Sufficient1Secret";

/// What happens to the sandbox between the steps of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Persistence {
    /// Nothing.
    Memory,
    /// It is stopped, and another one is started from its state file.
    RestartBetweenSteps,
}

/// A running sandbox.
pub(crate) struct Sandbox {
    persistence: Persistence,
    state_file: PathBuf,
    running: Option<vonage_sandbox::Sandbox>,
    /// What was switched, to be switched again after a restart.
    switches: Value,
    /// What arrived at sandboxes that were stopped since.
    earlier: Vec<Request>,
}

/// One request to the API, as the journal has it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) body: Value,
    pub(crate) status: Option<u64>,
    /// How many requests were open when it arrived, itself included.
    pub(crate) in_flight: u64,
}

/// One thread drives all sandboxes of this process.
static RUNTIME: LazyLock<Handle> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let handle = runtime.handle().clone();
    thread::spawn(move || runtime.block_on(pending::<()>()));
    handle
});

/// Runs `work` on the sandboxes' thread, where what it spawns goes on living.
pub(crate) fn on_runtime<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    RUNTIME.block_on(RUNTIME.spawn(work)).unwrap()
}

impl Sandbox {
    pub(crate) fn start(persistence: Persistence, folder: &Path) -> Self {
        let mut sandbox = Self {
            persistence,
            state_file: folder.join("sandbox.json"),
            running: None,
            switches: json!({}),
            earlier: Vec::new(),
        };
        sandbox.launch();
        sandbox
    }

    /// What leads the provider here.
    pub(crate) fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("VONAGE_BASE_URL", self.running().url()),
            ("VONAGE_API_KEY", API_KEY.to_owned()),
            ("VONAGE_API_SECRET", API_SECRET.to_owned()),
        ]
    }

    /// Restarts it where the trial asks for that.
    pub(crate) fn between_steps(&mut self) {
        if self.persistence == Persistence::RestartBetweenSteps {
            self.earlier.extend(self.present_requests());
            let running = self.running.take().unwrap();
            on_runtime(running.stop());
            self.launch();
            self.apply_switches();
        }
    }

    /// Changes how the API behaves where nobody knows how it does; see the sandbox's switches.
    pub(crate) fn switch(&mut self, switches: Value) {
        let Value::Object(switches) = switches else {
            panic!("switches are an object")
        };
        self.switches.as_object_mut().unwrap().extend(switches);
        self.apply_switches();
    }

    /// Lets the API behave as it does without switches.
    pub(crate) fn switch_back(&mut self) {
        self.switches = json!({});
        self.call("PUT", "/switches", Some(json!({})));
    }

    /// Makes things go wrong; see the sandbox's faults.
    pub(crate) fn fault(&self, fault: Value) {
        self.call("POST", "/faults", Some(fault));
    }

    /// How often each of the faults that are set has struck.
    pub(crate) fn faults_struck(&self) -> Vec<u64> {
        let faults = self.call("GET", "/faults", None);
        let struck = faults.as_array().unwrap().iter();
        struck
            .map(|fault| fault["struck"].as_u64().unwrap())
            .collect()
    }

    /// Takes all faults away.
    pub(crate) fn no_faults(&self) {
        self.call("DELETE", "/faults", None);
    }

    /// All domains, also those that reads do not show yet.
    pub(crate) fn domains(&self) -> Vec<Value> {
        let Value::Array(domains) = self.call("GET", "/domains", None) else {
            panic!("domains are an array")
        };
        domains
    }

    /// One domain.
    pub(crate) fn domain(&self, name: &str) -> Option<Value> {
        self.domains()
            .into_iter()
            .find(|domain| domain["name"] == name)
    }

    /// Changes some fields of a domain outside Terraform.
    pub(crate) fn edit(&self, name: &str, fields: Value) {
        self.call("PATCH", &format!("/domains/{name}"), Some(fields));
    }

    /// Makes a domain outside Terraform.
    pub(crate) fn add(&self, domain: Value) {
        let name = domain["name"].as_str().unwrap().to_owned();
        self.call("PUT", &format!("/domains/{name}"), Some(domain));
    }

    /// Makes a user of a domain outside Terraform.
    pub(crate) fn add_user(&self, domain: &str, key: &str) {
        let user = json!({ "key": key, "secret": FOREIGN_SECRET });
        self.call("PUT", &format!("/domains/{domain}/users/{key}"), Some(user));
    }

    /// The secrets of a domain's users by their keys, also of those that reads do not show yet.
    pub(crate) fn secrets(&self, domain: &str) -> BTreeMap<String, String> {
        let users = self.call("GET", &format!("/domains/{domain}/users"), None);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let users = users.as_array().unwrap().iter();
        users
            .map(|user| (text(&user["key"]), text(&user["secret"])))
            .collect()
    }

    /// Deletes a user outside Terraform.
    pub(crate) fn remove_user(&self, domain: &str, key: &str) {
        self.call("DELETE", &format!("/domains/{domain}/users/{key}"), None);
    }

    /// Deletes a domain outside Terraform.
    pub(crate) fn remove(&self, name: &str) {
        self.call("DELETE", &format!("/domains/{name}"), None);
    }

    /// The requests to the API since the start, or since they were last forgotten.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.earlier
            .iter()
            .cloned()
            .chain(self.present_requests())
            .collect()
    }

    /// The requests that were to change something, as in `POST /v1/psip 201`.
    pub(crate) fn writes(&self) -> Vec<String> {
        let requests = self.requests().into_iter();
        requests
            .filter(|request| request.method != "GET")
            .map(|request| {
                let status = request.status.unwrap_or_default();
                format!("{} {} {status}", request.method, request.path)
            })
            .collect()
    }

    /// How many requests with this method there were.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.method == method)
            .count()
    }

    /// Empties the journal.
    pub(crate) fn forget_requests(&mut self) {
        self.earlier.clear();
        self.call("DELETE", "/journal", None);
    }

    /// The journal as text, one request a line.
    pub(crate) fn journal_text(&self) -> String {
        self.requests()
            .iter()
            .fold(String::new(), |mut text, request| {
                let status = request
                    .status
                    .map_or_else(|| "unanswered".to_owned(), |status| status.to_string());
                let query = request
                    .query
                    .as_deref()
                    .map(|query| format!("?{query}"))
                    .unwrap_or_default();
                let body = if request.body.is_null() {
                    String::new()
                } else {
                    request.body.to_string()
                };
                let _ = writeln!(
                    text,
                    "  {} {}{query} {body} -> {status}",
                    request.method, request.path
                );
                text
            })
    }

    fn running(&self) -> &vonage_sandbox::Sandbox {
        self.running.as_ref().unwrap()
    }

    fn launch(&mut self) {
        let state =
            (self.persistence == Persistence::RestartBetweenSteps).then(|| self.state_file.clone());
        let options = Options {
            state,
            api_secret: API_SECRET.to_owned(),
            ..Options::default()
        };
        self.running = Some(
            on_runtime(async {
                vonage_sandbox::start(options)
                    .await
                    .map_err(|error| error.to_string())
            })
            .unwrap(),
        );
    }

    fn apply_switches(&self) {
        self.call("PATCH", "/switches", Some(self.switches.clone()));
    }

    fn present_requests(&self) -> Vec<Request> {
        let journal = self.call("GET", "/journal", None);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let request = |record: &Value| Request {
            method: text(&record["method"]).unwrap(),
            path: text(&record["path"]).unwrap(),
            query: text(&record["query"]),
            body: record["body"].clone(),
            status: record["status"].as_u64(),
            in_flight: record["in_flight"].as_u64().unwrap(),
        };
        journal.as_array().unwrap().iter().map(request).collect()
    }

    /// Calls a control route; whatever it answers must be a success.
    fn call(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let (status, answer) = request(
            self.running().address(),
            method,
            &format!("/_sandbox{path}"),
            &body,
        );
        assert!(
            (200..300).contains(&status),
            "the sandbox refused {method} {path} {body}: {status} {answer}"
        );
        serde_json::from_str(&answer).unwrap_or_default()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            on_runtime(running.stop());
        }
    }
}

/// The simplest HTTP client there is: one request with the account's credentials, and the connection ends with the answer.
fn request(address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut connection = TcpStream::connect(address).unwrap();
    let length = body.len();
    let credentials = STANDARD.encode(format!("{API_KEY}:{API_SECRET}"));
    write!(
        connection,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Basic {credentials}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (
        head.split(' ').nth(1).unwrap().parse().unwrap(),
        body.to_owned(),
    )
}
