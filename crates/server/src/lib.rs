//! The reference backend: receives assessments, checks and evaluates them again, and stores them.
//!
//! ```text
//! request ─► respond (id, headers, log) ─► catch a panic ─► guard (host, site) ─► admission (who, how often) ─► routes
//!                                                                                                              │
//!                                                    evaluation (engine) ◄── assessments, drafts ─► store ◄────┘
//! ```
//!
//! Invariants:
//! - **The browser is not trusted**: answers are parsed, checked and evaluated here, with this server's date and rule pack.
//! - **Acknowledged means durable**, and nothing is stored in part: record, key and audit entry are one unit of work.
//! - **Append only.** No operation changes or removes a record, but for erasing what may no longer be kept: that is a way of
//!   its own ([`retention`]), which the database guards and which leaves a tombstone.
//! - **Nobody acts anonymously**: each handler and each repository takes an [`actor::Actor`].
//! - **Nothing of a form in logs, addresses or refusals**: only ids, question paths and codes.
//!
//! What is not here: TLS (the proxy's job), words for people.

use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

pub mod actor;
mod admission;
pub mod assessments;
mod assets;
pub mod backup;
pub mod body;
mod caller;
pub mod clock;
pub mod commands;
mod contract;
pub mod delivering;
mod digest;
pub mod drafts;
mod episodes;
mod error;
pub mod evaluation;
mod guard;
pub mod headers;
pub mod identifier;
mod in_flight;
mod keeping_out;
pub mod limits;
pub mod metrics;
pub mod operations;
mod operators;
mod origin;
mod own_page;
pub mod partners;
mod people;
mod precondition;
mod readiness;
mod replaying;
mod respond;
pub mod retention;
mod revalidate;
mod routes;
pub mod serve;
pub mod settings;
pub mod sign_in;
mod spreadsheet;
pub mod staff;
pub mod startup;
mod state;
pub mod store;
mod subject_access;
mod submission;
pub mod take_up;
mod team;
mod team_part;
pub mod traces;
pub mod webhooks;

use partners::cross_origin;

pub use operators::operators;
pub use routes::{
    access::{Needs, OPERATIONS, PAGES},
    openapi::document as openapi_document,
};
pub use state::Setup;

/// The whole application: interface and files, with every guard. The program and the tests run the same one.
pub fn app(setup: Setup) -> Router {
    let state = state::AppState::new(setup);
    let app = routes::table()
        .split_for_parts()
        .0
        .route_layer(middleware::from_fn_with_state(state.clone(), admission::admit))
        .merge(routes::pages())
        .fallback(assets::file)
        .layer(guard::cross_site_layer(&state.partners))
        .layer(middleware::from_fn_with_state(state.clone(), guard::own_host))
        .layer(CatchPanicLayer::custom(respond::after_panic))
        .layer(middleware::from_fn(contract::speak));
    // Without partners nobody's page is told anything, and `OPTIONS` is a method like any other.
    let app = match state.partners.iter().next() {
        Some(_) => app.layer(cross_origin::layer(&state.partners)),
        None => app,
    };
    app.layer(middleware::from_fn(cross_origin::without_cookies))
        .layer(middleware::from_fn_with_state(state.clone(), respond::finish))
        .with_state(state)
}
