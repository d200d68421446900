-- An officer's list starts from what is due first, and reads no case that it does not show.
ALTER TABLE obligation ADD COLUMN officer TEXT NOT NULL DEFAULT '';
UPDATE obligation SET officer = COALESCE((SELECT c.officer FROM child c
    WHERE c.authority = obligation.authority AND c.child = obligation.child), '');
CREATE INDEX obligation_by_officer ON obligation (authority, officer, live, act_by, child, n);

-- Which children are a person's own family is asked on every list, and is nearly always nobody.
CREATE INDEX tie_by_relation ON tie (authority, person, relation, child);
