"""Rules that the fuzzer cannot know, and additional checks. Loaded through schemathesis.toml.

`before_call` makes requests meaningful. Without it, correct rules of the server hide whole operations or look like
failures, and operations that end a session would end the session of all other cases. Only valid values are replaced:
intentionally invalid values stay. People, meals and mails come from fixtures.go, over HTTP at FUZZ_FIXTURES.
"""

import json
import os
import re
import urllib.request
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import count
from uuid import UUID, uuid4

import schemathesis
from schemathesis.generation.meta import CONTENT_TYPE_PROBES, coverage_scenario

ENDS_SESSION = {"deleteMe", "logout", "changePassword", "refreshSession", "revokeSession"}
# The id of a child, and the id of its parent, which comes before it in the path.
PARTS = {"item_id": "meal_id", "serving_id": "food_id"}
# Only other operations return the id of a food.
TAKES_FOOD = {"addFavoriteFood", "removeFavoriteFood"}
# They take an exercise of the person's own.
OWN_EXERCISE = {"updateExercise", "deleteExercise", "restoreExercise"}
# Random bytes are no file that the service reads. Each file has a day of its own, because one that is known already is not stored again.
FILES = {
    "importActivity": "<gpx><trk><type>running</type><trkseg>"
    '<trkpt lat="52.52" lon="13.40"><time>{day}T07:00:00Z</time></trkpt>'
    '<trkpt lat="52.53" lon="13.40"><time>{day}T07:05:00Z</time></trkpt></trkseg></trk></gpx>',
    "importMeasurements": "Date,Weight\n{day},75.3\n",
}
# Only an import makes what these read.
READS_IMPORT = {"getActivityImport": "import_id", "getActivityTrack": "activity_id"}
# Only a reply of the coach makes what these take.
TAKES_TALK = {
    "cancelMessage": "reply_id",
    "deleteMemory": "memory_id",
    "getProposal": "proposal_id",
    "updateProposal": "proposal_id",
    "confirmProposal": "proposal_id",
    "rejectProposal": "proposal_id",
    "undoProposal": "proposal_id",
}
# These change nothing that another case needs.
SHARES_TALK = {"cancelMessage", "getProposal", "updateProposal"}
PARAMETER_PARTS = ("path", "query", "header", "cookie", "body")
CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TAKES_MAIL = {"verifyEmail": "signup", "resetPassword": "recovery"}

turns = defaultdict(count)


def turn(what: str, of: int) -> int:
    """Returns 0, 1, … of-1, 0, 1, …: a hook can treat one of `of` cases differently. The first case is always treated to succeed."""
    return next(turns[what]) % of


def fixture(what: str) -> dict:
    with urllib.request.urlopen(f"{os.environ['FUZZ_FIXTURES']}/{what}", timeout=30) as response:
        return json.load(response)


shared_talk = cache(lambda: fixture("talk/pending"))


def is_positive(case, part: str) -> bool:
    components = getattr(case.meta, "components", None) or {}
    info = next((v for k, v in components.items() if getattr(k, "value", k) == part), None)
    return info is None or info.mode.is_positive


