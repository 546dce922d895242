//! Tests of reading and writing applications.
