//! The one table of `cargo xtask bench engine`. It knows how the programs that measure name their figures, and adds only
//! ratios and what a package's answer holds; it judges nothing.

use serde_json::Value;

use super::engine::{Ours, Weight};
use super::rivals::Theirs;

/// The record that others get, right and with mistakes, as `crates/engine/benches/timed/mod.rs` names them.
const RIGHT: &str = "disabled-child";
const WRONG: &str = "six-mistakes";
/// Records with packs of several times the signs.
const GROWN: [(&str, u64); 3] = [("signs-once", 1), ("signs-8-times", 8), ("signs-80-times", 80)];

/// What a check answers with.
const CHECKED: [(&str, &str); 2] =
    [("ajv", "path, keyword, limit, words"), ("zod", "path, kind, limit, words; a copy of the record")];
/// Rules engines as they are measured: name, figure, how.
const DECIDED: [(&str, &str, &str); 4] = [
    ("json-logic-engine", "rules", " (built)"),
    ("json-rules-engine", "rules", ""),
    ("zen-engine", "rules", " (native)"),
    ("zen-engine", "traced", " (native, trace)"),
];
/// What the measured answer of each rules engine tells by itself, without a program that asks again.
const TOLD: [&str; 6] = ["fired", "not fired", "facts", "reference", "unsure", "open"];
const TELLS: [(&str, [&str; 6]); 6] = [
    ("engine", ["yes", "-", "yes", "yes", "yes", "yes"]),
    ("engine, each rule explained", ["yes", "yes", "yes", "yes", "yes", "yes"]),
    ("json-logic-engine (built)", ["level", "level", "-", "-", "-", "-"]),
    ("json-rules-engine", ["yes", "yes", "yes", "own", "-", "-"]),
    ("zen-engine", ["level", "level", "-", "-", "-", "-"]),
    ("zen-engine (trace)", ["yes", "level", "yes", "own", "-", "-"]),
];
const LEGEND: [&str; 5] = [
    "  fired, not fired: of each rule; `level` where only each sign's level comes out. facts: the answers behind it.",
    "  reference: the source of a rule; `own` where a rule carries one if whoever writes it puts it in.",
    "  unsure: an answer that is unsure or missing is told apart from a no, and gives results of its own (possible, not",
    "  ruled out). The others have no third value beside yes and no: theirs is the certain result only.",
    "  open: which questions would settle the matter.",
];

/// All lines.
pub(super) fn lines(ours: &Ours, theirs: &Theirs) -> Vec<String> {
    let mut lines = records(ours);
    lines.extend(compared(ours, theirs));
    lines.extend(told());
    lines.extend(growth(ours, theirs));
    lines.extend(weight(&ours.weight));
    lines.push(String::new());
    lines.extend(theirs.missing.iter().cloned());
    let figures = [&ours.native, &ours.wasm].into_iter().chain(&theirs.figures);
    lines.extend(figures.map(|figures| format!("{}: {}", figures.title, figures.load)));
    lines
}

/// The median and the shortest time of one measurement of one record.
fn ours(rows: &[Value], record: &str, key: &str) -> Option<[f64; 2]> {
    time(&rows.iter().find(|row| row["record"] == record)?[key])
}

fn theirs_of<'a>(theirs: &'a Theirs, who: &str, what: &str) -> impl Iterator<Item = &'a Value> {
    let fits = move |row: &&Value| row["who"] == who && row["what"] == what;
    theirs.figures.iter().flat_map(|figures| &figures.rows).filter(fits)
}

fn time(figure: &Value) -> Option<[f64; 2]> {
    Some([figure[0].as_f64()?, figure[1].as_f64()?])
}

fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.1}"))
}

