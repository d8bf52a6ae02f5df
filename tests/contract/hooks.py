"""What the description of the interface cannot say.

A right request by the description may still be refused for one of these reasons, and that is no finding. Every other
refusal of a right request is one.
"""

import json
import re
from urllib.parse import unquote

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

# By operation and code, and the members that the refusal may name; any where there are none.
BEYOND = {
    # What a complete record must have follows from what else it says, and from the day.
    ("submit_assessment", "answers-refused"): (),
    # A date that nobody can read as one.
    ("evaluate_answers", "answers-refused"): (),
    # The key belongs to another body already.
    ("submit_assessment", "idempotency-key-reused"): (),
    # Text that must have a letter or digit, of any script.
    ("submit_assessment", "wrong-shape"): ("episode.reason",),
    ("search_people", "search-refused"): ("text",),
    ("match_people", "wrong-shape"): ("child",),
    ("reopen_episode", "wrong-shape"): ("reason",),
    ("lift_exclusion", "wrong-shape"): ("reason",),
    ("shut_somebody_out", "wrong-shape"): ("reason",),
    # Words, and a level, that are needed with some codes and not allowed with others.
    ("add_note", "wrong-shape"): ("level", "words"),
    ("close_episode", "wrong-shape"): ("words", "why_safe", "settled"),
    ("step_down_episode", "wrong-shape"): ("why", "still_needed"),
    ("take_back_written_referral", "wrong-shape"): ("reason",),
    # Names with a letter, a reason where somebody leaves, and members of the family that was seen.
    ("change_family", "wrong-shape"): (
        *("reason", "leave[]", "add[].name", "add[].record", "add[].instead_of", "add[].shared_parents[].name"),
        *(f"{list}[].{member}" for list in ("relate", "unrelate") for member in ("person", "to")),
        "protect[].member",
    ),
    # A code of the form's list, and words that are needed with it.
    ("begin_transfer", "wrong-shape"): ("lawful_reason", "words"),
    ("cancel_transfer", "wrong-shape"): ("reason",),
    # Only an action can be done, a meeting has a number, and each thing is named once.
    ("finish_transfer", "wrong-shape"): ("accepted", "settled"),
    # The form follows from the address, and what it asks from what else is answered; a correction gives a reason, and what
    # is settled must be there.
    ("save_team_record", "unknown-form-version"): (),
    ("save_team_record", "answers-refused"): (),
    ("save_team_record", "wrong-shape"): ("reason", "settles"),
    ("complete_team_record", "record-incomplete"): (),
    # Names, and a day that has been.
    ("circulate_minutes", "wrong-shape"): ("to", "sent_on"),
    # A telephone number, a code of a list, a day that has been.
    ("save_own_page", "page-refused"): (),
    # A day or a moment that must have been, or must be ahead.
    ("place_hold", "wrong-shape"): ("until",),
    ("open_access_request", "wrong-shape"): ("received_on",),
    ("invite_member", "grant-refused"): (),
    # Characters that nobody sees and that turn the others round.
    ("write_take_up_story", "wrong-shape"): ("words",),
    # One of two headers, not both and not none.
    ("write_take_up_story", "precondition-missing"): (),
    ("write_take_up_story", "bad-precondition"): (),
    ("save_draft", "precondition-missing"): (),
    ("save_draft", "bad-precondition"): (),
    ("save_own_page", "precondition-missing"): (),
    ("save_own_page", "bad-precondition"): (),
    # One of two parameters; codes of areas, which are the profile's; a file has no pages.
    ("read_audit", "bad-query"): (),
    ("list_register", "bad-query"): (),
    ("export_register", "bad-query"): (),
    # More episodes than a file holds.
    ("export_register", "too-many"): (),
}


def has_words(reason):
    """Whether there is a letter or digit in a reason, as the server asks."""
    return any(character.isalnum() for character in unquote(reason))


def has_fraction(value):
    """Whether a number in it is written with a fraction: to a schema 4.0 is a whole number, to the server it is not."""
    if isinstance(value, dict):
        return any(has_fraction(one) for one in value.values())
    if isinstance(value, list):
        return any(has_fraction(one) for one in value)
    return isinstance(value, float)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether a failure is a finding."""
    if not isinstance(failure, RejectedPositiveData):
        return True
    try:
        problem = json.loads(response.content)
    except ValueError:
        return True
    code = problem.get("code")
    named = [re.sub(r"\[\d+\]", "[]", one["path"]) for one in problem.get("problems", [])]
    if code == "bad-reason":
        return has_words((case.headers or {}).get("Access-Reason", ""))
    if code == "wrong-shape" and has_fraction(case.body):
        return False
    allowed = BEYOND.get((case.operation.definition.raw.get("operationId"), code))
    if allowed is None:
        return True
    return bool(allowed) and not set(named) <= set(allowed)
