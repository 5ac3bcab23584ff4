//! Tests of core's public interface.
#![cfg(test)]
mod arguments;
mod client;
mod effect;
mod expect;
mod faults;
mod rules;
mod structure;
mod today;
mod traffic;
