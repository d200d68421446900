-- The first day on which a duty was late or not kept, and what it waited for on its last day: the
-- register of an area counts a range of days, and reads nothing that was in time.
ALTER TABLE obligation ADD COLUMN late_on TEXT NOT NULL DEFAULT '9999-12-31';
ALTER TABLE obligation ADD COLUMN held_by TEXT NOT NULL DEFAULT '';
CREATE INDEX obligation_by_late ON obligation (authority, late_on, duty, held_by, closed_on);

-- Each refusal, with the doubts about its reasons that whoever decided went on with.
CREATE TABLE refusal (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    went_on TEXT NOT NULL,
    PRIMARY KEY (authority, child, n)
);
CREATE INDEX refusal_by_day ON refusal (authority, decided_on, kind, went_on);

-- Marks of the wording of refusals: hashes of runs of words, from which no word can be read.
CREATE TABLE wording (
    authority TEXT NOT NULL,
    child TEXT NOT NULL,
    n BIGINT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (authority, child, n)
);
CREATE INDEX wording_by_mark ON wording (authority, mark, child);

-- Rows made before know none of it. Under no rulebook they count as stale, and are made again.
UPDATE child_head SET rulebook = '';
