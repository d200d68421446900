-- Every column is TEXT or BIGINT and none is NULL: '' stands for "not said", 9999-12-31 for "never".
-- A day is ISO text, a moment is UTC text of fixed width, a truth is 0 or 1, a hash is hex.

CREATE TABLE area (
    authority TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    detail TEXT NOT NULL
);

-- The last event of an area, whatever its stream. Its row is the lock that puts commits in one order.
CREATE TABLE area_head (
    authority TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE stream_head (
    authority TEXT NOT NULL,
    stream TEXT NOT NULL,
    stream_kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (authority, stream)
);

CREATE TABLE event (
    authority TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    area_seq BIGINT NOT NULL,
    stream_kind TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    format BIGINT NOT NULL,
    happened_on TEXT NOT NULL,
    known_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (authority, stream, seq)
);
CREATE UNIQUE INDEX event_by_area_seq ON event (authority, area_seq);
CREATE UNIQUE INDEX event_by_id ON event (authority, id);
CREATE UNIQUE INDEX event_superseded_once ON event (authority, supersedes) WHERE supersedes <> '';

-- Whether a child's rows are fresh: the events they fold, the rulebook, and the day they stop holding.
CREATE TABLE child_head (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    version BIGINT NOT NULL,
    rulebook TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    PRIMARY KEY (authority, child)
);
CREATE INDEX child_head_by_holds ON child_head (authority, holds_until);
CREATE INDEX child_head_by_rulebook ON child_head (authority, rulebook);

CREATE TABLE child (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    born TEXT NOT NULL,
    setting_kind TEXT NOT NULL,
    setting_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    officer TEXT NOT NULL,
    offered_to TEXT NOT NULL,
    not_in_education_since TEXT NOT NULL,
    requested_on TEXT NOT NULL,
    needs TEXT NOT NULL,
    open BIGINT NOT NULL,
    PRIMARY KEY (authority, child)
);
CREATE UNIQUE INDEX child_by_reference ON child (authority, reference) WHERE reference <> '';
CREATE INDEX child_by_name ON child (authority, name_key, child);
CREATE INDEX child_by_officer ON child (authority, officer, name_key, child);
CREATE INDEX child_out_of_education ON child (authority, not_in_education_since);
CREATE INDEX child_by_setting ON child (authority, setting_kind);

CREATE TABLE obligation (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    n BIGINT NOT NULL,
    duty TEXT NOT NULL,
    trigger_event TEXT NOT NULL,
    trigger_on TEXT NOT NULL,
    body TEXT NOT NULL,
    adviser TEXT NOT NULL,
    turn TEXT NOT NULL,
    due TEXT NOT NULL,
    due_safe TEXT NOT NULL,
    opens_as TEXT NOT NULL,
    turns_on TEXT NOT NULL,
    turns_into TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    closed_as TEXT NOT NULL,
    done_on TEXT NOT NULL,
    act_by TEXT NOT NULL,
    live BIGINT NOT NULL,
    class BIGINT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (authority, child, n)
);
CREATE INDEX obligation_by_act_by ON obligation (authority, live, act_by, child, n);
CREATE INDEX obligation_by_class ON obligation (authority, live, class, act_by, child, n);
CREATE INDEX obligation_by_turn ON obligation (authority, live, turns_on);

CREATE TABLE tie (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    n BIGINT NOT NULL,
    person TEXT NOT NULL,
    relation TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (authority, child, n)
);
CREATE INDEX tie_by_person ON tie (authority, person, child);

CREATE TABLE advice (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    n BIGINT NOT NULL,
    request_event TEXT NOT NULL,
    body TEXT NOT NULL,
    adviser TEXT NOT NULL,
    person TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    due TEXT NOT NULL,
    received_on TEXT NOT NULL,
    PRIMARY KEY (authority, child, n)
);
CREATE INDEX advice_by_person ON advice (authority, person, received_on, due, child, n);

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    contact TEXT NOT NULL,
    body TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);
CREATE UNIQUE INDEX person_by_email ON person (email_key) WHERE email_key <> '';
CREATE INDEX person_by_role ON person (authority, role, name_key, id);

CREATE TABLE sign_in (
    token_hash TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    person TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    expires TEXT NOT NULL,
    revoked_at TEXT NOT NULL,
    label TEXT NOT NULL
);
CREATE INDEX sign_in_by_person ON sign_in (person, created_at);

CREATE TABLE link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    person TEXT NOT NULL,
    expires TEXT NOT NULL,
    reusable BIGINT NOT NULL,
    used_at TEXT NOT NULL
);

CREATE TABLE draft (
    reference TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    content TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    submitted_child TEXT NOT NULL
);
CREATE INDEX draft_by_code ON draft (code_hash);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    due_at TEXT NOT NULL,
    claimed_until TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    sent_at TEXT NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (sent_at, due_at, id);

-- Who looked: one row a person, child, part and hour; of a list, child is '' and its filters say which.
CREATE TABLE trace (
    authority TEXT NOT NULL,
    person TEXT NOT NULL,
    child TEXT NOT NULL,
    part TEXT NOT NULL,
    purpose TEXT NOT NULL,
    filters TEXT NOT NULL,
    hour TEXT NOT NULL,
    at TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (authority, person, child, part, purpose, filters, hour)
);
CREATE INDEX trace_by_child ON trace (authority, child, at);

-- Forms already run, so that a second tap gets the first answer.
CREATE TABLE command (
    id TEXT NOT NULL PRIMARY KEY,
    authority TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL
);
