//! Addresses of the HTTP interface. Not a router: the server's route table is in `assessment-server`.

/// Where the interface is on the server that also serves the form. Every other path but [`EMBED`] starts with it.
pub const BASE: &str = "/api/v1";
/// The form for the frame of a partner's portal. A page beside the interface, not a part of it.
pub const EMBED: &str = "/embed/{partner}";
/// `POST` sends an assessment; `GET` lists what was received, newest first.
pub const ASSESSMENTS: &str = "/api/v1/assessments";
/// Template of [`assessment`]: `GET` reads one assessment.
pub const ASSESSMENT: &str = "/api/v1/assessments/{id}";
/// `POST` evaluates answers that may be incomplete; nothing is stored.
pub const EVALUATIONS: &str = "/api/v1/evaluations";
/// `GET` lists drafts, last saved first.
pub const DRAFTS: &str = "/api/v1/drafts";
/// Template of [`draft`]: `PUT` saves, `GET` reads and `DELETE` deletes one draft.
pub const DRAFT: &str = "/api/v1/drafts/{id}";
/// `POST` looks for people. What is looked for is in the body.
pub const PEOPLE_SEARCH: &str = "/api/v1/people/search";
/// `POST` asks whether a child is known already.
pub const PEOPLE_MATCHES: &str = "/api/v1/people/matches";
/// `GET` reads what is known of a person.
pub const PERSON: &str = "/api/v1/people/{id}";
/// `POST` says that a person is not another one.
pub const PERSON_NOT_THE_SAME: &str = "/api/v1/people/{id}/not-the-same";
/// `POST` joins another record of the same person into this one.
pub const PERSON_MERGES: &str = "/api/v1/people/{id}/merges";
/// `DELETE` takes such a join back.
pub const PERSON_MERGE: &str = "/api/v1/people/{id}/merges/{merge}";
/// `GET` reads the families to which a person belongs; `POST` changes one, or begins one.
pub const PERSON_FAMILIES: &str = "/api/v1/people/{id}/families";
/// `GET` lists somebody's work: episodes, urgent ones first.
pub const EPISODES: &str = "/api/v1/episodes";
/// Template of [`episode`]: `GET` opens one episode.
pub const EPISODE: &str = "/api/v1/episodes/{id}";
/// `GET` lists its versions.
pub const VERSIONS: &str = "/api/v1/episodes/{id}/versions";
/// `GET` reads the answers of one version.
pub const VERSION: &str = "/api/v1/episodes/{id}/versions/{number}";
/// `GET` compares a version with an older one.
pub const DIFFERENCES: &str = "/api/v1/episodes/{id}/versions/{number}/differences";
/// `GET` lists who was let in; `POST` invites somebody.
pub const MEMBERS: &str = "/api/v1/episodes/{id}/members";
/// `DELETE` ends somebody's access.
pub const MEMBER: &str = "/api/v1/episodes/{id}/members/{member}";
/// `GET` reads what people said; `POST` says something.
pub const NOTES: &str = "/api/v1/episodes/{id}/notes";
/// `POST` closes an episode.
pub const CLOSURE: &str = "/api/v1/episodes/{id}/closure";
/// `POST` opens it again.
pub const REOPENING: &str = "/api/v1/episodes/{id}/reopening";
/// `POST` says that social care has taken the lead.
pub const STEP_UP: &str = "/api/v1/episodes/{id}/step-up";
/// `POST` takes the lead back from social care.
pub const STEP_DOWN: &str = "/api/v1/episodes/{id}/step-down";
/// `POST` asks another council to take it over.
pub const TRANSFER: &str = "/api/v1/episodes/{id}/transfer";
/// `POST` takes that back.
pub const TRANSFER_CANCELLED: &str = "/api/v1/episodes/{id}/transfer/cancelled";
/// `POST` says that the other council has accepted.
pub const TRANSFER_FINISHED: &str = "/api/v1/episodes/{id}/transfer/finished";
/// `PUT` gives it to another organisation.
pub const HOLDER: &str = "/api/v1/episodes/{id}/holder";
/// `POST` makes it part of another episode; `DELETE` undoes that.
pub const EPISODE_MERGE: &str = "/api/v1/episodes/{id}/merge";
/// `POST` says that what came late from an episode that is part of this one was looked at.
pub const LOOKED_AT: &str = "/api/v1/episodes/{id}/looked-at";
/// `POST` says who must not be told.
pub const EXCLUSIONS: &str = "/api/v1/episodes/{id}/exclusions";
/// `POST` says who may be told again.
pub const EXCLUSIONS_LIFTED: &str = "/api/v1/episodes/{id}/exclusions/lifted";
/// `GET` lists the plan, the meetings and the reviews of the team.
pub const TEAM_RECORDS: &str = "/api/v1/episodes/{id}/team-records";
/// Template of [`team_record`]: `GET` reads one, `PUT` saves it.
pub const TEAM_RECORD: &str = "/api/v1/episodes/{id}/team-records/{kind}/{number}";
/// `POST` completes one: the plan is agreed, the minutes or the review are finished.
pub const TEAM_COMPLETION: &str = "/api/v1/episodes/{id}/team-records/{kind}/{number}/completion";
/// `GET` lists what was sent of it and not merged.
pub const TEAM_KEPT: &str = "/api/v1/episodes/{id}/team-records/{kind}/{number}/kept";
/// `GET` gives a meeting as a calendar file.
pub const MEETING_CALENDAR: &str = "/api/v1/episodes/{id}/team-records/meeting/{number}/calendar";
/// `POST` writes down who was sent the minutes.
pub const MEETING_CIRCULATIONS: &str = "/api/v1/episodes/{id}/team-records/meeting/{number}/circulations";
/// `GET` lists starting points for the plan.
pub const PROPOSALS: &str = "/api/v1/episodes/{id}/proposals";
/// `GET` tells what happened and what is due.
pub const TIMELINE: &str = "/api/v1/episodes/{id}/timeline";
/// `GET` reads what somebody of the family reads of the plan.
pub const FAMILY_PAGE: &str = "/api/v1/episodes/{id}/family-page";
/// `GET` reads what was sent to social care; `POST` asks it for help.
pub const REFERRAL: &str = "/api/v1/episodes/{id}/referral";
/// `POST` says that the written form of a referral was sent.
pub const REFERRAL_WRITTEN: &str = "/api/v1/episodes/{id}/referral/written";
/// `POST` says that it was not, although somebody had said so.
pub const REFERRAL_NOT_WRITTEN: &str = "/api/v1/episodes/{id}/referral/not-written";
/// `POST` answers a referral for the front door.
pub const REFERRAL_ANSWER: &str = "/api/v1/episodes/{id}/referral/answer";
/// `GET` lists what a partner's server was told.
pub const WEBHOOKS: &str = "/api/v1/partners/{id}/webhooks";
/// `POST` tells it once more.
pub const WEBHOOK_REPLAY: &str = "/api/v1/partners/{id}/webhooks/{delivery}/replay";
/// `GET` lists the people who sign in here.
pub const STAFF: &str = "/api/v1/staff";
/// `POST` shuts somebody out; `DELETE` lets them in again.
pub const SHUT_OUT: &str = "/api/v1/staff/{id}/shut-out";
/// `GET` says who has seen the record, when and why.
pub const ACCESS_LOG: &str = "/api/v1/episodes/{id}/access-log";
/// `POST` says that an episode must not be erased.
pub const HOLDS: &str = "/api/v1/episodes/{id}/holds";
/// `DELETE` lifts that.
pub const HOLD: &str = "/api/v1/episodes/{id}/holds/{hold}";
/// `POST` writes down that somebody asked for what is held about the child.
pub const ACCESS_REQUESTS: &str = "/api/v1/episodes/{id}/subject-access";
/// `GET` prepares what they have a right to; `DELETE` closes the request.
pub const ACCESS_REQUEST: &str = "/api/v1/episodes/{id}/subject-access/{request}";
/// `GET` lists what is due to be erased, and what is due and kept.
pub const RETENTION_DUE: &str = "/api/v1/retention/due";
/// `GET` lists what keeps records whatever their period says.
pub const RETENTION_KEPT: &str = "/api/v1/retention/kept";
/// `GET` reads and `PUT` saves everybody's own page.
pub const ME: &str = "/api/v1/me";
/// `GET` lists what is due in somebody's episodes, without a name.
pub const DUE: &str = "/api/v1/me/due";
/// `GET` lists the episodes of the authority.
pub const REGISTER: &str = "/api/v1/register";
/// `GET` gives the same as a file.
pub const REGISTER_EXPORT: &str = "/api/v1/register/export";
/// `GET` reads take-up and outcomes of the area, quarter by quarter.
pub const TAKE_UP: &str = "/api/v1/register/take-up";
/// `GET` gives the same as a file.
pub const TAKE_UP_EXPORT: &str = "/api/v1/register/take-up/export";
/// `GET` reads and `PUT` writes the story behind one number of it.
pub const TAKE_UP_STORY: &str = "/api/v1/register/take-up/{quarter}/{measure}/story";
/// `GET` lists pairs of people who may be one.
pub const DUPLICATES: &str = "/api/v1/duplicates";
/// `GET` reads the audit trail of everybody.
pub const AUDIT: &str = "/api/v1/audit";
/// `GET` lists looks that somebody should ask about.
pub const AUDIT_LOOKS: &str = "/api/v1/audit/looks";
/// The authority profile: name, terms, contacts and time scales.
pub const PROFILE: &str = "/api/v1/profile";
/// The rule pack with which this server evaluates.
pub const RULE_PACK: &str = "/api/v1/rule-pack";
/// Whether the server can work.
pub const HEALTH: &str = "/api/v1/health";
/// `GET` says who is asking; `POST` as well, and keeps them signed in; `DELETE` signs out.
pub const SESSION: &str = "/api/v1/session";
/// `GET` sends the browser to the authority's sign-in page, and back to `return_to` afterwards.
pub const SIGN_IN: &str = "/api/v1/sign-in";
/// Where the sign-in page sends the browser back to.
pub const SIGN_IN_CALLBACK: &str = "/api/v1/sign-in/callback";
/// The invented people of the demo. Only there.
pub const DEMO_PEOPLE: &str = "/api/v1/demo/people";
/// `POST` makes one of them the person who is asking. Only in the demo.
pub const DEMO_SESSION: &str = "/api/v1/demo/session";
/// The description of this interface, OpenAPI 3.1.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// The address of one assessment.
#[must_use]
pub fn assessment(id: &str) -> String {
    format!("{ASSESSMENTS}/{id}")
}

