-- Entries of the audit trail whose period is over go; their links stay, so that what follows can be checked. What is about a record
-- that an order or a request keeps stays too.

ALTER TABLE audit_chain DROP CONSTRAINT audit_chain_seq_fkey;

-- Entries go only inside the function below that is about them: erasing a record leaves those about it.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME NOT IN ('audit_chain', 'erased') AND erasing()
        AND (TG_TABLE_NAME <> 'audit' OR coalesce(current_setting('app.erasing_entries', true), '') = 'yes') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- What an order or a request keeps, as the trail names it, and until which day; none where it has no end. A child has every
-- record that was ever joined with theirs.
CREATE VIEW kept_subjects WITH (security_invoker = true) AS
WITH RECURSIVE kept (person, until) AS (
    (SELECT episodes.child, hold.until FROM legal_holds AS hold JOIN episodes ON episodes.id = hold.episode_id
    WHERE NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id)
    UNION
    SELECT person, NULL::text COLLATE "C" FROM subject_access_requests AS request
    WHERE NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id))
    UNION
    SELECT CASE kept.person WHEN person_merges.kept THEN person_merges.merged ELSE person_merges.kept END, kept.until
    FROM kept JOIN person_merges ON kept.person IN (person_merges.kept, person_merges.merged)
)
SELECT 'person' AS kind, person AS id, until FROM kept
UNION ALL SELECT 'episode', episodes.id, until FROM kept JOIN episodes ON episodes.child = kept.person
UNION ALL SELECT 'assessment', versions.version_id, until
FROM kept JOIN episodes ON episodes.child = kept.person JOIN versions ON versions.episode_id = episodes.id;

-- Entries from before a moment that nothing keeps on that day.
CREATE FUNCTION entries_due(the_moment bigint, the_today text) RETURNS TABLE (the_seq bigint)
LANGUAGE plpgsql SECURITY DEFINER
AS $$ BEGIN
    IF acting() IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    RETURN QUERY SELECT audit.seq FROM audit WHERE audit.at_us < the_moment AND NOT EXISTS (
        SELECT 1 FROM kept_subjects AS kept WHERE kept.kind = audit.subject_kind AND kept.id = audit.subject_id
            AND (kept.until IS NULL OR kept.until >= the_today COLLATE "C")
    );
    PERFORM set_config('app.erasing', '', true);
END $$;

-- Erases them, with the words of reasons. Gives how many, up to which number entries may be missing now, and the numbers up to it
-- that are left.
CREATE FUNCTION erase_entries(the_moment bigint, the_today text)
RETURNS TABLE (the_count bigint, the_through bigint, the_left bigint[]) LANGUAGE plpgsql SECURITY DEFINER
AS $$
DECLARE
    the_seqs bigint[];
BEGIN
    IF acting() IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Orders and requests wait until this is over, and what is asked next sees those that came first.
    LOCK TABLE legal_holds, subject_access_requests IN SHARE MODE;
    the_seqs := ARRAY(SELECT the_seq FROM entries_due(the_moment, the_today));
    PERFORM set_config('app.erasing', 'yes', true);
    PERFORM set_config('app.erasing_entries', 'yes', true);
    the_count := cardinality(the_seqs);
    the_through := greatest(
        (SELECT max(one) FROM unnest(the_seqs) AS one),
        (SELECT split_part(subject_id, '-', 1)::bigint FROM audit WHERE subject_kind = 'access-log'
            ORDER BY seq DESC LIMIT 1),
        0
    );
    DELETE FROM access_reasons WHERE seq = ANY (the_seqs);
    DELETE FROM audit WHERE seq = ANY (the_seqs);
    the_left := ARRAY(SELECT seq FROM audit WHERE seq <= the_through ORDER BY seq);
    PERFORM set_config('app.erasing_entries', '', true);
    PERFORM set_config('app.erasing', '', true);
    RETURN NEXT;
END $$;

DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY['entries_due(bigint, text)', 'erase_entries(bigint, text)'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', one, current_schema());
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
END $$;
