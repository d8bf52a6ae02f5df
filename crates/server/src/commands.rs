//! What an operator does with records on the command line: `assessment-server retention`, `subject-access` and `webhooks`.
//! Gives text; printing it is `main.rs`'s.

mod webhooks;

use std::{fmt::Write as _, fs, io::Write as _, path::Path};

use assessment_engine::profile::AuthorityProfile;
use assessment_people::{
    access::Action,
    retention::{Obstacle, Periods, Verdict},
    who::Reason,
};
use jiff::Timestamp;

use crate::{
    people,
    retention::{self, Child, Listed},
    settings::{Database, RecordsTask, Settings},
    startup,
    store::{Store, StoreError, audit::AuditAction, retention::Tombstone},
    subject_access::{Part, Subject, gather},
};

/// Does what the command says. Gives what to print.
///
/// # Errors
/// Why not, in one line that says what to do.
pub async fn records(settings: &Settings, task: &RecordsTask, at: Timestamp) -> Result<String, String> {
    if let Database::File(path) = &settings.database
        && !path.is_file()
    {
        return Err(format!("there is no database {}. Name it with --database.", path.display()));
    }
    let periods = periods(settings)?;
    let store = startup::open(settings).await.map_err(|reason| reason.to_string())?;
    let outcome = match task {
        RecordsTask::Webhooks { partner } => webhooks::list(&*store, settings, partner, at).await,
        RecordsTask::ReplayWebhook { partner, id } => {
            webhooks::replay(&*store, settings, partner, *id, at).await
        }
        RecordsTask::List => list(&*store, &periods, at).await.map_err(failed),
        RecordsTask::Run => run(&*store, &periods, at).await.map_err(failed),
        RecordsTask::Erased => match retention::erased(&*store).await {
            Ok(erased) => lines(&erased),
            Err(error) => Err(failed(error)),
        },
        RecordsTask::Reapply(path) => reapply(&*store, path, at).await,
        RecordsTask::Requests => requests(&*store).await.map_err(failed),
        RecordsTask::Export { request, out } => export(&*store, request, out, at).await,
    };
    store.close().await;
    outcome
}

fn periods(settings: &Settings) -> Result<Periods, String> {
    let Some(path) = &settings.profile else { return retention::periods(AuthorityProfile::built_in()) };
    let text = startup::read(path, "--profile").map_err(|reason| reason.to_string())?;
    retention::periods(&text)
}

fn failed(error: StoreError) -> String {
    format!("the database cannot be used now: {error}. Try again.")
}

/// Why a record is kept, for people.
fn said(kept: Obstacle) -> String {
    match kept {
        Obstacle::Hold => "an order to keep it is in force".to_owned(),
        Obstacle::AccessRequest { since } => format!("somebody asked for what is held, on {since}"),
        Obstacle::Open => "it is not closed".to_owned(),
        Obstacle::MergeCanBeUndone { until } => format!("a join can be taken back until {until}"),
        Obstacle::BirthNotKnown => "nobody knows when the child was born: a person has to decide".to_owned(),
        Obstacle::NotDue { on } => format!("its day is {on}"),
    }
}

async fn list(store: &dyn Store, periods: &Periods, at: Timestamp) -> Result<String, StoreError> {
    let Listed { episodes: all, drafts, entries } = retention::list(store, periods, at).await?;
    let mut text = String::new();
    for line in &all {
        let id = line.stored.state.episode.id();
        let _ = match line.verdict {
            Verdict::Due { since } if line.people_stay => {
                writeln!(
                    text,
                    "erase {id}: due since {since}; the child's record stays, another episode needs it"
                )
            }
            Verdict::Due { since } => {
                writeln!(
                    text,
                    "erase {id}: due since {since}; with {} of people",
                    counted(line.people.len(), "record")
                )
            }
            Verdict::Retained(kept) => writeln!(text, "keep  {id}: {}", said(kept)),
        };
        for hold in &line.holds {
            let _ = writeln!(text, "      order {} of {}", hold.id, hold.placed_at);
        }
    }
    for draft in &drafts {
        let _ = writeln!(text, "erase {draft}: a draft that nobody has saved for as long as the period says");
    }
    let due = all.iter().filter(|line| matches!(line.verdict, Verdict::Due { .. })).count();
    let _ = writeln!(
        text,
        "A run would erase {} and {}, and keep {}.",
        episodes(due),
        counted(drafts.len(), "draft"),
        episodes(all.len() - due)
    );
    if entries > 0 {
        let _ = writeln!(text, "It would erase {} of the access log.", counted_entries(entries));
    }
    Ok(text)
}

async fn run(store: &dyn Store, periods: &Periods, at: Timestamp) -> Result<String, StoreError> {
    let done = retention::run(store, periods, at).await?;
    let mut text = String::new();
    for erased in &done.episodes {
        let _ = writeln!(text, "erased {}", erased.episode);
    }
    for (id, kept) in &done.kept {
        let _ = writeln!(text, "kept   {id}: {}", said(*kept));
    }
    for draft in &done.drafts {
        let _ = writeln!(text, "erased {draft}");
    }
    let _ = writeln!(
        text,
        "Erased {} and {}, kept {}. Keep the list of `retention erased` beside the backups.",
        episodes(done.episodes.len()),
        counted(done.drafts.len(), "draft"),
        episodes(done.kept.len())
    );
    if done.search_reasons > 0 {
        let _ = writeln!(
            text,
            "Erased why people had searched from {} of the access log.",
            counted_entries(done.search_reasons)
        );
    }
    if done.entries > 0 {
        let _ = writeln!(
            text,
            "Erased {} of the access log. Keep a new head of `audit verify` beside the backups.",
            counted_entries(done.entries)
        );
    }
    Ok(text)
}

