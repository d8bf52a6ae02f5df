//! Joins what Trunk (with `public/`, which it copies), wasm-opt and sass give into one folder that a server can serve as it is: names that change
//! with the content, the loader told of them with integrity values, and a brotli copy beside each text and Wasm file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::project::{Failure, Project, files_below, read, write};
use crate::setup::Toolbox;
use crate::step::Step;

/// The loader; its name never changes, because portals write it into their pages.
const LOADER: &str = "common-assessment.js";
/// The rule pack and the profile that are built into the program. The loader knows their digests, and fetches the server's
/// where it has others: the same rules may belong to an authority with another front door.
const RULES: [&str; 2] =
    ["crates/engine/data/rule_packs/leeds-example.json", "crates/engine/data/profiles/leeds.json"];
/// What stands in the loader for the names and integrity values.
const PLACEHOLDER: &str = "__CA_BUILD__";

/// Where the parts lie and where they go.
pub(super) struct Parts<'a> {
    pub(super) trunk: &'a Path,
    pub(super) css: &'a Path,
    pub(super) dist: &'a Path,
    pub(super) release: bool,
}

/// Assembles into a folder beside `dist` and then swaps the two, so that a failure leaves the old one whole.
pub(super) fn run(project: &Project, tools: &Toolbox, parts: &Parts<'_>) -> Result<(), Failure> {
    let new = parts.dist.with_extension("new");
    let _ = std::fs::remove_dir_all(&new);
    let wasm_file = only(parts.trunk, "_bg.wasm")?;
    let glue_file = only(parts.trunk, ".js")?;
    let (small, small_glue) = if parts.release {
        shrink(project, tools, &wasm_file, &glue_file)?
    } else {
        (wasm_file.clone(), glue_file.clone())
    };
    let wasm = Asset::new(read_bytes(&small)?, "_bg.wasm");
    // The glue names the Wasm only as a default that the loader overrides; it must still not point to nothing.
    let glue_text = read(&small_glue)?.replace(&name_of(&wasm_file), &wasm.name);
    let glue = Asset::new(glue_text.into_bytes(), ".js");
    let css = Asset::new(read_bytes(parts.css)?, ".css");
    let words = Asset::new(words(project)?, "-words-en-GB.json");
    for asset in [&wasm, &glue, &css, &words] {
        write(&new.join(&asset.name), &asset.bytes)?;
    }
    for other in files_below(parts.trunk) {
        let name = other.strip_prefix(parts.trunk).unwrap_or(&other).to_path_buf();
        if other != wasm_file
            && other != glue_file
            && name != Path::new("index.html")
            && name != Path::new(LOADER)
        {
            write(&new.join(name), read_bytes(&other)?)?;
        }
    }
    write(&new.join("index.html"), page(&read(&parts.trunk.join("index.html"))?)?)?;

    let mut all = Sha256::new();
    [&wasm, &glue, &css, &words].iter().for_each(|asset| all.update(&asset.bytes));
    let mut rules = Vec::new();
    for file in RULES {
        rules.push(hex(&Sha256::digest(read(&project.root.join(file))?), 32));
    }
    let build = json!({
        "glue": glue.facts(), "wasm": wasm.facts(), "css": css.facts(),
        "words": { "en-GB": words.facts() }, "rules": rules,
        "version": format!("{}+{}", env!("CARGO_PKG_VERSION"), hex(&all.finalize(), 6)),
    });
    write(&new.join(LOADER), loader(&project.root.join("public").join(LOADER), &build)?)?;
    if parts.release {
        let mut command = tools.command(project, "esbuild");
        command.args([
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--allow-overwrite",
            "--log-level=warning",
        ]);
        let file = new.join(LOADER);
        command.arg(&file).arg({
            let mut out = std::ffi::OsString::from("--outfile=");
            out.push(&file);
            out
        });
        Step::new(project, "shrink the loader").run(&mut command)?;
        compress(project, tools, &new)?;
    }
    let _ = std::fs::remove_dir_all(parts.dist);
    std::fs::rename(&new, parts.dist).map_err(|e| Failure::file("replace", parts.dist, &e))
}

/// The words of the questions and of the screen in one object; those of the screen win.
fn words(project: &Project) -> Result<Vec<u8>, Failure> {
    let mut all = serde_json::Map::new();
    for file in ["crates/engine/data/wording/en-GB.json", "src/wording/en-GB.json"] {
        let text = read(&project.root.join(file))?;
        let words: serde_json::Map<String, Value> =
            serde_json::from_str(&text).map_err(|error| Failure::new(format!("{file}: {error}")))?;
        all.extend(words);
    }
    // What is said of a suggestion to the family is on no page: `assess explain --family` writes it.
    all.retain(|key, _| !(key.starts_with("suggestion.") && key.ends_with(".family")));
    Ok(Value::Object(all).to_string().into_bytes())
}

struct Asset {
    name: String,
    bytes: Vec<u8>,
}

