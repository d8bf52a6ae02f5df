//! What a first visit downloads, by file, against a limit; and what is heavy in the Wasm, so that whoever goes
//! over the limit knows where to look. It measures `dist/` as it is and builds nothing.

mod wasm;

use std::path::Path;

use crate::build::{Kind, named_wasm};
use crate::project::{Failure, Project, files_below};

/// Bytes over the wire, brotli, for everything together. Health visitors start the form on a phone's connection
/// in somebody's kitchen.
const LIMIT: u64 = 150_000;
/// Bytes of Wasm as the browser compiles it: this is what costs time on an old laptop.
const LIMIT_WASM: u64 = 500_000;
/// Rows in each list of heavy parts.
const ROWS: usize = 12;

/// Prints the tables; fails above a limit.
pub(crate) fn run(project: &Project) -> Result<(), Failure> {
    let weighed = measure(project)?;
    heavy(project)?;
    judge(weighed)
}

/// Prints the files; fails above a limit.
pub(crate) fn hold(project: &Project) -> Result<(), Failure> {
    judge(measure(project)?)
}

fn judge((total, wasm): (u64, u64)) -> Result<(), Failure> {
    if total > LIMIT {
        return Err(Failure::new(format!(
            "A first visit downloads {total} bytes, {} above the limit. `cargo xtask budget` lists what is heavy.",
            total - LIMIT
        )));
    }
    compiled(wasm)
}

fn compiled(wasm: u64) -> Result<(), Failure> {
    if wasm > LIMIT_WASM {
        return Err(Failure::new(format!(
            "The Wasm has {wasm} bytes before compression; the limit is {LIMIT_WASM}."
        )));
    }
    Ok(())
}

/// Prints what each file weighs; gives the bytes of all, compressed, and of the Wasm, uncompressed.
fn measure(project: &Project) -> Result<(u64, u64), Failure> {
    let dist = Kind::Release.dist(project);
    let mut rows = Vec::new();
    for file in files_below(&dist) {
        let name = file.strip_prefix(&dist).unwrap_or(&file).to_string_lossy().into_owned();
        if !name.ends_with(".br") {
            let raw = size(&file)?;
            let packed = dist.join(format!("{name}.br"));
            rows.push((if packed.exists() { size(&packed)? } else { raw }, raw, name));
        }
    }
    if rows.is_empty() {
        return Err(Failure::new("There is no dist/ to measure. Run `cargo xtask build` first."));
    }
    rows.sort_unstable_by(|one, other| other.cmp(one));
    say!("\n{:>10} {:>10}  first visit", "brotli", "raw");
    for (packed, raw, name) in &rows {
        say!("{packed:>10} {raw:>10}  {name}");
    }
    let total: u64 = rows.iter().map(|row| row.0).sum();
    say!("{total:>10} {:>10}  all (limit {LIMIT})", rows.iter().map(|row| row.1).sum::<u64>());
    let wasm = rows.iter().filter(|row| row.2.ends_with(".wasm")).map(|row| row.1).sum();
    Ok((total, wasm))
}

fn heavy(project: &Project) -> Result<(), Failure> {
    let file = named_wasm(project);
    let Ok(bytes) = std::fs::read(&file) else {
        say!("\nThe Wasm with names is gone, so its heavy parts cannot be listed; a fresh build leaves it.");
        return Ok(());
    };
    let parts = wasm::parts(&bytes).ok_or_else(|| {
        Failure::new(format!("{} does not read as WebAssembly. Build again.", file.display()))
    })?;
    for (title, list) in
        [("section", parts.sections), ("crate (code)", parts.crates), ("function", parts.functions)]
    {
        say!("\n{:>10}  Wasm by {title}, raw", "bytes");
        for (bytes, name) in list.iter().take(ROWS) {
            let short: String = name.chars().take(100).collect();
            say!("{bytes:>10}  {short}");
        }
    }
    Ok(())
}

fn size(file: &Path) -> Result<u64, Failure> {
    std::fs::metadata(file).map(|facts| facts.len()).map_err(|e| Failure::file("measure", file, &e))
}
