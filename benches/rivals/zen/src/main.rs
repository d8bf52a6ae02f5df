//! Times the ZEN engine on the form's threshold rules: `rival-zen MATERIAL FOLDER`, where the folder holds the decisions
//! that `measure.mjs` wrote. It first proves that each record gets the engine's certain suggestion, and measures nothing
//! if one does not. One line of JSON for each figure; no part of the form.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zen_engine::model::GraphContent;
use zen_engine::{Decision, EvaluationOptions, Variable};

/// Batches whose median counts, after a tenth more that warm up.
const BATCHES: usize = 200;
/// What one batch should take at least, so that the clock's own cost does not show.
const LONG_ENOUGH: Duration = Duration::from_millis(2);
/// After this no further batch is begun; at least twenty count.
const PATIENCE: Duration = Duration::from_secs(8);

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Zen {
    decision: Decision,
    /// A blank for each sign; ZEN takes a fact that is not there for null, but the others are given blanks, too.
    blank: Value,
    runtime: tokio::runtime::Runtime,
}

impl Zen {
    /// Reads a decision and compiles its expressions, as one would before using it often.
    fn open(folder: &str, times: &Value) -> Outcome<Zen> {
        let file = format!("{folder}/zen-{times}.json");
        let content: GraphContent = serde_json::from_str(&fs::read_to_string(&file)?)?;
        let blank = serde_json::from_str(&fs::read_to_string(format!("{folder}/blank-{times}.json"))?)?;
        let mut decision = Decision::from(content);
        decision.validate().map_err(|error| format!("{file}: {error:?}"))?;
        decision.compile();
        Ok(Zen { decision, blank, runtime: tokio::runtime::Builder::new_current_thread().build()? })
    }

    fn facts(&self, record: &Value) -> Variable {
        let mut facts = self.blank.clone();
        if let (Some(facts), Some(given)) = (facts.as_object_mut(), record["facts"].as_object()) {
            facts.extend(given.clone());
        }
        Variable::from(&facts)
    }

    /// What the decision gives, and with `trace` how each part of it came about.
    fn evaluate(&self, facts: &Variable, trace: bool) -> Outcome<Variable> {
        let options = EvaluationOptions { trace, ..EvaluationOptions::default() };
        let response =
            self.runtime.block_on(self.decision.evaluate_with_opts(facts.shallow_clone(), options));
        let response = response.map_err(|error| format!("{error:?}"))?;
        black_box(&response.trace);
        Ok(response.result)
    }

    fn agrees(&self, record: &Value) -> Outcome<()> {
        let given = self.evaluate(&self.facts(record), false)?.dot("result");
        let given = given.as_ref().and_then(Variable::as_str).unwrap_or("nothing").to_owned();
        if record["certain"] == given.as_str() {
            return Ok(());
        }
        let (name, wanted) = (&record["name"], &record["certain"]);
        Err(format!("ZEN does not do the same work. {name}: it says {given}, the engine {wanted}").into())
    }

    /// The median and the shortest time of one evaluation, in microseconds.
    fn measure(&self, facts: &Variable, trace: bool) -> Outcome<[f64; 2]> {
        let batch = |size: u32| -> Outcome<Duration> {
            let start = Instant::now();
            for _ in 0..size {
                black_box(self.evaluate(black_box(facts), trace)?);
            }
            Ok(start.elapsed())
        };
        let mut once = Duration::MAX;
        for _ in 0..20 {
            once = once.min(batch(1)?);
        }
        let size = u32::try_from(LONG_ENOUGH.as_nanos() / once.as_nanos().max(1))?.max(1);
        let (start, mut times) = (Instant::now(), Vec::new());
        while times.len() < BATCHES + BATCHES / 10 && (times.len() < 40 || start.elapsed() < PATIENCE) {
            times.push(batch(size)? / size);
        }
        let mut times = times.split_off(20);
        times.sort();
        Ok([times[times.len() / 2], times[0]].map(|time| (time.as_secs_f64() * 1e8).round() / 100.0))
    }
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(material), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("two arguments are needed: the material and the folder of the decisions".into());
    };
    let material: Value = serde_json::from_str(&fs::read_to_string(material)?)?;
    let list = |name: &str| material[name].as_array().cloned().unwrap_or_default();

    let zen = Zen::open(&folder, &json!(1))?;
    let records = list("proof");
    for record in &records {
        zen.agrees(record)?;
    }
    println!("{}", json!({"proof": "rules", "records": records.len()}));

    let compared = records.iter().find(|record| record["name"] == material["compared"]);
    let facts = zen.facts(compared.ok_or("the compared record is missing")?);
    for (what, trace) in [("rules", false), ("traced", true)] {
        let time = zen.measure(&facts, trace)?;
        println!(
            "{}",
            json!({"who": "zen-engine", "version": zen_engine::ENGINE_VERSION, "what": what, "time": time})
        );
    }
    for grown in list("grown") {
        let times = &grown["times"];
        let zen = Zen::open(&folder, times)?;
        zen.agrees(&grown["record"])?;
        let time = zen.measure(&zen.facts(&grown["record"]), false)?;
        println!("{}", json!({"who": "zen-engine", "what": "grown", "times": times, "time": time}));
    }
    Ok(())
}
