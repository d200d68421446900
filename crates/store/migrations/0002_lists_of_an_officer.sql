-- What an officer's list reads comes from indexes alone, however many children the office has: their
-- open children and those without education, the cases offered to them, and what is live of a child.
CREATE INDEX child_by_officer_open ON child (authority, officer, open, not_in_education_since);
CREATE INDEX child_offered ON child (authority, offered_to);
CREATE INDEX obligation_live ON obligation (authority, child, live, act_by);

-- Who asked, until somebody has checked who they are: '' or the caller's text, for the list of new requests.
ALTER TABLE child ADD COLUMN asker TEXT NOT NULL DEFAULT '';

-- Rows made before do not know it. Under no rulebook they count as stale, and are made again on sight.
UPDATE child_head SET rulebook = '';
