//! The program: the only place that reads arguments and the clock, and that writes to the terminal.

use std::{env, io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use assessment_server::{
    app,
    clock::Clock,
    config::{self, Options, Wanted},
    startup,
};
use jiff::Timestamp;
use tokio::sync::oneshot;

/// How long requests may run on after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match config::read(env::args_os().skip(1)) {
        Ok(Wanted::Help) => say(config::USAGE),
        Ok(Wanted::Version) => say(concat!("assessment-server ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Wanted::Serve(options)) => serve(&options).await,
        Err(refused) => complain(&refused.to_string()),
    }
}

async fn serve(options: &Options) -> ExitCode {
    log_to_stderr(options.log);
    let ready = match startup::prepare(options, Arc::new(SystemClock)).await {
        Ok(ready) => ready,
        Err(reason) => return complain(&reason.to_string()),
    };
    let Ok(address) = ready.listener.local_addr() else {
        return complain("the system does not say where it listens. Start again.");
    };
    let (stopping, stopped) = oneshot::channel();
    let until = async move {
        signal().await;
        tracing::info!("stopping: no new requests are taken");
        let _ = stopping.send(());
    };
    say(&format!("Common Assessment is ready at http://{address}/\n"));
    let serving = axum::serve(ready.listener, app(ready.setup)).with_graceful_shutdown(until);
    let overdue = async {
        if stopped.await.is_ok() {
            tokio::time::sleep(GRACE).await;
        }
    };
    tokio::select! {
        _ = serving.into_future() => {}
        () = overdue => tracing::warn!("some requests did not end in time and were cut off; nothing is stored by halves"),
    }
    ready.store.close().await;
    tracing::info!("stopped");
    ExitCode::SUCCESS
}

/// Waits for the signal to stop.
async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn log_to_stderr(level: tracing::Level) {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_ansi(false).with_max_level(level).init();
    // The usual report prints the panic's message, which could hold what somebody typed.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => tracing::error!(file = place.file(), line = place.line(), "panic"),
        None => tracing::error!("panic"),
    }));
}

fn say(text: &str) -> ExitCode {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn complain(text: &str) -> ExitCode {
    // If even this cannot be written, the exit code says it.
    let _ = writeln!(std::io::stderr(), "assessment-server: {text}");
    ExitCode::FAILURE
}
