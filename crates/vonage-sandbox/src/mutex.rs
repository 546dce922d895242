//! Locks a mutex whatever became of those who had it before.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A panic elsewhere leaves what the lock guards whole: every change is one step.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
