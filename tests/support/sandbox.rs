//! The API behind a trial: a sandbox in this very process.

use std::{
    collections::BTreeMap,
    future::{Future, pending},
    path::{Path, PathBuf},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::runtime::Handle;
use vonage_sandbox::{FileError, Object, Options, Record, StartError, Switches};

/// The account's secret; one that would be noticed wherever it came to light.
pub(crate) const API_SECRET: &str = "Acc0unt+S3cret/of\\the=\"run\"%";

/// The secret of users that are made outside Terraform.
pub(crate) const FOREIGN_SECRET: &str = "Sufficient1Secret";

/// How long a state file may be in use after the sandbox that had it has ended.
const PATIENCE: Duration = Duration::from_secs(10);

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
    /// What arrived at sandboxes that were stopped since.
    earlier: Vec<Record>,
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

/// What leads the provider to a sandbox that was started with these options.
pub(crate) fn variables(url: String, options: &Options) -> [(&'static str, String); 3] {
    [
        ("VONAGE_BASE_URL", url),
        ("VONAGE_API_KEY", options.api_key.clone()),
        ("VONAGE_API_SECRET", options.api_secret.clone()),
    ]
}

/// Starts a sandbox on the sandboxes' thread.
pub(crate) fn start(options: Options) -> vonage_sandbox::Sandbox {
    on_runtime(async move {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match vonage_sandbox::start(options.clone()).await {
                // A process that a trial beside this one is just starting shares all locks, until its own program runs.
                Err(StartError::State(FileError::InUse { .. })) if Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                started => return started.map_err(|error| error.to_string()),
            }
        }
    })
    .unwrap()
}

impl Sandbox {
    pub(crate) fn start(persistence: Persistence, folder: &Path) -> Self {
        let mut sandbox = Self {
            persistence,
            state_file: folder.join("sandbox.json"),
            running: None,
            earlier: Vec::new(),
        };
        sandbox.launch(Switches::default());
        sandbox
    }

    /// What leads the provider here.
    pub(crate) fn environment(&self) -> [(&'static str, String); 3] {
        variables(self.running().url(), &self.options(Switches::default()))
    }

    /// Restarts it where the trial asks for that.
    pub(crate) fn between_steps(&mut self) {
        if self.persistence == Persistence::RestartBetweenSteps {
            let running = self.running.take().unwrap();
            self.earlier.extend(running.journal());
            let switches = running.switches();
            on_runtime(running.stop());
            self.launch(switches);
        }
    }

    /// Changes how the API behaves where nobody knows how it does; see the sandbox's switches.
    #[track_caller]
    pub(crate) fn switch(&self, switches: Value) {
        self.running().patch_switches(object(switches)).unwrap();
    }

    /// Lets the API behave as it does without switches.
    pub(crate) fn switch_back(&self) {
        self.running().set_switches(Switches::default());
    }

    /// Makes things go wrong, and nothing else any more; see the sandbox's faults.
    #[track_caller]
    pub(crate) fn set_faults(&self, faults: &[Value]) {
        let faults = faults
            .iter()
            .map(|fault| fault.to_string().parse().unwrap());
        self.running().set_faults(faults.collect());
    }

    /// How often each of the faults that are set has struck.
    pub(crate) fn faults_struck(&self) -> Vec<u32> {
        let faults = self.running().faults().into_iter();
        faults.map(|fault| fault.struck).collect()
    }

    /// All domains, also those that reads do not show yet.
    pub(crate) fn domains(&self) -> Vec<Value> {
        let domains = self.running().domains().into_iter();
        domains.map(Value::Object).collect()
    }

    /// One domain.
    pub(crate) fn domain(&self, name: &str) -> Option<Value> {
        self.running().domain(name).map(Value::Object)
    }

    /// Changes some fields of a domain outside Terraform.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, fields: Value) {
        self.running().patch_domain(name, object(fields)).unwrap();
    }

    /// Makes a domain outside Terraform.
    #[track_caller]
    pub(crate) fn add(&self, domain: Value) {
        let domain = object(domain);
        let name = domain["name"].as_str().unwrap().to_owned();
        self.running().put_domain(&name, domain).unwrap();
    }

    /// Makes a user of a domain outside Terraform.
    #[track_caller]
    pub(crate) fn add_user(&self, domain: &str, key: &str) {
        let user = object(json!({ "key": key, "secret": FOREIGN_SECRET }));
        self.running().put_user(domain, key, user).unwrap();
    }

    /// The secrets of a domain's users by their keys, also of those that reads do not show yet.
    pub(crate) fn secrets(&self, domain: &str) -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let users = self.running().users(domain).into_iter();
        users
            .map(|user| (text(&user["key"]), text(&user["secret"])))
            .collect()
    }

    /// Deletes a user outside Terraform.
    #[track_caller]
    pub(crate) fn remove_user(&self, domain: &str, key: &str) {
        self.running().delete_user(domain, key).unwrap();
    }

    /// Deletes a domain outside Terraform.
    #[track_caller]
    pub(crate) fn remove(&self, name: &str) {
        self.running().delete_domain(name).unwrap();
    }

    /// All applications, also those that reads do not show yet.
    pub(crate) fn applications(&self) -> Vec<Value> {
        let applications = self.running().applications().into_iter();
        applications.map(Value::Object).collect()
    }

    /// Makes an application outside Terraform, and gives it this ID.
    #[track_caller]
    pub(crate) fn add_application(&self, id: &str, application: Value) {
        let application = object(application);
        self.running().put_application(id, application).unwrap();
    }

    /// Changes some fields of an application outside Terraform.
    #[track_caller]
    pub(crate) fn edit_application(&self, id: &str, fields: Value) {
        let fields = object(fields);
        self.running().patch_application(id, fields).unwrap();
    }

    /// Deletes an application outside Terraform.
    #[track_caller]
    pub(crate) fn remove_application(&self, id: &str) {
        self.running().delete_application(id).unwrap();
    }

    /// All numbers that the account owns.
    pub(crate) fn numbers(&self) -> Vec<Value> {
        let numbers = self.running().numbers().into_iter();
        numbers.map(Value::Object).collect()
    }

    /// A number of the account, named `<country>/<msisdn>`.
    pub(crate) fn number(&self, id: &str) -> Option<Value> {
        let (country, msisdn) = id.split_once('/').unwrap();
        self.running().number(country, msisdn).map(Value::Object)
    }

    /// Makes the account own a number, outside Terraform.
    #[track_caller]
    pub(crate) fn add_number(&self, id: &str, fields: Value) {
        let (country, msisdn) = id.split_once('/').unwrap();
        let fields = object(fields);
        self.running().put_number(country, msisdn, fields).unwrap();
    }

    /// Changes some fields of a number outside Terraform; null takes one away.
    #[track_caller]
    pub(crate) fn edit_number(&self, id: &str, fields: Value) {
        let (country, msisdn) = id.split_once('/').unwrap();
        let fields = object(fields);
        self.running()
            .patch_number(country, msisdn, fields)
            .unwrap();
    }

    /// Takes a number away from the account, outside Terraform.
    #[track_caller]
    pub(crate) fn remove_number(&self, id: &str) {
        let (country, msisdn) = id.split_once('/').unwrap();
        self.running().delete_number(country, msisdn).unwrap();
    }

    /// The requests to the API since the start, or since they were last forgotten.
    pub(crate) fn requests(&self) -> Vec<Record> {
        // After a restart that failed, there is none.
        let running = self.running.as_ref();
        let present = running.map(vonage_sandbox::Sandbox::journal);
        [self.earlier.clone(), present.unwrap_or_default()].concat()
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
        self.running().clear_journal();
    }

    /// The journal as text, one request a line.
    pub(crate) fn journal_text(&self) -> String {
        let requests = self.requests().into_iter();
        requests.map(|request| line(&request)).collect()
    }

    fn running(&self) -> &vonage_sandbox::Sandbox {
        self.running.as_ref().unwrap()
    }

    fn options(&self, switches: Switches) -> Options {
        let keeps = self.persistence == Persistence::RestartBetweenSteps;
        Options {
            state: keeps.then(|| self.state_file.clone()),
            api_secret: API_SECRET.to_owned(),
            switches,
            ..Options::default()
        }
    }

    fn launch(&mut self, switches: Switches) {
        self.running = Some(start(self.options(switches)));
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            on_runtime(running.stop());
        }
    }
}

fn object(value: Value) -> Object {
    serde_json::from_value(value).unwrap()
}

fn line(request: &Record) -> String {
    let status = request.status.map(|status| status.to_string());
    let query = request.query.as_ref().map(|query| format!("?{query}"));
    let body = request.body.as_ref().map(ToString::to_string);
    format!(
        "  {} {}{} {} -> {}\n",
        request.method,
        request.path,
        query.unwrap_or_default(),
        body.unwrap_or_default(),
        status.as_deref().unwrap_or("unanswered")
    )
}
