//! The demo where there is no CLI, as a process; and its picture, which shows the demo as it is.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tempfile::TempDir;

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");

/// A demo that runs, in a process group and an environment of its own, without a CLI.
struct Demo {
    folder: TempDir,
    child: Child,
}

impl Demo {
    fn start(mut command: Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        command
            .current_dir(folder.path())
            .env_clear()
            .envs([("PATH", folder.path()), ("TMPDIR", folder.path())])
            // What the reader's shell has set for other work has no say.
            .env("VONAGE_BASE_URL", "https://nowhere.invalid")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let child = command.spawn().unwrap();
        Self { folder, child }
    }

    fn group(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).unwrap())
    }

    /// Waits for its end, after which there must be none of its processes and files.
    fn finish(self) -> Output {
        let group = self.group();
        let output = self.child.wait_with_output().unwrap();
        assert_eq!(killpg(group, None), Err(Errno::ESRCH), "a process is left");
        let left = fs::read_dir(self.folder.path()).unwrap();
        assert_eq!(left.count(), 0, "a file is left");
        output
    }
}

fn demo() -> Command {
    let mut command = Command::new(PROVIDER);
    command.arg("demo");
    command
}

#[test]
fn without_a_cli_the_demo_plays_every_step_and_leaves_nothing() {
    let output = Demo::start(demo()).finish();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    let mut rest = stdout.as_str();
    // Each step with what it must show.
    for (step, shown) in [
        ("init", "https://opentofu.org/docs/intro/install"),
        ("validate", "The configuration is valid."),
        (
            "plan",
            "  acl: will be [\"180.180.180.180/30\",\"190.190.190.190\"]\n",
        ),
        ("apply", "  tls: \"always\"\n"),
        (
            "output",
            "eu: sip:reception@example-office.sip-eu.nexmo.com\n",
        ),
        ("drift", "acl = [\"0.0.0.0/0\"], tls = \"never\""),
        (
            "plan after drift",
            "  acl: is [\"0.0.0.0/0\"], will be [\"180.180.180.180/30\",\"190.190.190.190\"]\n",
        ),
        ("apply after drift", "There is nothing to do"),
        ("destroy", "Done. vonage_application is gone.\n"),
    ] {
        let heading = format!("\n== {step}: ");
        let (_, after) = rest
            .split_once(&heading)
            .unwrap_or_else(|| panic!("no {step}: {stdout}"));
        let end = after.find("\n== ").unwrap_or(after.len());
        assert!(
            after[..end].contains(shown),
            "{shown} is not shown: {stdout}"
        );
        rest = &after[end..];
    }
    assert!(stdout.contains("Nothing of the demo is left"), "{stdout}");
}

#[test]
fn without_a_cli_a_step_that_fails_is_named() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("program");
    fs::hard_link(PROVIDER, &program).unwrap();
    // The demo runs, and there is no file any more that it could start as the provider.
    let mut command = Command::new("/bin/sh");
    let script = "exec 3< \"$0\" && /bin/rm \"$0\" && exec /proc/self/fd/3 demo";
    command.args(["-c", script]).arg(&program);
    let output = Demo::start(command).finish();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let expected = "demo: the step \"init\" failed: could not run the plugin: ";
    assert!(stderr.starts_with(expected), "{stderr}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn without_a_cli_the_demo_can_be_interrupted() {
    let mut demo = Demo::start(demo());
    let mut stdout = BufReader::new(demo.child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("== ") {
        line.clear();
        assert_ne!(stdout.read_line(&mut line).unwrap(), 0);
    }
    // As Ctrl-C in a terminal does: the demo and the provider both get the signal.
    killpg(demo.group(), Signal::SIGINT).unwrap();
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    let output = demo.finish();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.ends_with("failed: interrupted\n"), "{stderr}");
    assert_eq!(output.status.code(), Some(1));
    assert!(!rest.contains("Nothing of the demo is left"), "{rest}");
}

#[test]
fn the_picture_of_the_demo_shows_the_demo() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = fs::read_to_string(root.join("docs/demo.svg")).unwrap();
    let story = fs::read_to_string(root.join("src/cli/demo/story.rs")).unwrap();
    let headings: Vec<_> = picture.split(">== ").skip(1).collect();
    assert_eq!(headings.len(), 6, "scripts/demo-picture draws it again");
    for heading in headings {
        let (heading, _) = heading.split_once('<').unwrap();
        let (step, purpose) = heading.split_once(": ").unwrap();
        for part in [step, purpose] {
            assert!(
                story.contains(&format!("\"{part}\"")),
                "{part} is not in the demo: run scripts/demo-picture"
            );
        }
    }
    assert!(picture.len() < 60_000);
}
