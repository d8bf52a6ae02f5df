//! The whole route table on one screen. The OpenAPI document is made from the same table.
//!
//! To add an operation: types and a path in `assessment-api`, a file `routes/<resource>/<operation>.rs`, a line here, and a
//! test in the same file of `tests/server/routes/`.

use assessment_api::path;
use axum::{Router, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::AppState;

pub(crate) mod access;
mod assessments;
mod audit;
mod drafts;
mod embed;
mod episodes;
mod evaluations;
mod health;
mod me;
pub(crate) mod openapi;
mod page;
mod partners;
mod people;
mod profile;
mod register;
mod retention;
mod rule_pack;
mod session;
mod staff;

/// Every page that is neither a file nor an operation. [`access::PAGES`] says what somebody needs for it.
pub(crate) fn pages() -> Router<AppState> {
    Router::new().route(path::EMBED, get(embed::page))
}

/// Every operation under `/api`.
pub(crate) fn table() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(assessments::submit::submit, assessments::list::list))
        .routes(routes!(assessments::read::read))
        .routes(routes!(evaluations::evaluate))
        .routes(routes!(drafts::list::list))
        .routes(routes!(drafts::save::save, drafts::read::read, drafts::delete::delete))
        .routes(routes!(episodes::list::list))
        .routes(routes!(episodes::read::read, episodes::erase::erase))
        .routes(routes!(episodes::versions::list))
        .routes(routes!(episodes::versions::read))
        .routes(routes!(episodes::versions::compare))
        .routes(routes!(episodes::members::list, episodes::members::invite))
        .routes(routes!(episodes::members::end))
        .routes(routes!(episodes::access_log::read))
        .routes(routes!(episodes::notes::list, episodes::notes::add))
        .routes(routes!(episodes::team_records::list::list))
        .routes(routes!(episodes::team_records::read::read, episodes::team_records::save::save))
        .routes(routes!(episodes::team_records::complete::complete))
        .routes(routes!(episodes::team_records::kept_versions::list))
        .routes(routes!(episodes::team_records::calendar::read))
        .routes(routes!(episodes::team_records::circulate::circulate))
        .routes(routes!(episodes::proposals::list))
        .routes(routes!(episodes::timeline::read))
        .routes(routes!(episodes::family_page::read))
        .routes(routes!(episodes::closing::close))
        .routes(routes!(episodes::closing::reopen))
        .routes(routes!(episodes::hand_over::hand_over))
        .routes(routes!(episodes::merging::merge, episodes::merging::undo))
        .routes(routes!(episodes::merging::look))
        .routes(routes!(episodes::exclusions::exclude))
        .routes(routes!(episodes::exclusions::lift))
        .routes(routes!(episodes::referral::refer, episodes::referral::sent))
        .routes(routes!(episodes::referral::written))
        .routes(routes!(episodes::referral::not_written))
        .routes(routes!(episodes::referral::answer))
        .routes(routes!(episodes::lead::step_up))
        .routes(routes!(episodes::lead::step_down))
        .routes(routes!(episodes::transfer::begin))
        .routes(routes!(episodes::transfer::cancel))
        .routes(routes!(episodes::transfer::finish))
        .routes(routes!(episodes::hold::place))
        .routes(routes!(episodes::hold::lift))
        .routes(routes!(episodes::subject_access::open))
        .routes(routes!(episodes::subject_access::export, episodes::subject_access::close))
        .routes(routes!(retention::due::list))
        .routes(routes!(retention::exceptions::list))
        .routes(routes!(people::search::search))
        .routes(routes!(people::matches::matches))
        .routes(routes!(people::read::read))
        .routes(routes!(people::not_the_same::keep_apart))
        .routes(routes!(people::merge_people::merge))
        .routes(routes!(people::undo_merge::undo))
        .routes(routes!(people::families::read, people::families::change))
        .routes(routes!(staff::list::list))
        .routes(routes!(staff::shut_out::shut_out, staff::shut_out::let_in))
        .routes(routes!(partners::webhooks::list))
        .routes(routes!(partners::replay::replay))
        .routes(routes!(people::duplicates::list))
        .routes(routes!(me::read::read, me::save::save))
        .routes(routes!(me::due::list))
        .routes(routes!(register::list::list))
        .routes(routes!(register::export::export))
        .routes(routes!(register::take_up::read))
        .routes(routes!(register::take_up::export))
        .routes(routes!(register::story::read, register::story::write, register::story::erase))
        .routes(routes!(audit::read))
        .routes(routes!(audit::looks::list))
        .routes(routes!(session::read::read, session::keep::keep, session::end::end))
        .routes(routes!(session::begin::begin))
        .routes(routes!(session::callback::callback))
        .routes(routes!(session::demo::people))
        .routes(routes!(session::demo::choose))
        .routes(routes!(profile::profile))
        .routes(routes!(rule_pack::rule_pack))
        .routes(routes!(health::health))
        .routes(routes!(openapi::openapi))
}