impl Asset {
    fn new(bytes: Vec<u8>, ending: &str) -> Self {
        Self { name: format!("common-assessment-{}{ending}", hex(&Sha256::digest(&bytes), 8)), bytes }
    }

    /// What the loader needs to fetch it and to refuse a changed one.
    fn facts(&self) -> Value {
        json!({ "href": self.name, "integrity": format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.bytes))) })
    }
}

fn hex(bytes: &[u8], count: usize) -> String {
    bytes.iter().take(count).map(|byte| format!("{byte:02x}")).collect()
}

fn loader(path: &Path, build: &Value) -> Result<String, Failure> {
    let text = read(path)?;
    if !text.contains(PLACEHOLDER) {
        return Err(Failure::new(format!(
            "{} must hold {PLACEHOLDER}, which the build replaces.",
            path.display()
        )));
    }
    Ok(text.replace(PLACEHOLDER, &build.to_string()))
}

/// The host page without Trunk's own tag, refused if the content security policy would break it.
fn page(text: &str) -> Result<String, Failure> {
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("data-trunk")).collect();
    let page = kept.join("\n") + "\n";
    let inline = ["<style", " style=", "<script>", " onclick=", " onload=", "javascript:"];
    match inline.iter().find(|part| page.contains(**part)) {
        Some(part) => Err(Failure::new(format!(
            "index.html holds `{}`, which the content security policy blocks. Move it into a file.",
            part.trim()
        ))),
        None => Ok(page),
    }
}

/// Passes that make the *compressed* Wasm small, found by adding one at a time to a real build and keeping what
/// helped. `-Oz` leaves 8 % fewer bytes before compression but 3 % more after it: it makes alike code unlike.
const PASSES: [&str; 12] = [
    "--duplicate-function-elimination",
    "--dce",
    "--vacuum",
    "--remove-unused-module-elements",
    "--remove-unused-brs",
    "--optimize-instructions",
    "--precompute",
    "--rse",
    "--simplify-locals-notee-nostructure",
    "--dealign",
    "--reorder-locals",
    "--vacuum",
];
/// What rustc turns on by itself and no more: with every feature on, wasm-opt may write what browsers lack.
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];
/// Makes Wasm and glue small. A copy of the Wasm that still names its functions stays behind for `budget`.
fn shrink(
    project: &Project,
    tools: &Toolbox,
    wasm: &Path,
    glue: &Path,
) -> Result<(PathBuf, PathBuf), Failure> {
    let (reached, named) = (project.scratch("reached.wasm"), named_wasm(project));
    let (small, small_glue) = (project.scratch("small.wasm"), project.scratch("small.js"));
    let wasm_opt = |from: &Path, to: &Path| {
        let mut command = tools.command(project, "wasm-opt");
        command.args(FEATURES).arg(from).arg("--output").arg(to);
        command
    };
    let mut border = tools.command(project, "node");
    border.arg("xtask/shrink.mjs").args([glue, wasm, &small_glue, &reached]);
    let mut passes = wasm_opt(&reached, &named);
    passes.args(PASSES).arg("--debuginfo");
    let mut order = tools.command(project, "node");
    order.arg("xtask/order.mjs").args([&named, &small]);
    for (title, mut command) in [
        ("shrink the glue, and the border between glue and Wasm", border),
        ("shrink the Wasm", passes),
        ("order the functions of the Wasm", order),
    ] {
        Step::new(project, title).advice("See what it says above.").run(&mut command)?;
    }
    Ok((small, small_glue))
}

/// The last release Wasm with the names of its functions.
pub(crate) fn named_wasm(project: &Project) -> PathBuf {
    project.scratch("named.wasm")
}

/// Brotli 11 by Node, which is here anyway and does it with native code.
fn compress(project: &Project, tools: &Toolbox, folder: &Path) -> Result<(), Failure> {
    let files = files_below(folder);
    let wanted = files.iter().filter(|file| {
        let ending = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        ["html", "js", "mjs", "css", "wasm", "json", "svg", "txt"].contains(&ending)
    });
    let mut command = tools.command(project, "node");
    command.arg("xtask/compress.mjs").args(wanted);
    Step::new(project, "compress (brotli 11)").run(&mut command).map(|_| ())
}

fn only(folder: &Path, ending: &str) -> Result<PathBuf, Failure> {
    let mut found: Vec<PathBuf> = files_below(folder)
        .into_iter()
        .filter(|file| {
            let name = name_of(file);
            file.parent() == Some(folder) && name.ends_with(ending) && name.starts_with("common-assessment-")
        })
        .collect();
    match (found.pop(), found.pop()) {
        (Some(file), None) => Ok(file),
        _ => Err(Failure::new(format!(
            "Trunk should have left exactly one common-assessment-…{ending} in {}. Check the rust link in index.html.",
            folder.display()
        ))),
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|e| Failure::file("read", path, &e))
}
