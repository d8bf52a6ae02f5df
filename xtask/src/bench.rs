//! `cargo xtask bench`: builds what is measured, measures, and prints one table with the machine's load beside it.
//! The figures come from the engine's own benchmark, from the same engine as Wasm in Node, from other packages that do
//! the same work, and from a real browser with the real server. No figure is judged: what it may be depends on the
//! machine.

mod engine;
mod rivals;
mod table;

use std::process::Command;

use serde_json::Value;

use crate::build::{self, Kind};
use crate::project::{Failure, Project, answer, read};
use crate::setup::{self, Needs, Toolbox};
use crate::step::Step;

const NAMES: [&str; 2] = ["engine", "browser"];

/// Runs those whose name contains `wanted`.
pub(crate) fn run(project: &Project, wanted: &str) -> Result<(), Failure> {
    let chosen = |name: &str| NAMES.contains(&name) && name.contains(wanted);
    if !NAMES.iter().any(|name| chosen(name)) {
        let names = NAMES.join(" and ");
        return Err(Failure::new(format!("There is no measurement called `{wanted}`. There are {names}.")));
    }
    // Everything is built before anything is measured, because a build would disturb.
    let browser = chosen("browser");
    let tools = setup::run(project, if browser { Needs::Everything } else { Needs::Build })?;
    let rivals = match chosen("engine") {
        true => {
            engine::build(project, &tools)?;
            Some(rivals::prepare(project)?)
        }
        false => None,
    };
    if browser {
        build::release(project, &tools)?;
    }
    let mut table = Vec::new();
    let mut failed = None;
    if let Some(rivals) = rivals {
        let ours = engine::measure(project, &tools)?;
        let (theirs, unequal) = rivals.measure(project, &tools);
        table.extend(table::lines(&ours, &theirs));
        failed = unequal;
    }
    if browser {
        table.extend(in_browser(project, &tools)?);
    }
    table.iter().for_each(|line| say!("{line}"));
    failed.map_or(Ok(()), Err)
}

/// What a program that measures printed.
struct Figures {
    /// What was measured.
    title: String,
    rows: Vec<Value>,
    /// How busy the machine was before and after.
    load: String,
}

/// Runs a program that measures.
fn measure(project: &Project, title: &str, command: &mut Command) -> Result<Figures, Failure> {
    let step = Step::new(project, format!("measure {title}"));
    let before = load(project);
    step.run(command)?;
    let load = format!("load {before} before, {} after", load(project));
    Ok(Figures { title: title.to_owned(), rows: rows(&read(&step.log())?), load })
}

/// The load averages of 1, 5 and 15 minutes.
fn load(project: &Project) -> String {
    let said = answer(&mut project.command("uptime")).unwrap_or_default();
    let averages = said.split_once("load average").and_then(|(_, rest)| rest.split_once(": "));
    averages.map_or_else(|| "unknown".to_owned(), |(_, averages)| averages.to_owned())
}

/// The programs print a line of JSON for each row; anything else in the log is not ours.
fn rows(log: &str) -> Vec<Value> {
    log.lines()
        .filter(|line| line.starts_with('{'))
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn in_browser(project: &Project, tools: &Toolbox) -> Result<Vec<String>, Failure> {
    let mut command = tools.command(project, "node");
    command.arg("tests/browser/bench.mjs").env("ASSESSMENT_SERVER", Kind::Release.server(project));
    if let Some(chromium) = &tools.chromium {
        command.env("CHROMIUM", chromium);
    }
    let Figures { rows, load, .. } = measure(project, "the browser side", &mut command)?;
    let mut lines = vec![format!("\n{:<48}{:>10}{:>24}", "browser side", "median", "from–to")];
    for row in rows {
        let unit = row["unit"].as_str().unwrap_or_default();
        let shown = |figure: &Value| match figure.as_f64() {
            Some(figure) if figure < 100.0 => format!("{figure:.1}"),
            Some(figure) => format!("{figure:.0}"),
            None => "-".to_owned(),
        };
        let range = format!("{}–{} {unit}", shown(&row["range"][0]), shown(&row["range"][1]));
        let (name, note) =
            (row["name"].as_str().unwrap_or_default(), row["note"].as_str().unwrap_or_default());
        let line = format!("{name:<48}{:>10}{range:>24}  {note}", shown(&row["median"]));
        lines.push(line.trim_end().to_owned());
    }
    lines.push(load);
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_are_told_from_what_others_print() {
        let log = "(node:1) Warning: {\n{\"name\":\"one\"}\n{ broken\n";
        let names: Vec<_> = rows(log).iter().map(|row| row["name"].clone()).collect();
        assert_eq!(names, ["one"]);
    }
}
