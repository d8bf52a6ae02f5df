//! The three sources of settings and their order of strength; and, for `--check-config`, everything that is wrong in them.

use std::path::Path;

use figment::{
    Error, Figment, Metadata, Profile, Provider,
    error::Kind,
    providers::{Env, Format as _, Serialized, Toml},
    value::{Dict, Map, Value},
};

use crate::partners::NotPartners;

use super::{ENVIRONMENT, Refused, Settings, allowed, arguments::Arguments, database};

/// Reads the settings.
pub(super) fn read(text: &str, arguments: &Arguments, file: Option<&Path>) -> Result<Settings, Refused> {
    let elsewhere = database::from_environment()?;
    let gathered = gathered(text, elsewhere, arguments, &[]);
    gathered.extract().map_err(|error| Refused::value(&error, file))
}

/// Everything that is wrong with the settings, and the settings without it.
///
/// What cannot be read is noted, left out, and the rest is read again, until it can be.
pub(super) fn every_fault(
    text: &str,
    arguments: &Arguments,
    file: Option<&Path>,
) -> (Option<Settings>, Vec<Refused>) {
    let (elsewhere, mut faults) = match database::from_environment() {
        Ok(elsewhere) => (elsewhere, Vec::new()),
        Err(fault) => (Figment::new(), vec![fault]),
    };
    let mut left_out: Vec<Vec<String>> = Vec::new();
    let settings = loop {
        match gathered(text, elsewhere.clone(), arguments, &left_out).extract::<Settings>() {
            Ok(settings) => break settings,
            Err(error) => {
                faults.push(Refused::value(&error, file));
                let place = place(&error);
                if place.is_empty() || left_out.contains(&place) {
                    return (None, faults);
                }
                left_out.push(place);
            }
        }
    };
    faults.extend(allowed::database(&settings).err());
    // Somebody who wrote [sign_in] with a mistake need not hear that there is none.
    let identity = ["sign_in", "bearer", "demo_identity"];
    let tried = left_out.iter().flat_map(|place| place.first()).any(|name| identity.contains(&name.as_str()));
    let more = allowed::faults(&settings);
    let no_bearer = left_out.iter().any(|place| place.first().is_some_and(|name| name == "bearer"));
    // The same of a partner whose [[bearer]] has a mistake.
    let follows = |fault: &Refused| match fault {
        Refused::NoSignIn => tried,
        Refused::Partners(NotPartners::UnknownIssuer { .. }) => no_bearer,
        _ => false,
    };
    faults.extend(more.into_iter().filter(|fault| !follows(fault)));
    (Some(settings), faults)
}

fn gathered(text: &str, elsewhere: Figment, arguments: &Arguments, left_out: &[Vec<String>]) -> Figment {
    Figment::from(Serialized::defaults(Settings::default()))
        .merge(Without(Toml::string(text), left_out))
        .merge(Without(elsewhere, left_out))
        .merge(Without(Env::prefixed(ENVIRONMENT).ignore(&["settings"]), left_out))
        .merge(Without(Serialized::defaults(arguments), left_out))
}

/// Where the mistake is: the names from the outermost on.
fn place(error: &Error) -> Vec<String> {
    let mut place = error.path.clone();
    if let Kind::UnknownField(name, _) = &error.kind
        && place.last() != Some(name)
    {
        place.push(name.clone());
    }
    place
}

/// A source without what is wrong in it.
struct Without<'a, P>(P, &'a [Vec<String>]);

impl<P: Provider> Provider for Without<'_, P> {
    fn metadata(&self) -> Metadata {
        self.0.metadata()
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let mut data = self.0.data()?;
        for dict in data.values_mut() {
            for place in self.1 {
                remove(dict, place);
            }
        }
        Ok(data)
    }

    fn profile(&self) -> Option<Profile> {
        self.0.profile()
    }
}

fn remove(dict: &mut Dict, place: &[String]) {
    match (place, place.first().and_then(|name| dict.get_mut(name))) {
        ([_, rest @ ..], Some(Value::Dict(_, inner))) if !rest.is_empty() => remove(inner, rest),
        // The end of the way, or a list: a mistake in a list leaves out all of it.
        ([name, ..], Some(_)) => {
            dict.remove(name);
        }
        _ => {}
    }
}
