//! x y z placeholder for now
