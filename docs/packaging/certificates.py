"""Whether a binary in an empty folder speaks TLS: `certificates.py FOLDER PROGRAM COMMAND…` runs COMMAND, which starts it there.

A server of this machine stands in for Intervals.icu, with a certificate of an authority that nobody knows. Without the system's
certificates the binary must still refuse it, and accept it when `ca_file` names that authority. Its name is in the folder's
/etc/hosts, so that the C library looks names up there as well.
"""

import http.server
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import threading

HOST = "intervals.test"


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def certificate(folder):
    """An authority (ca.pem) and what it says of the host (host.pem, host.key)."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Try", "-days", "2",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl(folder, "req", *key, "-keyout", "host.key", "-out", "host.csr", "-subj", f"/CN={HOST}")
    (folder / "extensions").write_text(f"subjectAltName=DNS:{HOST}\nextendedKeyUsage=serverAuth\n")
    openssl(folder, "x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "host.pem", "-days", "2", "-extfile", "extensions")


class Athlete(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b'{"id": "i1", "name": "Behind TLS"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A client that does not trust us hangs up: that is what is tried."""


def serve(folder):
    server = Server(("127.0.0.1", 0), Athlete)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem", folder / "host.key")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main(root, *command):
    root = pathlib.Path(root)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        certificate(folder)
        port = serve(folder)
        (root / "etc").mkdir(exist_ok=True)
        (root / "etc" / "hosts").write_text(f"127.0.0.1 {HOST}\n")
        (root / "ca.pem").write_bytes((folder / "ca.pem").read_bytes())
        environment = {
            "PATH": os.environ["PATH"],
            "INTERVALS_ICU_API_KEY": "none",
            "INTERVALS_ICU_BASE_URL": f"https://{HOST}:{port}",
        }
        call = [*command, "call", "icu_get_athlete_profile"]

        def run(**more):
            return subprocess.run(call, env={**environment, **more}, capture_output=True, text=True, timeout=60)

        stranger, known = run(), run(INTERVALS_ICU_CA_FILE="/ca.pem")
    if stranger.returncode != 1 or "certificate" not in stranger.stderr:
        sys.exit(f"error: an unknown authority is not refused: {stranger}")
    if known.returncode != 0 or "Behind TLS" not in known.stdout:
        sys.exit(f"error: ca_file does not help: {known}")
    print("TLS without the system's certificates: an unknown authority is refused, that of ca_file accepted")


main(*sys.argv[1:])
