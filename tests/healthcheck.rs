//! The command that an image without a shell asks after its own health with.
#![cfg(all(feature = "http", feature = "demo"))]
use std::{
    io::{Read, Write},
    net::TcpListener,
};

use rstest::rstest;

use crate::{serving, world};

/// What a container's engine runs: the image's variables are all that it knows.
fn asked(host: &str, port: u16) -> world::Ran {
    let port = port.to_string();
    let image = [("TRANSPORT", "http"), ("HOST", host), ("PORT", &port)];
    let image = image.map(|(key, value)| (format!("INTERVALS_ICU_{key}"), value));
    world::run(&["healthcheck"], &image.each_ref().map(|(name, value)| (name.as_str(), *value)))
}

#[rstest]
#[case::loopback("127.0.0.1")]
#[case::all_addresses("0.0.0.0")]
fn a_server_that_answers_is_healthy(#[case] host: &str) {
    let server = serving::demo(&["--host", host, "--allow-unauthenticated"], &[]);
    let ran = asked(host, server.address.port());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, format!("http://127.0.0.1:{}/healthz answers\n", server.address.port()));
}

#[test]
fn a_port_where_nobody_listens_is_not() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ran = asked("127.0.0.1", nobody.port());
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(ran.err, format!("error: http://{nobody}/healthz cannot be connected to\n"));
}

#[test]
fn somebody_else_on_the_port_is_not() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = other.accept().unwrap();
        let read = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").unwrap();
        read
    });
    let ran = asked("127.0.0.1", address.port());
    assert!(answering.join().unwrap() > 0);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, format!("error: http://{address}/healthz answers 404 Not Found\n"));
}

#[test]
fn over_stdio_there_is_nobody_to_ask() {
    let ran = world::run(&["healthcheck"], &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, "stdio is served: only its client can ask\n");
}

#[test]
fn a_wrong_address_is_a_mistake_in_the_configuration() {
    let ran = asked("everywhere", 8000);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("everywhere is not an IP address"), "{}", ran.err);
}

#[test]
fn people_are_not_shown_it() {
    assert!(!world::run(&["--help"], &[]).out.contains("healthcheck"));
}
