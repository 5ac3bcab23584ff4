//! The addresses of a request's connection.
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The two addresses of a request's connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// The address of the client, or of the proxy in front of it.
    pub remote: SocketAddr,
    /// The address of this machine to which it connected.
    pub local: SocketAddr,
}

/// The network that is usually assigned to one client: an IPv4 address, or the /64 network of an IPv6 address.
pub fn client_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}
