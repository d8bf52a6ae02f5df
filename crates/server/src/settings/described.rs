//! Every setting in a line, for `docs/operations.md`; a test compares the table there with this one.

use std::fmt::Write as _;

use super::ENVIRONMENT;

/// A setting.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name in the settings file.
    pub key: &'static str,
    /// Where else it can be set.
    pub also: Also,
    /// What it is.
    pub what: &'static str,
    /// What holds without it.
    pub without: &'static str,
}

/// Where a setting can be set besides the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Also {
    /// By an argument and a variable.
    Anywhere,
    /// By a variable.
    Variable,
    /// Nowhere: a table with lines of its own.
    Nowhere,
}

use Also::{Anywhere, Nowhere, Variable};

const fn setting(key: &'static str, also: Also, what: &'static str, without: &'static str) -> Setting {
    Setting { key, also, what, without }
}

/// Every setting.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = &[
    setting("demo_identity", Anywhere, "Everyone is the same invented practitioner; on a loopback address only", "`false`"),
    setting("listen", Anywhere, "Where to listen", "`127.0.0.1:8080`"),
    setting("public_url", Anywhere, "The address under which people reach the server, such as `https://caf.council.example`; needed for `[sign_in]`", "none"),
    setting("database", Anywhere, "An SQLite file, or `postgres://ROLE@HOST/NAME`; `DATABASE_URL` comes after the variable and before the file", "`data/assessments.sqlite3`"),
    setting("database_owner", Anywhere, "The role that owns the tables in PostgreSQL", "none, and then the tables must be up to date"),
    setting("assets", Anywhere, "The folder with the built form", "`dist`"),
    setting("profile", Anywhere, "The authority's profile, a JSON file", "built in"),
    setting("rule_pack", Anywhere, "The rule pack, a JSON file", "built in"),
    setting("today", Anywhere, "Another day, to show or test a case; with the demo identity only", "today"),
    setting("front_door", Variable, "The organisation that takes referrals, by the code that sign-in gives its people", "none, and then no record is opened to the front door"),
    setting("log", Anywhere, "`error`, `warn`, `info`, `debug` or `trace`", "`info`"),
    setting("operator_listen", Anywhere, "A second address, for operators only: `/metrics`, `/live` and `/ready`. Never let the public reach it", "none"),
    setting("traces", Anywhere, "Where spans are sent, by OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`", "none"),
    setting("trusted_proxies", Anywhere, "Addresses or networks of the proxies whose `X-Forwarded-For` is believed, with commas between", "nobody's is believed"),
    setting("drain_seconds", Anywhere, "How long to go on serving after being told to stop, while readiness says no; a second signal ends it", "`0`"),
    setting("webhook_days", Variable, "For how many days the list of webhooks has those that were delivered", "`30`"),
    setting("sign_in", Nowhere, "Your OpenID Connect provider: see [Sign-in](#sign-in)", "none"),
    setting("bearer", Nowhere, "Portals whose access tokens are accepted: see [Sign-in](#sign-in)", "none"),
    setting("partners", Nowhere, "Whose portals may embed the form: see [Partners](#partners)", "none"),
    setting("sessions", Nowhere, "`idle_minutes` (5 to 60) and `longest_hours` (1 to 24)", "`15` and `12`"),
    setting("limits", Nowhere, "How often somebody may ask: see [Limits](#limits)", "the usual ones; none with the demo identity"),
];

impl Setting {
    /// The argument, if there is one.
    #[must_use]
    pub fn argument(&self) -> Option<String> {
        (self.also == Anywhere).then(|| format!("--{}", self.key.replace('_', "-")))
    }

    /// The variable, if there is one.
    #[must_use]
    pub fn variable(&self) -> Option<String> {
        (self.also != Nowhere).then(|| format!("{ENVIRONMENT}{}", self.key.to_uppercase()))
    }
}

/// The table in Markdown.
#[must_use]
pub fn table() -> String {
    let mut text =
        "| In the file | Argument | Variable | What it is | Without it |\n|---|---|---|---|---|\n".to_owned();
    let code = |text: Option<String>| text.map(|text| format!("`{text}`")).unwrap_or_default();
    for one in SETTINGS {
        let (argument, variable) = (code(one.argument()), code(one.variable()));
        // Writing to a String cannot fail.
        let _ =
            writeln!(text, "| `{}` | {argument} | {variable} | {} | {} |", one.key, one.what, one.without);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::settings::{Settings, arguments::Arguments};

    #[test]
    fn every_setting_is_described_and_nothing_else() {
        let settings = serde_json::to_value(Settings::default()).unwrap_or_default();
        let known: BTreeSet<&str> =
            settings.as_object().into_iter().flatten().map(|(key, _)| &**key).collect();
        let described: BTreeSet<&str> = SETTINGS.iter().map(|one| one.key).collect();
        assert_eq!(described, known);
    }

    #[test]
    fn every_argument_that_sets_something_is_described() {
        let command = Arguments::command();
        let names = command.get_arguments().filter_map(|one| one.get_long()).map(|name| format!("--{name}"));
        let others = ["--settings", "--check-config"];
        let known: BTreeSet<String> = names.filter(|name| !others.contains(&name.as_str())).collect();
        let described: BTreeSet<String> = SETTINGS.iter().filter_map(Setting::argument).collect();
        assert_eq!(described, known);
    }
}