fn episodes(count: usize) -> String {
    counted(count, "episode")
}

fn counted_entries(count: u64) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// One line of JSON for each, so that a file of them can grow.
fn lines(all: &[Tombstone]) -> Result<String, String> {
    let mut text = String::new();
    for one in all {
        let line = serde_json::to_string(one).map_err(|_| "a tombstone cannot be written".to_owned())?;
        let _ = writeln!(text, "{line}");
    }
    Ok(text)
}

async fn reapply(store: &dyn Store, path: &Path, at: Timestamp) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|_| {
        format!("cannot read {}. Name the list that `retention erased` printed.", path.display())
    })?;
    let mut list = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let one = serde_json::from_str::<Tombstone>(line).map_err(|_| {
            format!(
                "line {number} of {} is not one that `retention erased` printed. Nothing was erased.",
                path.display()
            )
        })?;
        list.push(one);
    }
    let done = retention::reapply(store, &list, at).await;
    let done =
        done.map_err(|error| format!("the database cannot be used now: {error}. Repeat the command."))?;
    let mut text = String::new();
    for (id, kept) in &done.kept {
        let _ = writeln!(text, "kept   {id}: {}", said(*kept));
    }
    let _ = writeln!(
        text,
        "Erased {} again; {} were not there; {} are kept.",
        done.erased,
        done.gone,
        done.kept.len()
    );
    if done.kept.is_empty() {
        return Ok(text);
    }
    Err(format!(
        "{text}Somebody ordered or asked for it after it had been erased. Lift the order or close the request, and repeat the command."
    ))
}

async fn requests(store: &dyn Store) -> Result<String, StoreError> {
    let asker = retention::operator()?;
    let mut view = store.view().await?;
    let all = view.retention().requests(&asker, None).await?;
    let mut text = String::new();
    for one in &all {
        let _ = writeln!(text, "{}: about {}, received on {}", one.id, one.person, one.received_on);
    }
    let _ = writeln!(text, "{} waiting.", counted(all.len(), "request"));
    Ok(text)
}

async fn export(store: &dyn Store, request: &str, out: &Path, at: Timestamp) -> Result<String, String> {
    let asker = retention::operator().map_err(failed)?;
    let mut work = store.begin().await.map_err(failed)?;
    let all = work.retention().requests(&asker, None).await.map_err(failed)?;
    let found = all.into_iter().find(|one| one.id == request);
    let found = found.ok_or("no request of that id is waiting. `subject-access list` lists them.")?;
    let stored = work.episodes().find(&asker, found.episode).await.map_err(failed)?;
    let stored = stored.ok_or("the episode of that request was erased.")?;
    let child = Child::read(&mut *work, &asker, &stored).await.map_err(failed)?;
    let parts: Vec<Part> = child.episodes.into_iter().map(|stored| Part { stored, sight: None }).collect();
    let related = people::ever_related(&mut *work, &asker.actor, &child.people).await;
    let family = related.map_err(failed)?;
    let (people, episodes) = (&*child.people, &*parts);
    let subject = Subject { request: &found, people, family: &family.lines, episodes, is_everything: true };
    let gathered = gather(&mut *work, &asker, &subject, at).await.map_err(failed)?;
    let json =
        |value: serde_json::Result<String>| value.map_err(|_| "the export cannot be written".to_owned());
    let files = [
        ("for-the-person.json", json(serde_json::to_string_pretty(&gathered.for_the_person))?),
        ("for-the-person.txt", gathered.text),
        ("to-decide.json", json(serde_json::to_string_pretty(&gathered.to_decide))?),
    ];
    let because = Reason::new("A request for what is held about the child.");
    let others = parts.iter().map(|part| part.stored.state.episode.id());
    for id in others.filter(|id| *id != found.episode) {
        let action = AuditAction::Episode(Action::ExportSubjectAccess, id);
        work.note(&asker.actor, action, at, because.as_ref()).await.map_err(failed)?;
    }
    family.note(&mut *work, &asker.actor, at, because.as_ref()).await.map_err(failed)?;
    let action = AuditAction::Episode(Action::ExportSubjectAccess, found.episode);
    work.save_because(&asker.actor, action, at, because.as_ref()).await.map_err(failed)?;
    // The entry in the audit trail comes first: nothing is shown before it is stored.
    fs::create_dir_all(out).map_err(|_| format!("cannot make the folder {}.", out.display()))?;
    for (name, text) in files {
        let path = out.join(name);
        private(&path, &text).map_err(|_| {
            format!("cannot write {}. Name a new folder with --out: nothing is overwritten.", path.display())
        })?;
    }
    Ok(format!(
        "Written to {}. Look through to-decide.json before you give anything away: a person decides about each of its {}.\n",
        out.display(),
        counted(gathered.to_decide.len(), "line")
    ))
}

/// Writes a new file that only its owner can read.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
