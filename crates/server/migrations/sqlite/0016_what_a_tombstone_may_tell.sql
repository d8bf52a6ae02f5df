-- What is left of an erased record tells nobody who must not have been told of it. And joins that were taken back before it was
-- noted which revisions held both records: the revisions that were written together with them say so.

-- Who must not be told, as the episode had it. Unknown where the tombstone is older.
ALTER TABLE erased ADD COLUMN excluded TEXT CHECK (excluded IS NULL OR json_valid(excluded));

-- Joins with the revision of the kept record that held both first, and takings back with the first that did not any more. Each
-- was written in one step with that revision: it has its moment. Where there is none, what came later is taken.
CREATE VIEW merge_bounds AS
SELECT person_merges.number, kept, merged, person_merges.at_us, undone.at_us AS until_us,
    coalesce(
        person_merges.kept_revision,
        (SELECT min(revision) FROM person_revisions
            WHERE person = kept AND revision > 1 AND person_revisions.at_us = person_merges.at_us),
        (SELECT min(revision) FROM person_revisions WHERE person = kept AND person_revisions.at_us > person_merges.at_us)
    ) AS from_revision,
    coalesce(
        undone.kept_revision,
        (SELECT max(revision) FROM person_revisions
            WHERE person = kept AND revision > 1 AND person_revisions.at_us = undone.at_us),
        (SELECT min(revision) FROM person_revisions WHERE person = kept AND person_revisions.at_us > undone.at_us)
    ) AS to_revision
FROM person_merges JOIN person_merges_undone AS undone USING (number);

-- As before, by these bounds.
DROP VIEW held_elsewhere;
CREATE VIEW held_elsewhere AS
WITH RECURSIVE held (person, number, kept, from_revision, to_revision, until_us) AS (
    SELECT merged, number, kept, from_revision, to_revision, until_us FROM merge_bounds
    UNION
    SELECT held.person, later.number, later.kept, later.from_revision, later.to_revision, later.until_us
    FROM held JOIN merge_bounds AS later ON later.merged = held.kept AND later.number > held.number
        AND later.at_us <= held.until_us
)
SELECT person, number, kept, from_revision, to_revision FROM held;
