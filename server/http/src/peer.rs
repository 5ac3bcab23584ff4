//! The connection that a request comes in on.
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The two ends of a request's connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The other end: a client, or the proxy before it.
    pub remote: SocketAddr,
    /// The address of this machine that was called.
    pub local: SocketAddr,
}

/// The address as far as it is given to one: a whole one of IPv4, a network of 64 bits of IPv6.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}
