//! `cargo xtask bench`: builds what is measured, measures, and prints one table with the machine's load beside it.
//! The figures come from the engine's own benchmark, from the same engine as Wasm in Node, and from a real browser with
//! the real server. No figure is judged: what it may be depends on the machine.

use std::process::Command;

use serde_json::Value;

use crate::build::{self, Kind};
use crate::project::{Failure, Project, answer, read};
use crate::setup::{self, Needs, Toolbox};
use crate::step::Step;

const NAMES: [&str; 2] = ["engine", "browser"];
/// The browser side's target and profile, so that what is timed is compiled as what is shipped.
const WASM: [&str; 4] = ["--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];

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
    if chosen("engine") {
        build_engine(project, &tools)?;
    }
    if browser {
        build::release(project, &tools)?;
    }
    let mut table = Vec::new();
    if chosen("engine") {
        table.extend(engine(project, &tools)?);
    }
    if browser {
        table.extend(in_browser(project, &tools)?);
    }
    table.iter().for_each(|line| say!("{line}"));
    Ok(())
}

fn native(project: &Project) -> Command {
    let mut command = project.cargo();
    command.args(["bench", "--package", "assessment-engine", "--bench", "engine"]);
    command
}

fn build_engine(project: &Project, tools: &Toolbox) -> Result<(), Failure> {
    let mend = "Mend what the compiler says above.";
    Step::new(project, "build the engine's benchmark").advice(mend).run(native(project).arg("--no-run"))?;
    let mut command = project.cargo();
    command.args(["build", "--package", "assessment-engine", "--example", "wasm_bench"]).args(WASM);
    command.envs(tools.wasm.iter().map(|(name, value)| (name, value)));
    Step::new(project, "build the engine's benchmark (Wasm)").advice(mend).run(&mut command).map(|_| ())
}

/// Runs a program that measures. What it printed, and how busy the machine was before and after.
fn measure(project: &Project, title: &str, command: &mut Command) -> Result<(String, String), Failure> {
    let step = Step::new(project, format!("measure {title}"));
    let before = load(project);
    step.run(command)?;
    Ok((read(&step.log())?, format!("load {before} before, {} after", load(project))))
}

/// The load averages of 1, 5 and 15 minutes.
fn load(project: &Project) -> String {
    let said = answer(&mut project.command("uptime")).unwrap_or_default();
    let averages = said.split_once("load average").and_then(|(_, rest)| rest.split_once(": "));
    averages.map_or_else(|| "unknown".to_owned(), |(_, averages)| averages.to_owned())
}

/// The programs print a line of JSON for each row; anything else in the log is not ours.
fn rows(log: &str) -> impl Iterator<Item = Value> + '_ {
    log.lines().filter(|line| line.starts_with('{')).filter_map(|line| serde_json::from_str(line).ok())
}

fn engine(project: &Project, tools: &Toolbox) -> Result<Vec<String>, Failure> {
    let (native_log, native_load) = measure(project, "the engine, native", &mut native(project))?;
    let module = project.target.join("wasm32-unknown-unknown/wasm-release/examples").join("wasm_bench.wasm");
    let mut command = tools.command(project, "node");
    command.arg("crates/engine/examples/wasm_bench.mjs").arg(module);
    let (wasm_log, wasm_load) = measure(project, "the engine, Wasm", &mut command)?;

    let trio = "  native    Wasm ratio";
    let mut lines = vec![
        format!(
            "\n{:<35}{:>22}{:>24}{:>24}",
            "engine, µs for one record", "evaluate,", "evaluate and", "the same,"
        ),
        format!("{:<35}{:>22}{:>24}{:>24}", "", "median", "check, median", "at best"),
        format!("{:<26}{:>8} {trio}  {trio}  {trio}", "", "bytes"),
    ];
    for row in rows(&wasm_log) {
        let name = row["record"].as_str().unwrap_or_default();
        let mut line = format!("{name:<26}{:>8} ", row["bytes"].as_u64().unwrap_or_default());
        for (label, key) in [("evaluate", "evaluate"), ("evaluate and check", "both"), ("at best", "best")] {
            line += &pair(native_figure(&native_log, name, label), row[key].as_f64());
            line += "  ";
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.push(format!("native: {native_load}\nWasm (in Node): {wasm_load}"));
    Ok(lines)
}

/// Native, Wasm, and how many times slower Wasm is.
fn pair(native: Option<f64>, wasm: Option<f64>) -> String {
    let shown = |figure: Option<f64>| figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.1}"));
    let ratio = native.zip(wasm).map(|(native, wasm)| wasm / native);
    format!("{:>8}{:>8}{:>6}", shown(native), shown(wasm), shown(ratio))
}

/// A figure of the engine's benchmark, which prints for people: `name … | evaluate 12.3 µs | … 45.6 µs, at best 7.8 µs`.
fn native_figure(log: &str, record: &str, label: &str) -> Option<f64> {
    let line = log.lines().find(|line| line.split_whitespace().next() == Some(record))?;
    line.split(['|', ',']).find_map(|cell| {
        let mut words = cell.trim().strip_prefix(label)?.split_whitespace();
        let figure = words.next()?.parse().ok()?;
        (words.next() == Some("µs")).then_some(figure)
    })
}

fn in_browser(project: &Project, tools: &Toolbox) -> Result<Vec<String>, Failure> {
    let mut command = tools.command(project, "node");
    command.arg("tests/browser/bench.mjs").env("ASSESSMENT_SERVER", Kind::Release.server(project));
    if let Some(chromium) = &tools.chromium {
        command.env("CHROMIUM", chromium);
    }
    let (log, load) = measure(project, "the browser side", &mut command)?;
    let mut lines = vec![format!("\n{:<48}{:>10}{:>24}", "browser side", "median", "from–to")];
    for row in rows(&log) {
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
    use super::{native_figure, rows};

    #[test]
    fn figures_of_the_engines_benchmark_are_found_by_their_label() {
        let log = "     Running benches/engine.rs\n\
                   whole   53079 bytes  0 problems | evaluate  9.1 µs | check editing  2.0 µs | check submit  4.0 µs | \
                   evaluate and check  13.5 µs, at best  12.0 µs (medians of 2000)\n";
        let figures =
            ["evaluate", "evaluate and check", "at best"].map(|label| native_figure(log, "whole", label));
        assert_eq!(figures, [Some(9.1), Some(13.5), Some(12.0)]);
        assert_eq!(native_figure(log, "wholes", "evaluate"), None);
        assert_eq!(native_figure(log, "whole", "check"), None);
    }

    #[test]
    fn rows_are_told_from_what_others_print() {
        let log = "(node:1) Warning: {\n{\"name\":\"one\"}\n{ broken\n";
        let names: Vec<_> = rows(log).map(|row| row["name"].clone()).collect();
        assert_eq!(names, ["one"]);
    }
}
