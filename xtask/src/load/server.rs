//! The server of the load test: `sendero serve` on a free port, ended when it is dropped.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::area::program;
use crate::browser::demo;

/// A server that answers.
pub(super) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Serves the area in a folder, and waits until it answers.
    pub(super) fn start(folder: &Path) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("Cannot serve {}: {error}", folder.display());
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let listen = free.map_err(told)?.to_string();
        let log = File::create(folder.join("serve.log")).map_err(told)?;
        let process = Command::new(program())
            .args(["serve", "--insecure-cookies", "--listen", &listen, "--data"])
            .arg(folder)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(told)?;
        let server = Self { process, address: format!("http://{listen}") };
        demo::answers(&server.address, Instant::now())?;
        Ok(server)
    }

    /// Scheme, host and port.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended by itself cannot be killed, and that is well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
