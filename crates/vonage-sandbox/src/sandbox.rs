//! A running sandbox, for those who use it in their own process: its address, its journal, its switches and faults, direct edits.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::DropGuard;

use crate::applications::APPLICATION;
use crate::control::edits::{self, EditError};
use crate::faults::{Fault, FaultStatus, Schedule};
use crate::journal::Record;
use crate::json::Object;
use crate::numbers::NUMBER;
use crate::psip::{DOMAIN, SipId, USER};
use crate::state::State;
use crate::state_file::WriteError;
use crate::store::ObjectId;
use crate::switches::{Switches, SwitchesError};

/// How often a stop looks whether the last write is in the state file.
const WRITE_POLL: Duration = Duration::from_millis(1);

/// A sandbox that serves until it is stopped or dropped.
pub struct Sandbox {
    pub(crate) address: SocketAddr,
    pub(crate) state: Arc<State>,
    /// Ends the server, also when the sandbox is only dropped.
    pub(crate) stop: DropGuard,
    pub(crate) server: JoinHandle<()>,
}

impl Sandbox {
    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for a client on this machine, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        url(self.address)
    }

    /// The journal's URL, with the token that opens all control routes.
    pub fn journal_url(&self) -> String {
        let token = &self.state.credentials.token;
        format!("{}/_sandbox/journal?token={token}", self.url())
    }

    /// Stops accepting, lets requests in flight end (for a few seconds), closes all connections, and leaves the state file to others.
    pub async fn stop(self) {
        drop(self.stop);
        // A server that panicked has ended, too.
        let _ = self.server.await;
        // Writes go on when their clients have gone away; the file is not free before they are done.
        while Arc::strong_count(&self.state.storage) > 1 {
            tokio::time::sleep(WRITE_POLL).await;
        }
    }

    /// Every request to the API so far, in the order of arrival.
    pub fn journal(&self) -> Vec<Record> {
        self.state.journal().records()
    }

    /// How many requests with this method had this path.
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.journal()
            .iter()
            .filter(|record| record.method == method && record.path == path)
            .count()
    }

    /// The most requests that were being answered at once.
    pub fn peak_in_flight(&self) -> usize {
        self.journal()
            .iter()
            .map(|record| record.in_flight)
            .max()
            .unwrap_or(0)
    }

    /// Forgets all requests so far.
    pub fn clear_journal(&self) {
        self.state.journal().clear();
    }

    /// Back to the seed, the first switches and faults, and an empty journal.
    pub fn reset(&self) -> Result<(), WriteError> {
        self.state.reset()
    }

    /// How often the state file was written; writes that wait together count as one.
    pub fn files_written(&self) -> usize {
        self.state.storage.files_written()
    }

    /// The switches as they are now.
    pub fn switches(&self) -> Switches {
        Switches::clone(&self.state.switches())
    }

    /// Sets all switches, from the next request on.
    pub fn set_switches(&self, switches: Switches) {
        *self.state.lock_switches() = Arc::new(switches);
    }

    /// Changes the switches that are named as in JSON, such as `put_status`, from the next request on; null is no limit.
    pub fn patch_switches(&self, changes: Object) -> Result<Switches, SwitchesError> {
        let mut switches = self.state.lock_switches();
        *switches = Arc::new(switches.patched(changes)?);
        Ok(Switches::clone(&switches))
    }

    /// Adds a fault after those that are set, from the next request on.
    pub fn add_fault(&self, fault: Fault) {
        self.state.faults().add(fault);
    }

    /// Sets all faults, with nothing counted yet, from the next request on.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        *self.state.faults() = Schedule::new(faults);
    }

    /// The faults that are set, and how often each has struck.
    pub fn faults(&self) -> Vec<FaultStatus> {
        self.state.faults().statuses()
    }

    /// All domains as written, visible or not, in the order of their names.
    pub fn domains(&self) -> Vec<Object> {
        edits::list(&self.state, &DOMAIN, &[])
    }

    /// The domain as written, visible or not.
    pub fn domain(&self, name: &str) -> Option<Object> {
        edits::get(&self.state, &SipId::domain(name).id()).ok()
    }

    /// Makes a domain, or replaces it as a whole, past all rules and at once.
    pub fn put_domain(&self, name: &str, domain: Object) -> Result<Object, EditError> {
        edits::put(&self.state, SipId::domain(name).id(), domain)
    }

    /// Sets fields of a domain past all rules and at once; null takes a field away.
    pub fn patch_domain(&self, name: &str, changes: Object) -> Result<Object, EditError> {
        edits::patch(&self.state, SipId::domain(name).id(), changes)
    }

    /// Deletes a domain with its users at once.
    pub fn delete_domain(&self, name: &str) -> Result<(), EditError> {
        edits::delete(&self.state, SipId::domain(name).id())
    }

    /// All applications as written, visible or not, in the order of their IDs.
    pub fn applications(&self) -> Vec<Object> {
        edits::list(&self.state, &APPLICATION, &[])
    }

    /// The application as written, visible or not.
    pub fn application(&self, id: &str) -> Option<Object> {
        edits::get(&self.state, &ObjectId::new(&APPLICATION, [id])).ok()
    }

    /// Makes an application, or replaces it as a whole, past all rules and at once.
    pub fn put_application(&self, id: &str, application: Object) -> Result<Object, EditError> {
        edits::put(&self.state, ObjectId::new(&APPLICATION, [id]), application)
    }

    /// Sets members of an application past all rules and at once; null takes a member away.
    pub fn patch_application(&self, id: &str, changes: Object) -> Result<Object, EditError> {
        edits::patch(&self.state, ObjectId::new(&APPLICATION, [id]), changes)
    }

    /// Deletes an application at once.
    pub fn delete_application(&self, id: &str) -> Result<(), EditError> {
        edits::delete(&self.state, ObjectId::new(&APPLICATION, [id]))
    }

    /// All numbers as written, visible or not, in the order of countries and digits.
    pub fn numbers(&self) -> Vec<Object> {
        edits::list(&self.state, &NUMBER, &[])
    }

    /// The number as written, visible or not.
    pub fn number(&self, country: &str, msisdn: &str) -> Option<Object> {
        edits::get(&self.state, &ObjectId::new(&NUMBER, [country, msisdn])).ok()
    }

    /// Makes the account own a number, or replaces it as a whole, past all rules and at once.
    pub fn put_number(
        &self,
        country: &str,
        msisdn: &str,
        number: Object,
    ) -> Result<Object, EditError> {
        edits::put(
            &self.state,
            ObjectId::new(&NUMBER, [country, msisdn]),
            number,
        )
    }

    /// Sets fields of a number past all rules and at once; null takes a field away.
    pub fn patch_number(
        &self,
        country: &str,
        msisdn: &str,
        changes: Object,
    ) -> Result<Object, EditError> {
        edits::patch(
            &self.state,
            ObjectId::new(&NUMBER, [country, msisdn]),
            changes,
        )
    }

    /// Takes a number away from the account at once.
    pub fn delete_number(&self, country: &str, msisdn: &str) -> Result<(), EditError> {
        edits::delete(&self.state, ObjectId::new(&NUMBER, [country, msisdn]))
    }

    /// The domain's users as written, secrets included, in the order of their keys.
    pub fn users(&self, domain: &str) -> Vec<Object> {
        edits::list(&self.state, &USER, &[domain.to_owned()])
    }

    /// The user as written, its secret included.
    pub fn user(&self, domain: &str, key: &str) -> Option<Object> {
        edits::get(&self.state, &SipId::user(domain, key).id()).ok()
    }

    /// Makes a user, or replaces it as a whole, past all rules and at once.
    pub fn put_user(&self, domain: &str, key: &str, user: Object) -> Result<Object, EditError> {
        edits::put(&self.state, SipId::user(domain, key).id(), user)
    }

    /// Sets fields of a user past all rules and at once; null takes a field away.
    pub fn patch_user(
        &self,
        domain: &str,
        key: &str,
        changes: Object,
    ) -> Result<Object, EditError> {
        edits::patch(&self.state, SipId::user(domain, key).id(), changes)
    }

    /// Deletes a user at once.
    pub fn delete_user(&self, domain: &str, key: &str) -> Result<(), EditError> {
        edits::delete(&self.state, SipId::user(domain, key).id())
    }
}

/// The base URL of a sandbox that listens there.
pub(crate) fn url(mut address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    format!("http://{address}")
}
