//! Section 6, one row for each service that works with the child.

use assessment_form::{Kind, group};

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// A service.
    pub struct ServiceInvolved of Caf as "services_involved" {
        /// Which service.
        service: String => Question::choice(&["svc_type"], "services").needed().carried(),
        /// Which other service.
        #[validate(length(max = 140))]
        service_other: String => Question::text(&["svc_type"]).asked_when(is_other).carried(),
        /// Name and contact details.
        #[validate(length(max = 200))]
        details: String => Question::text(&["svc_details"]).carried(),
        /// Whom to speak to there.
        #[validate(length(max = 140))]
        contact_name: String =>
            Question::text(&["svc_details"]).holds(Detail::Name(Whom::Professionals)).carried(),
        /// Their phone number.
        #[validate(length(max = 80))]
        contact_phone: String => Question::of(&["svc_details"], Kind::Phone).holds(Detail::Phone).carried(),
        /// Involved now, before, waiting or wanted.
        status: String => Question::choice(&["svc_status"], "service_status"),
        /// Whether the family agrees that we contact it and share with it.
        may_share: String => Question::choice(&["svc_consent"], "yes_no").needed_when(share_matters),
    }
}

fn is_other(scope: &Scope<'_>) -> bool {
    scope.service().is_some_and(|service| matches!(service.service.as_str(), "other" | "vcs_other"))
}

/// Asked before anything is shared; a service that is only wanted has nobody to share with yet.
fn share_matters(scope: &Scope<'_>) -> bool {
    scope.service().is_some_and(|service| matches!(service.status.as_str(), "now" | "waiting"))
}
