//! How clients reach the hub.
#[cfg(feature = "http")]
pub mod http;
pub mod stdio;