/// The address of one draft. The id is a random UUID that the browser chose.
#[must_use]
pub fn draft(id: &str) -> String {
    format!("{DRAFTS}/{id}")
}

/// The address of one episode.
#[must_use]
pub fn episode(id: &str) -> String {
    format!("{EPISODES}/{id}")
}

/// The address of one team record.
#[must_use]
pub fn team_record(episode: &str, kind: &str, number: u32) -> String {
    format!("{EPISODES}/{episode}/team-records/{kind}/{number}")
}

/// The same path where a host offers the interface under a base of its own, such as `https://portal.example/caf/v1`.
/// A slash at the end of the base makes no difference.
#[must_use]
pub fn under(base: &str, path: &str) -> String {
    format!("{}{}", base.trim_end_matches('/'), path.strip_prefix(BASE).unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_starts_with_the_base() {
        let paths =
            [ASSESSMENTS, ASSESSMENT, EVALUATIONS, DRAFTS, DRAFT, PROFILE, RULE_PACK, HEALTH, OPENAPI];
        let episodes = [EPISODES, EPISODE, VERSIONS, VERSION, DIFFERENCES, MEMBERS, MEMBER, ACCESS_LOG];
        let changes = [
            NOTES,
            CLOSURE,
            REOPENING,
            HOLDER,
            EPISODE_MERGE,
            LOOKED_AT,
            EXCLUSIONS,
            EXCLUSIONS_LIFTED,
            REFERRAL,
            REFERRAL_WRITTEN,
            REFERRAL_NOT_WRITTEN,
            REFERRAL_ANSWER,
            STAFF,
            SHUT_OUT,
            WEBHOOKS,
            WEBHOOK_REPLAY,
        ];
        let sign_in = [SESSION, SIGN_IN, SIGN_IN_CALLBACK, DEMO_PEOPLE, DEMO_SESSION];
        let keeping = [HOLDS, HOLD, ACCESS_REQUESTS, ACCESS_REQUEST, RETENTION_DUE, RETENTION_KEPT];
        let people = [
            PEOPLE_SEARCH,
            PEOPLE_MATCHES,
            PERSON,
            PERSON_NOT_THE_SAME,
            PERSON_MERGES,
            PERSON_MERGE,
            PERSON_FAMILIES,
        ];
        let lists = [ME, REGISTER, REGISTER_EXPORT, TAKE_UP, TAKE_UP_EXPORT, DUPLICATES, AUDIT, AUDIT_LOOKS];
        let team = [
            TEAM_RECORDS,
            TEAM_RECORD,
            TEAM_COMPLETION,
            TEAM_KEPT,
            MEETING_CALENDAR,
            MEETING_CIRCULATIONS,
            PROPOSALS,
            TIMELINE,
            FAMILY_PAGE,
            DUE,
            TAKE_UP_STORY,
        ];
        for path in paths
            .into_iter()
            .chain(team)
            .chain(sign_in)
            .chain(episodes)
            .chain(changes)
            .chain(people)
            .chain(lists)
            .chain(keeping)
        {
            assert!(path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/')), "{path}");
        }
    }

    #[test]
    fn templates_match_the_addresses_made_from_them() {
        assert_eq!(ASSESSMENT.replace("{id}", "7"), assessment("7"));
        assert_eq!(DRAFT.replace("{id}", "7"), draft("7"));
        assert_eq!(EPISODE.replace("{id}", "7"), episode("7"));
        let plan = TEAM_RECORD.replace("{id}", "7").replace("{kind}", "plan").replace("{number}", "1");
        assert_eq!(plan, team_record("7", "plan", 1));
    }

    #[test]
    fn a_host_can_offer_the_interface_under_its_own_base() {
        assert_eq!(under("/api/v1", ASSESSMENTS), ASSESSMENTS);
        for base in ["https://portal.example/caf", "https://portal.example/caf/"] {
            assert_eq!(under(base, &draft("7")), "https://portal.example/caf/drafts/7");
        }
    }
}
