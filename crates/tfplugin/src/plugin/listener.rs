//! The socket that the host connects to: a Unix socket for this user alone, or TCP on loopback where there are none.

use std::io;
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::env::Environment;

/// Where the host wants to be served.
#[cfg_attr(
    not(unix),
    allow(dead_code, reason = "only Unix has sockets with a path")
)]
#[derive(Clone, Debug, Default)]
pub(super) struct ListenRequest {
    /// `PLUGIN_UNIX_SOCKET_DIR`: the folder of the socket, with no other to fall back on.
    pub(super) socket_dir: Option<String>,
    /// `PLUGIN_UNIX_SOCKET_GROUP`: name or number of the group that may connect too.
    pub(super) socket_group: Option<String>,
    /// `TMPDIR`.
    pub(super) temp_dir: Option<String>,
    /// `PLUGIN_MIN_PORT` to `PLUGIN_MAX_PORT`, for TCP only. `None` is any port.
    pub(super) ports: Option<RangeInclusive<u16>>,
}

impl ListenRequest {
    /// Reads where to listen.
    pub(super) fn read(environment: &dyn Environment) -> Self {
        let port = |name| environment.get(name)?.trim().parse::<u16>().ok();
        Self {
            socket_dir: environment.get("PLUGIN_UNIX_SOCKET_DIR"),
            socket_group: environment.get("PLUGIN_UNIX_SOCKET_GROUP"),
            temp_dir: environment.get("TMPDIR"),
            ports: port("PLUGIN_MIN_PORT")
                .zip(port("PLUGIN_MAX_PORT"))
                .map(|(min, max)| min..=max),
        }
    }
}

/// Where the host finds the listener, in the words of the handshake line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// `unix` or `tcp`.
    pub(super) network: &'static str,
    /// A path, or an IPv4 address with a port.
    pub(super) location: String,
}

/// A connection of either kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A bound socket. Dropping it removes the socket's file.
#[derive(Debug)]
pub(super) enum Listener {
    #[cfg(unix)]
    Unix(unix::SocketFile),
    Tcp(TcpListener),
}

impl Listener {
    /// Binds a Unix socket where the host asked for it, else in the folder for temporary files, else in `/tmp`.
    ///
    /// Only where none of these can be had is it TCP, and then only with TLS, as every user of the machine can reach
    /// a port.
    #[cfg(unix)]
    pub(super) fn bind(request: &ListenRequest, with_tls: bool) -> io::Result<Self> {
        match unix::bind(request) {
            Ok(socket) => Ok(Self::Unix(socket)),
            Err(error) if with_tls && request.socket_dir.is_none() => match bind_tcp(request) {
                Ok(listener) => Ok(Self::Tcp(listener)),
                Err(tcp) => Err(io::Error::new(
                    error.kind(),
                    format!("{error}; and none on 127.0.0.1: {tcp}"),
                )),
            },
            Err(error) => Err(error),
        }
    }

    /// Binds a loopback port, as go-plugin does on this system.
    #[cfg(not(unix))]
    pub(super) fn bind(request: &ListenRequest, _with_tls: bool) -> io::Result<Self> {
        bind_tcp(request).map(Self::Tcp)
    }

    /// Where the host finds it.
    pub(super) fn address(&self) -> io::Result<Address> {
        match self {
            #[cfg(unix)]
            Self::Unix(socket) => Ok(Address {
                network: "unix",
                location: socket.location(),
            }),
            Self::Tcp(listener) => Ok(Address {
                network: "tcp",
                location: listener.local_addr()?.to_string(),
            }),
        }
    }

    /// The next connection.
    pub(super) async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        match self {
            #[cfg(unix)]
            Self::Unix(socket) => Ok(Box::new(socket.listener.accept().await?.0)),
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                // Small answers must not wait for the other side's acknowledgement.
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
        }
    }
}