@schemathesis.hook
def before_call(ctx, case, kwargs):
    operation = case.operation.definition.raw.get("operationId")
    headers = case.headers or {}
    query = case.query or {}
    # The coverage phase sends the same key and the same id in every valid case: all but the first would be replays (422) and
    # conflicts (409), and a replayed 201 of a deleted object would look like a lost object.
    if "Idempotency-Key" in headers and (is_positive(case, "header") or coverage_scenario(case) in CONTENT_TYPE_PROBES):
        headers["Idempotency-Key"] = str(uuid4())
    # A random If-Match never matches, so nearly every valid PATCH and DELETE would return 412.
    if "If-Match" in headers and is_positive(case, "header") and turn(operation, 8) < 7:
        del headers["If-Match"]
    # A random user is never the one who is signed in, and that is refused (409) before anything else is checked. So it stays where it is
    # invalid itself, and in one of eight requests that are valid.
    if CANONICAL_UUID.fullmatch(headers.get("X-Expected-User-Id", "")):
        valid = all(is_positive(case, part) for part in PARAMETER_PARTS) and coverage_scenario(case) not in CONTENT_TYPE_PROBES
        if not valid or turn(f"{operation} of another user", 8) < 7:
            del headers["X-Expected-User-Id"]
    elif "X-Expected-User-Id" in headers and is_positive(case, "header"):
        del headers["X-Expected-User-Id"]  # the id of something that is no user, from a response
    # The catalogue lists exercises whose ids are no UUIDs, and the fuzzer takes them for those of the person's own.
    if operation in OWN_EXERCISE and is_positive(case, "path") and not is_uuid(case.path_parameters["id"]):
        case.path_parameters["id"] = str(uuid4())
    fits = is_positive(case, "body") and isinstance(case.body, dict)
    if case.method.upper() == "POST" and fits and isinstance(case.body.get("id"), str) and is_uuid(case.body["id"]):
        case.body["id"] = str(uuid4())
    # A random cursor that matches the pattern was not returned by the list, so it is 400, as documented.
    if "cursor" in query and is_positive(case, "query"):
        if operation == "listSessions" and turn(operation, 8) < 7:
            query["cursor"] = fixture("cursor")["next_cursor"]
        else:
            del query["cursor"]
    if operation in ENDS_SESSION:
        use_own_session(case, operation, fits)
    for part, whole in PARTS.items():
        # The fuzzer takes ids from responses, but does not know which item belongs to which meal.
        if part in (case.path_parameters or {}) and is_positive(case, "path") and "Authorization" in headers and turn(operation, 4) < 3:
            things = fixture("things")
            headers["Authorization"] = f"Bearer {things['access_token']}"
            case.path_parameters.update({"id": things[whole], part: things[part]})
    if operation in TAKES_FOOD and is_positive(case, "path") and "Authorization" in headers and turn(operation, 4) < 3:
        things = fixture("things")
        headers["Authorization"] = f"Bearer {things['access_token']}"
        case.path_parameters["id"] = things["food_id"]
    if operation in FILES and is_positive(case, "body") and coverage_scenario(case) not in CONTENT_TYPE_PROBES and turn(operation, 4) < 3:
        day = date(2020, 1, 1) + timedelta(days=next(turns[f"day of {operation}"]) % 2000)
        file = FILES[operation].format(day=day)
        # As text in a form: the fuzzer takes every changed body with bytes inside for an invalid one.
        case.body = {"file": file} if case.media_type == "multipart/form-data" else file.encode()
    if operation in READS_IMPORT and is_positive(case, "path") and "Authorization" in headers and turn(operation, 4) < 3:
        imported = fixture("import")
        headers["Authorization"] = f"Bearer {imported['access_token']}"
        case.path_parameters["id"] = imported[READS_IMPORT[operation]]
    if operation in TAKES_TALK and is_positive(case, "path") and "Authorization" in headers and turn(operation, 4) < 3:
        confirmed = operation == "undoProposal"
        talk = shared_talk() if operation in SHARES_TALK else fixture("talk/confirmed" if confirmed else "talk/pending")
        headers["Authorization"] = f"Bearer {talk['access_token']}"
        case.path_parameters["id"] = talk[TAKES_TALK[operation]]
        if operation == "updateProposal" and fits and turn("draft of a proposal", 4) == 0:
            case.body["draft"] = talk["draft"]  # a draft stays of its kind
    if operation == "login" and fits and turn(operation, 3) == 0:
        person = fixture("person")
        case.body.update(email=person["email"], password=person["password"])
    if operation == "signup" and fits and "email" in case.body and turn(operation, 4) < 3:
        # Addresses repeat, in the coverage phase always: one case of four may return 409.
        case.body["email"] = f"{uuid4()}@example.com"
    if operation in TAKES_MAIL and fits and (variant := turn(operation, 4)) < 2:
        mail = fixture("mail/" + TAKES_MAIL[operation])
        for name in ("token_hash", "email", "token"):
            case.body.pop(name, None)
        case.body.update({"token_hash": mail["token_hash"]} if variant == 0 else {"email": mail["to"], "token": mail["code"]})


def use_own_session(case, operation, fits):
    """Uses a new person, whose session the case may end."""
    person = fixture("person")
    if operation == "refreshSession":
        case.cookies["refresh_token"] = person["refresh_token"]
    elif "Authorization" in case.headers:
        case.headers["Authorization"] = f"Bearer {person['access_token']}"
    if operation == "revokeSession" and is_positive(case, "path") and turn(operation, 4) < 3:
        case.path_parameters["id"] = person["session_id"]
    if operation == "changePassword" and fits and turn(operation, 4) < 3:
        case.body["current_password"] = person["password"]


def is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@schemathesis.check
def unsupported_media_type(ctx, response, case):
    """A body of another media type is refused with 415 (or 401 before): schemathesis itself only reports a 5xx here."""
    if case.operation.body and coverage_scenario(case) in CONTENT_TYPE_PROBES and response.status_code not in (400, 401, 415):
        raise AssertionError(f"Content-Type {case.headers.get('Content-Type')!r} returned {response.status_code}, expected 415")


@schemathesis.check
def problem_document(ctx, response, case):
    """Every error is a problem document with its status and request id; also 405, which no operation documents."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    media = (response.headers.get("content-type") or [""])[0].partition(";")[0].strip()
    if media != "application/problem+json":
        raise AssertionError(f"{response.status_code} came as {media or 'nothing'}, expected application/problem+json")
    problem = json.loads(response.content)
    missing = {"type", "status", "detail", "code", "request_id"} - problem.keys()
    if missing:
        raise AssertionError(f"the problem lacks {', '.join(sorted(missing))}")
    if problem["status"] != response.status_code:
        raise AssertionError(f"the problem has status {problem['status']}, the response {response.status_code}")
    if [problem["request_id"]] != response.headers.get("x-request-id"):
        raise AssertionError(f"the problem has request_id {problem['request_id']}, the header {response.headers.get('x-request-id')}")
