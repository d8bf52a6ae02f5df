//! The program: the only module that reads arguments and the system's clock, and that writes to the terminal.

use std::{env, io::Write as _, process::ExitCode, sync::Arc};

use assessment_server::{
    app,
    clock::{Clock, date_in_england},
    operator,
    serve::{self, Patience},
    settings::{self, Settings, Wanted},
    startup,
};
use jiff::{SignedDuration, Timestamp, civil};
use tracing_subscriber::{
    Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// The system's clock, moved by a fixed time when the demo shows another day.
struct SystemClock {
    moved: SignedDuration,
}

impl SystemClock {
    fn new(today: Option<civil::Date>) -> SystemClock {
        let now = Timestamp::now();
        let days = today.map(|today| today.duration_since(date_in_england(now)));
        SystemClock { moved: days.unwrap_or_default() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.moved).unwrap_or(now)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match settings::read(env::args_os().skip(1)) {
        Ok(Wanted::Text(text)) => say(&text),
        Ok(Wanted::Serve(settings)) => run(&settings).await,
        Ok(Wanted::VerifyAudit(settings, kept)) => match startup::verify_audit(&settings, &kept).await {
            Ok(head) => say(&format!("The audit trail is whole. Its head: {}:{}\n", head.seq, head.hash)),
            Err(reason) => complain(&reason),
        },
        Ok(Wanted::Records(settings, task)) => {
            let now = SystemClock::new(settings.today).now();
            match operator::command(&settings, &task, now).await {
                Ok(text) => say(&text),
                Err(reason) => complain(&reason),
            }
        }
        Err(refused) => complain(&refused.to_string()),
    }
}

async fn run(settings: &Settings) -> ExitCode {
    log_to_stderr(settings.log.into());
    let ready = match startup::prepare(settings, Arc::new(SystemClock::new(settings.today))).await {
        Ok(ready) => ready,
        Err(reason) => return complain(&reason.to_string()),
    };
    let Ok(address) = ready.listener.local_addr() else {
        return complain("the system does not say which address it listens on. Start again.");
    };
    let Ok(stop) = told_to_stop() else {
        return complain("the system does not let it wait for the signal to stop. Start again.");
    };
    if say(&format!("Common Assessment is ready at http://{address}/\n")) != ExitCode::SUCCESS {
        tracing::warn!("the address could not be written to standard output");
    }
    serve::serve(ready.listener, app(ready.setup), Patience::default(), stop).await;
    ready.store.close().await;
    tracing::info!("stopped");
    ExitCode::SUCCESS
}

/// Resolves at the signal to stop. It is caught from now on, not only once the future is awaited: anyone who has seen the
/// greeting may send it at once.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn log_to_stderr(level: tracing::Level) {
    // Only our own lines: at their finest level, libraries log addresses and headers, and those can name a family.
    let ours = Targets::new().with_target("assessment_server", level);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    tracing_subscriber::registry().with(lines.with_filter(ours)).init();
    // The usual report prints the panic's message, which could hold what somebody typed.
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(location) => tracing::error!(file = location.file(), line = location.line(), "panic"),
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
