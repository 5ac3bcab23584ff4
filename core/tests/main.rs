//! Core as a pack meets it.
#![cfg(test)]
mod arguments;
mod effect;
mod faults;