/// Binds the first port of the host's range that can be had on 127.0.0.1, or any port where it gave no range.
///
/// Each error leads to the next port, as in go-plugin: Windows denies those that it keeps for itself.
fn bind_tcp(request: &ListenRequest) -> io::Result<TcpListener> {
    let mut reason = io::ErrorKind::InvalidInput.into();
    for port in request.ports.clone().unwrap_or(0..=0) {
        match std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(bound) => {
                bound.set_nonblocking(true)?;
                return TcpListener::from_std(bound);
            }
            Err(error) => reason = error,
        }
    }
    Err(io::Error::new(
        reason.kind(),
        format!("no port between PLUGIN_MIN_PORT and PLUGIN_MAX_PORT can be had: {reason}"),
    ))
}

#[cfg(unix)]
mod unix {
    //! Unix sockets: their place, their permissions, their end.

    use std::fs::{self, Permissions};
    use std::io;
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::path::Path;

    use nix::sys::stat::{Mode, fchmod};
    use nix::unistd::Group;
    use tempfile::TempPath;
    use tokio::net::{UnixListener, UnixSocket};

    use super::ListenRequest;

    /// go-plugin's names for its sockets start like this.
    const PREFIX: &str = "plugin";
    /// Connections that may wait to be accepted. A host opens one or two.
    const BACKLOG: u32 = 128;

    /// A listening socket and its file, which is removed with it.
    #[derive(Debug)]
    pub(in crate::plugin) struct SocketFile {
        pub(super) listener: UnixListener,
        path: TempPath,
    }

    impl SocketFile {
        /// The path, which `bind` has found to be text.
        pub(super) fn location(&self) -> String {
            self.path.to_string_lossy().into_owned()
        }
    }

    /// Binds in the first of the allowed folders that can hold a socket; the error is the first folder's.
    pub(super) fn bind(request: &ListenRequest) -> io::Result<SocketFile> {
        let folders: Vec<&str> = match (&request.socket_dir, &request.temp_dir) {
            (Some(asked), _) => vec![asked],
            (None, Some(temporary)) => vec![temporary, "/tmp"],
            (None, None) => vec!["/tmp"],
        };
        let group = request.socket_group.as_deref();
        let mut first_error = None;
        for folder in folders {
            match bind_in(folder, group) {
                Ok(socket) => return Ok(socket),
                Err(error) => {
                    let error = io::Error::new(error.kind(), format!("in {folder}: {error}"));
                    first_error.get_or_insert(error);
                }
            }
        }
        Err(first_error.unwrap_or_else(|| io::ErrorKind::NotFound.into()))
    }

    fn bind_in(folder: &str, group: Option<&str>) -> io::Result<SocketFile> {
        // They would end the field, or the line, that tells the host where the socket is.
        if folder.contains(['|', '\n']) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let (listener, path) = tempfile::Builder::new()
            .prefix(PREFIX)
            .make_in(folder, listen)?
            .into_parts();
        if let Some(group) = group {
            chown(&path, None, Some(group_id(group)?))?;
            fs::set_permissions(&path, Permissions::from_mode(0o660))?;
        }
        Ok(SocketFile { listener, path })
    }

    /// Listens on a socket that only this user can connect to.
    fn listen(path: &Path) -> io::Result<UnixListener> {
        let socket = UnixSocket::new_stream()?;
        // On Linux the file has the socket's mode from its first moment. Elsewhere a socket's mode cannot be set.
        let has_mode =
            fchmod(&socket, Mode::S_IRUSR | Mode::S_IWUSR).is_ok() && cfg!(target_os = "linux");
        socket.bind(path)?;
        if !has_mode {
            fs::set_permissions(path, Permissions::from_mode(0o600))?;
        }
        socket.listen(BACKLOG)
    }

    /// A group by number or by name, in this order, as go-plugin has it.
    fn group_id(group: &str) -> io::Result<u32> {
        if let Ok(number) = group.parse() {
            return Ok(number);
        }
        Group::from_name(group)?
            .map(|found| found.gid.as_raw())
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::NotFound,
                    format!("PLUGIN_UNIX_SOCKET_GROUP names no group of this machine: {group}"),
                )
            })
    }
}

#[cfg(all(test, unix))]
mod tests;