/// What a change costs, for records of different size.
fn records(ours: &Ours) -> Vec<String> {
    let trio = "  native    Wasm ratio";
    let mut lines = vec![
        format!(
            "\n{:<35}{:>22}{:>24}{:>24}",
            "engine, µs for one record", "evaluate,", "evaluate and", "the same,"
        ),
        format!("{:<35}{:>22}{:>24}{:>24}", "", "median", "check, median", "at best"),
        format!("{:<26}{:>8} {trio}  {trio}  {trio}", "", "bytes"),
    ];
    let rows = ours.wasm.rows.iter().filter(|row| !GROWN.iter().any(|grown| row["record"] == grown.0));
    for row in rows {
        let name = row["record"].as_str().unwrap_or_default();
        let mut line = format!("{name:<26}{:>8} ", row["bytes"].as_u64().unwrap_or_default());
        for (key, which) in [("evaluate", 0), ("both", 0), ("both", 1)] {
            let native = self::ours(&ours.native.rows, name, key).map(|time| time[which]);
            let wasm = time(&row[key]).map(|time| time[which]);
            let ratio = native.zip(wasm).map(|(native, wasm)| wasm / native);
            line += &format!("{:>8}{:>8}{:>6}  ", shown(native), shown(wasm), shown(ratio));
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// One thing that is done, by the engine and by others. Ratios are of the shortest times.
struct Section {
    title: String,
    /// The engine's, native and Wasm, to which the others are compared.
    base: [Option<f64>; 2],
    lines: Vec<String>,
}

impl Section {
    fn new(title: &str, native: Option<[f64; 2]>, wasm: Option<[f64; 2]>) -> Section {
        let base = [native, wasm].map(|time| time.map(|time| time[1]));
        Section { title: title.to_owned(), base, lines: Vec::new() }
    }

    fn add(&mut self, who: &str, time: Option<[f64; 2]>, explains: &str) {
        let [median, best] = [0, 1].map(|which| time.map(|time| time[which]));
        let [native, wasm] = self.base.map(|base| best.zip(base).map(|(best, base)| best / base));
        let figures = format!("{:>9}{:>9}{:>8}{:>8}", shown(median), shown(best), shown(native), shown(wasm));
        self.lines.push(format!("  {who:<42}{figures}  {explains}").trim_end().to_owned());
    }

    fn finish(self) -> Vec<String> {
        let mut lines = vec![self.title];
        lines.extend(self.lines);
        lines
    }
}

fn compared(ours: &Ours, theirs: &Theirs) -> Vec<String> {
    let of = |record: &str, key: &str| {
        (self::ours(&ours.native.rows, record, key), self::ours(&ours.wasm.rows, record, key))
    };
    let mut lines = vec![
        format!("\n{:<44}{:>9}{:>9}{:>16}", "the same work, µs", "median", "at best", "times engine's"),
        format!("{:<44}{:>18}{:>8}{:>8}", "", "", "native", "Wasm"),
    ];
    for (record, what, title) in [
        (RIGHT, "right", "fields, nothing wrong"),
        (WRONG, "wrong", "fields, six mistakes, all found by each"),
    ] {
        let (native, wasm) = of(record, "section");
        let mut section = Section::new(title, native, wasm);
        let more = "path, code, limit; check digits and real dates, too";
        section.add("engine, native", native, more);
        section.add("engine, Wasm", wasm, more);
        let (native, wasm) = of(record, "submit");
        let more = "and what is missing or does not fit together";
        section.add("engine, native, ready to send?", native, more);
        section.add("engine, Wasm, ready to send?", wasm, more);
        for (who, explains) in CHECKED {
            for row in theirs_of(theirs, who, what) {
                let version = row["version"].as_str().unwrap_or_default();
                section.add(&format!("{who} {version}"), time(&row["time"]), explains);
            }
        }
        lines.extend(section.finish());
    }
    let (native, wasm) = of(RIGHT, "evaluate");
    let mut section = Section::new("threshold rules", native, wasm);
    section.add("engine, native, three results", native, "");
    section.add("engine, Wasm, three results", wasm, "");
    let (native, wasm) = of(RIGHT, "explain");
    section.add("engine, native, each rule explained", native, "");
    section.add("engine, Wasm, each rule explained", wasm, "");
    let (native, wasm) = of(RIGHT, "what_if");
    section.add("engine, native, what would change it", native, "");
    section.add("engine, Wasm, what would change it", wasm, "");
    for (who, what, how) in DECIDED {
        for row in theirs_of(theirs, who, what) {
            let version = row["version"].as_str().unwrap_or_default();
            section.add(&format!("{who} {version}{how}"), time(&row["time"]), "");
        }
    }
    lines.extend(section.finish());
    lines.extend(theirs.figures.iter().flat_map(|figures| {
        figures.rows.iter().filter(|row| row["proof"] == "rules").map(|row| {
            format!(
                "equal work: {} gave the engine's certain suggestion on {} records",
                figures.title, row["records"]
            )
        })
    }));
    lines
}

fn told() -> Vec<String> {
    let row = |name: &str, cells: [&str; 6]| {
        cells.iter().fold(format!("{name:<44}"), |line, cell| line + &format!("{cell:>11}"))
    };
    let mut lines = vec![format!("\n{}", row("what the rules' answer tells", TOLD))];
    lines.extend(TELLS.map(|(name, cells)| row(&format!("  {name}"), cells)));
    lines.extend(LEGEND.map(str::to_owned));
    lines
}

/// How the time of one evaluation grows with the number of signs.
fn growth(ours: &Ours, theirs: &Theirs) -> Vec<String> {
    let signs = |record: &str| {
        let row = ours.native.rows.iter().find(|row| row["record"] == record);
        row.and_then(|row| row["signs"].as_f64()).unwrap_or(f64::NAN)
    };
    let mut lines = vec![
        format!(
            "\n{:<44}{:>39}{:>27}{:>8}",
            "more signs, µs at best", "one evaluation", "for each sign", "grows"
        ),
        GROWN.iter().chain(&GROWN).enumerate().fold(format!("{:<44}", "signs"), |line, (at, (record, _))| {
            let width = if at < GROWN.len() { 13 } else { 9 };
            line + &format!("{:>width$}", signs(record))
        }),
    ];
    let mut add = |who: &str, best: [Option<f64>; 3]| {
        let mut line = format!("  {who:<42}");
        best.iter().for_each(|best| line += &format!("{:>13}", shown(*best)));
        for (best, (record, _)) in best.iter().zip(GROWN) {
            let each = best.map_or_else(|| "-".to_owned(), |best| format!("{:.3}", best / signs(record)));
            line += &format!("{each:>9}");
        }
        // 1.0: ten times the rules take ten times as long.
        let each = |at: usize| best[at].map(|best| best / signs(GROWN[at].0));
        line += &format!("{:>8}", shown(each(2).zip(each(0)).map(|(last, first)| last / first)));
        lines.push(line);
    };
    for (who, figures) in [("engine, native", &ours.native), ("engine, Wasm", &ours.wasm)] {
        add(who, GROWN.map(|(record, _)| self::ours(&figures.rows, record, "evaluate").map(|time| time[1])));
    }
    for who in ["json-logic-engine", "json-rules-engine", "zen-engine"] {
        if theirs_of(theirs, who, "grown").next().is_some() {
            add(
                who,
                GROWN.map(|(_, times)| {
                    let row = theirs_of(theirs, who, "grown").find(|row| row["times"] == times)?;
                    time(&row["time"]).map(|time| time[1])
                }),
            );
        }
    }
    lines
}

fn weight(weight: &Weight) -> Vec<String> {
    let Weight { raw, brotli, pack, other_data } = weight;
    vec![
        format!("\n{:<44}{:>13}{:>13}", "engine and data as a Wasm of their own", "brotli", "raw"),
        format!("  {:<42}{brotli:>13}{raw:>13}  wasm-opt -Oz, brotli 11; the aim is 60000", "everything"),
        format!("  {:<42}{pack:>13}", "of it the rule pack, packed alone"),
        format!("  {:<42}{other_data:>13}", "of it options, boxes, profile, each alone"),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bench::Figures;

    fn figures(title: &str, rows: Vec<Value>) -> Figures {
        Figures { title: title.to_owned(), rows, load: "load 1.0".to_owned() }
    }

    fn engine(time: f64) -> Vec<Value> {
        let row = |name: &str, signs: u64| {
            let time = json!([2.0 * time, time]);
            json!({"record": name, "signs": signs, "evaluate": time, "section": time, "submit": time, "both": time})
        };
        vec![row(RIGHT, 1), row(WRONG, 1), row(GROWN[0].0, 1), row(GROWN[1].0, 8), row(GROWN[2].0, 80)]
    }

    fn table(theirs: Vec<Figures>, missing: &[&str]) -> String {
        let ours = Ours {
            native: figures("native", engine(4.0)),
            wasm: figures("Wasm", engine(8.0)),
            weight: Weight { raw: 3, brotli: 2, pack: 1, other_data: 1 },
        };
        let missing = missing.iter().map(|line| (*line).to_owned()).collect();
        lines(&ours, &Theirs { figures: theirs, missing }).join("\n")
    }

    fn line<'a>(table: &'a str, start: &str) -> Vec<&'a str> {
        let line = table.lines().find(|line| line.trim_start().starts_with(start));
        line.unwrap_or_default().split_whitespace().collect()
    }

    #[test]
    fn others_are_compared_with_the_engine_native_and_as_wasm_by_their_shortest_times() {
        let rows = vec![
            json!({"who": "zen-engine", "version": "2", "what": "rules", "time": [50.0, 40.0]}),
            json!({"proof": "rules", "records": 7}),
        ];
        let table = table(vec![figures("ZEN", rows)], &[]);
        assert_eq!(line(&table, "zen-engine 2 (native)")[3..], ["50.0", "40.0", "10.0", "5.0"]);
        assert!(table.contains("ZEN gave the engine's certain suggestion on 7 records"), "{table}");
    }

    #[test]
    fn growth_is_per_sign_from_the_smallest_pack_to_the_largest() {
        let grown = |times: u64, time: f64| json!({"who": "zen-engine", "what": "grown", "times": times, "time": [time, time]});
        let table = table(vec![figures("ZEN", vec![grown(1, 3.0), grown(8, 24.0), grown(80, 480.0)])], &[]);
        let more = table.split("more signs").nth(1).unwrap_or_default();
        assert_eq!(line(more, "zen-engine")[1..], ["3.0", "24.0", "480.0", "3.000", "3.000", "6.000", "2.0"]);
    }

    #[test]
    fn who_is_left_out_is_named_and_the_engine_s_figures_are_there() {
        let table = table(Vec::new(), &["zod: not measured. npm ci failed."]);
        assert!(table.contains("zod: not measured. npm ci failed."), "{table}");
        assert_eq!(line(&table, "engine, Wasm, three results")[4..], ["16.0", "8.0", "2.0", "1.0"]);
    }
}
