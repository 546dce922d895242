//! Notices that the host is gone: it holds the other end of our standard output, and a pipe without a reader shows.
//!
//! go-plugin has nothing of the kind: there, a plugin whose host was killed lives on.

/// Returns when nobody reads standard output any more; never where that cannot be seen (a file, a terminal, Windows).
pub(super) async fn gone() {
    #[cfg(unix)]
    if unix::reader_gone(&std::io::stdout()).await.is_ok() {
        return;
    }
    std::future::pending::<()>().await;
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::os::fd::AsFd;

    use tokio::io::Interest;
    use tokio::net::unix::pipe::Sender;

    /// Returns when the pipe that `output` writes to has lost its reader. Fails where `output` cannot be watched.
    pub(super) async fn reader_gone(output: &impl AsFd) -> io::Result<()> {
        let copy = output.as_fd().try_clone_to_owned()?;
        // Unchecked, as it is never written to: the check would make standard output non-blocking for all who share it.
        let pipe = Sender::from_owned_fd_unchecked(copy)?;
        loop {
            let ready = pipe.ready(Interest::WRITABLE | Interest::ERROR).await?;
            if ready.is_error() || ready.is_write_closed() {
                return Ok(());
            }
            // Forgets that it is writable, so that only the next change wakes us.
            let _ = pipe.try_io(|| Err::<(), _>(io::ErrorKind::WouldBlock.into()));
        }
    }

    #[cfg(test)]
    mod tests {
        use super::reader_gone;

        #[tokio::test]
        async fn a_pipe_that_lost_its_reader_is_noticed() {
            let (reader, writer) = std::io::pipe().unwrap();
            let watch = tokio::spawn(async move { reader_gone(&writer).await });
            tokio::task::yield_now().await;
            assert!(!watch.is_finished());
            drop(reader);
            watch.await.unwrap().unwrap();
        }

        /// Elsewhere it can be, and is never without a reader.
        #[cfg(target_os = "linux")]
        #[tokio::test]
        async fn a_file_cannot_be_watched() {
            let file = tempfile::tempfile().unwrap();
            assert!(reader_gone(&file).await.is_err());
        }
    }
}
