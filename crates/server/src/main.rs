//! The program: the only module that reads arguments and the system's clock, and that writes to the terminal.

use std::{env, io::Write as _, process::ExitCode, sync::Arc, time::Duration};

use assessment_server::{
    app, backup,
    clock::{Clock, date_in_england},
    commands, operators,
    serve::{self, Patience},
    settings::{self, LogLevel, Refused, Settings, Wanted},
    sign_in::outside::choose_cryptography,
    startup,
    take_up::Publisher,
    traces::Traces,
};
use jiff::{SignedDuration, Timestamp, civil};
use tokio::sync::oneshot;
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
        Ok(Wanted::Check(settings, faults)) => check(settings.as_deref(), &faults),
        Ok(Wanted::BackUp(settings, out)) => match backup::back_up(&settings, &out).await {
            Ok(head) => say(&format!(
                "Backed up to {} and verified. The head of its audit trail: {}:{}\n",
                out.display(),
                head.seq,
                head.hash
            )),
            Err(reason) => complain(&reason),
        },
        Ok(Wanted::Restore(settings, file, kept)) => match backup::restore(&settings, &file, &kept).await {
            Ok(head) => say(&format!(
                "Restored and verified. The head of its audit trail: {}:{}\n",
                head.seq, head.hash
            )),
            Err(reason) => complain(&reason),
        },
        Ok(Wanted::Health(settings)) => match startup::ask_health(&settings).await {
            Ok(()) => say("ready\n"),
            Err(reason) => complain(&reason),
        },
        Ok(Wanted::VerifyAudit(settings, kept)) => match startup::verify_audit(&settings, &kept).await {
            Ok(head) => say(&format!("The audit trail is whole. Its head: {}:{}\n", head.seq, head.hash)),
            Err(reason) => complain(&reason),
        },
        Ok(Wanted::Records(settings, task)) => {
            let now = SystemClock::new(settings.today).now();
            match commands::records(&settings, &task, now).await {
                Ok(text) => say(&text),
                Err(reason) => complain(&reason),
            }
        }
        Err(refused) => complain(&refused.to_string()),
    }
}

async fn run(settings: &Settings) -> ExitCode {
    choose_cryptography();
    let traces = match settings.traces.as_deref().map(Traces::to).transpose() {
        Ok(traces) => traces,
        Err(reason) => return complain(&reason.to_string()),
    };
    log_to_stderr(settings.log, traces.as_ref());
    let ready = match startup::prepare(settings, Arc::new(SystemClock::new(settings.today))).await {
        Ok(ready) => ready,
        Err(reason) => return complain(&reason.to_string()),
    };
    let Ok(address) = ready.listener.local_addr() else {
        return complain("the system does not say which address it listens on. Start again.");
    };
    let Ok(signals) = Signals::new() else {
        return complain("the system does not let it wait for the signal to stop. Start again.");
    };
    if let Some(seen) = ready.operators.as_ref().and_then(|listener| listener.local_addr().ok()) {
        tracing::info!("operators are answered at http://{seen}/");
    }
    if say(&format!("Common Assessment is ready at http://{address}/\n")) != ExitCode::SUCCESS {
        tracing::warn!("the address could not be written to standard output");
    }
    let operations = ready.setup.operations.clone();
    let (done, is_done) = oneshot::channel::<()>();
    let seen = ready.operators.map(|listener| {
        let app = operators(operations.clone(), Arc::clone(&ready.store));
        tokio::spawn(serve::serve(listener, app, Patience::default(), async {
            let _ = is_done.await;
        }))
    });
    let (store, clock) = (Arc::clone(&ready.store), Arc::clone(&ready.setup.clock));
    let publisher = Publisher::new(store, clock, &ready.setup.evaluator, ready.setup.take_up.clone());
    let publishing = tokio::spawn(publisher.keep_publishing());
    let (told, is_told) = oneshot::channel::<()>();
    let delivering = ready.deliverer.map(|deliverer| {
        tokio::spawn(deliverer.run(async {
            let _ = is_told.await;
        }))
    });
    let drain = Duration::from_secs(settings.drain_seconds.into());
    let stop = signals.stop(drain, || operations.readiness.stop());
    serve::serve(ready.listener, app(ready.setup), Patience::default(), stop).await;
    drop((done, told));
    publishing.abort();
    if let Some(delivering) = delivering {
        // An attempt under way ends by itself; what it could not note is tried again.
        let _ = delivering.await;
    }
    if let Some(seen) = seen {
        let _ = seen.await;
    }
    ready.store.close().await;
    if let Some(traces) = traces {
        traces.finish().await;
    }
    tracing::info!("stopped");
    ExitCode::SUCCESS
}

/// The signals to stop. They are caught from the start, not only once somebody waits: anyone who has seen the greeting may
/// send one at once.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }

    /// Resolves when it is time to stop: after a signal and the time to drain, or at once after a second signal.
    async fn stop(mut self, drain: Duration, begins: impl FnOnce()) {
        self.next().await;
        begins();
        if !drain.is_zero() {
            tracing::info!("told to stop: not ready any more, and still serving for {} s", drain.as_secs());
            // Either way it is time.
            let _ = tokio::time::timeout(drain, self.next()).await;
        }
    }
}

/// Everything that is wrong, one line each.
fn check(settings: Option<&Settings>, faults: &[Refused]) -> ExitCode {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.extend(settings.map(startup::file_faults).unwrap_or_default());
    if lines.is_empty() {
        return say("The settings are right.\n");
    }
    for line in &lines {
        complain(line);
    }
    ExitCode::FAILURE
}

fn log_to_stderr(level: LogLevel, traces: Option<&Traces>) {
    // Only our own lines: at their finest level, libraries log addresses and headers, and those can name a family.
    let ours = Targets::new().with_target("assessment_server", tracing::Level::from(level));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let lines = tracing_subscriber::registry().with(lines.with_filter(ours));
    lines.with(traces.map(Traces::layer)).init();
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
