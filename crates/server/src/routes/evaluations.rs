//! `POST /api/v1/evaluations`: the outcome of answers that may be incomplete, with all reasons. Nothing of them is stored or
//! logged. For other systems, and to check that server and browser agree.

use assessment_api::{evaluation::NewEvaluation, path, problem::ProblemDetails, problem::ProblemItem};
use assessment_form::parse_day;
use assessment_people::access::{Action, Resource};
use axum::{
    extract::State,
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use crate::{
    body::JsonBody,
    clock,
    episodes::{self, Asking},
    error::ApiError,
    evaluation::Evaluator,
    state::AppState,
    submission,
};

/// Evaluate answers
///
/// The outcome in canonical form: the same answers, day and rules give the same bytes here, in the browser and on the
/// command line.
#[utoipa::path(
    post,
    operation_id = "evaluate_answers",
    path = path::EVALUATIONS,
    request_body(content = NewEvaluation, description = "At most 1 MiB of UTF-8, at most 64 deep, no name twice."),
    responses(
        (status = 200, description = "The three results, urgent actions, prompts, findings and reasons.", body = Object),
        (status = 400, description = "Not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "From another site's page, or your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable as it is; `problems` names questions and codes.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn evaluate(
    State(state): State<AppState>,
    asking: Asking,
    body: JsonBody,
) -> Result<Response, ApiError> {
    episodes::permitted(&*state.store, &asking, Action::Evaluate, &Resource::Nothing).await?;
    let asked = submission::read_evaluation(body.text()?).map_err(ApiError::wrong_shape)?;
    if !Evaluator::accepts(&asked.form_version) {
        return Err(ApiError::unknown_form_version());
    }
    let today = match &asked.as_of {
        Some(text) => parse_day(text),
        None => Some(clock::date_in_england(state.clock.now())),
    };
    let today = today.ok_or_else(|| ApiError::wrong_shape(vec![ProblemItem::new("as_of", "wrong-kind")]))?;
    let outcome = state
        .evaluator
        .evaluate(asked.answers, today)
        .map_err(|problems| ApiError::answers_refused(problems, today))?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], outcome).into_response())
}
