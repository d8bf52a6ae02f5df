"""What the description of the interface cannot say, by operation and the code of the refusal.

A right request by the description may still be refused for one of these reasons, and that is no finding. Every other
refusal of a right request is one.
"""

import json
from urllib.parse import unquote

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

# Operation and code: why the description cannot say it.
BEYOND = {
    # What a complete record must have follows from what else it says, and from the day.
    ("submit_assessment", "answers-refused"),
    # The key is another body's already.
    ("submit_assessment", "idempotency-key-reused"),
    # A reason, names and other text have at least one letter or digit of any script.
    ("submit_assessment", "wrong-shape"),
    ("search_people", "search-refused"),
    ("match_people", "wrong-shape"),
    # A telephone number, a code of a list, and a day that has been.
    ("save_own_page", "page-refused"),
    # A day or a moment that must have been, or must be ahead.
    ("place_hold", "wrong-shape"),
    ("open_access_request", "wrong-shape"),
    ("invite_member", "grant-refused"),
    # One of two headers, not both and not none.
    ("save_draft", "precondition-missing"),
    ("save_draft", "bad-precondition"),
    ("save_own_page", "precondition-missing"),
    ("save_own_page", "bad-precondition"),
    # One of two parameters, and codes of areas that are the profile's.
    ("read_audit", "bad-query"),
    ("list_register", "bad-query"),
    ("export_register", "bad-query"),
    # More than a file holds.
    ("export_register", "too-many"),
}


def has_words(reason):
    """Whether there is a letter or digit in it, as the server asks."""
    return any(character.isalnum() for character in unquote(reason))


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether a failure is a finding."""
    if not isinstance(failure, RejectedPositiveData):
        return True
    try:
        code = json.loads(response.content).get("code")
    except ValueError:
        return True
    operation = case.operation.definition.raw.get("operationId")
    if code == "bad-reason":
        return has_words((case.headers or {}).get("Access-Reason", ""))
    return (operation, code) not in BEYOND
