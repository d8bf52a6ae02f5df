-- Orders to keep a record, requests of people for what is held about them, and the one way to erase. Everything else stays
-- append only. Erasing is a function of the owner's: the role that serves may call it and has no right to delete, and the
-- function itself asks whether the record may go and leaves a tombstone. Times are whole microseconds since 1970, days are
-- as 2026-11-23.

CREATE TABLE legal_holds (
    id text PRIMARY KEY,
    episode_id text NOT NULL REFERENCES episodes (id),
    -- The last day, where there is one.
    until text COLLATE "C",
    reason text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL
);

CREATE INDEX legal_holds_by_episode ON legal_holds (episode_id);

CREATE TABLE legal_holds_lifted (
    hold_id text PRIMARY KEY REFERENCES legal_holds (id),
    reason text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL
);

CREATE TABLE subject_access_requests (
    id text PRIMARY KEY,
    episode_id text NOT NULL,
    -- The child whom the episode is about.
    person text NOT NULL REFERENCES people (id),
    received_on text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL
);

CREATE INDEX subject_access_requests_by_person ON subject_access_requests (person);

CREATE TABLE subject_access_closed (
    request_id text PRIMARY KEY REFERENCES subject_access_requests (id),
    reason text NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    at_us bigint NOT NULL
);

-- What was erased: ids, days and why. No name.
CREATE TABLE erased (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('episode', 'draft')),
    id text NOT NULL,
    why text NOT NULL CHECK (why IN ('due', 'decided', 'reapplied')),
    due_on text,
    erased_on text COLLATE "C" NOT NULL,
    erased_us bigint NOT NULL,
    actor text NOT NULL CHECK (actor <> ''),
    versions json NOT NULL,
    people json NOT NULL,
    UNIQUE (kind, id)
);

-- Whether this is inside one of the functions below. Nobody else can be: it takes the owner's rights, which the role that
-- serves has only there, and whatever a session sets is not enough.
CREATE FUNCTION erasing() RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT coalesce(current_setting('app.erasing', true), '') = 'yes'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'erased'::regclass)
$$;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME NOT IN ('audit', 'audit_chain', 'erased') AND erasing() THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON legal_holds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON legal_holds_lifted
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_access_requests
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_access_closed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON erased
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE legal_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON legal_holds USING (concerns(episode_id)) WITH CHECK (concerns(episode_id) AND actor = acting());
ALTER TABLE legal_holds_lifted ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY concerned ON legal_holds_lifted
    USING (EXISTS (SELECT 1 FROM legal_holds WHERE legal_holds.id = hold_id))
    WITH CHECK (actor = acting() AND EXISTS (SELECT 1 FROM legal_holds WHERE legal_holds.id = hold_id));
ALTER TABLE subject_access_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON subject_access_requests USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
ALTER TABLE subject_access_closed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON subject_access_closed USING (acting() IS NOT NULL) WITH CHECK (actor = acting());
ALTER TABLE erased ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY somebody ON erased USING (acting() IS NOT NULL) WITH CHECK (actor = acting());

-- Inside the functions every row can be found. The setting is asked first, so that everybody else pays next to nothing.
DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY[
        'assessments', 'idempotency_keys', 'draft_revisions', 'audit', 'access_reasons', 'episodes', 'episode_revisions',
        'versions', 'grants', 'people', 'person_revisions', 'match_keys', 'person_merges', 'person_merges_undone',
        'people_not_the_same', 'legal_holds', 'legal_holds_lifted', 'subject_access_requests', 'subject_access_closed',
        'erased', 'episode_places', 'match_pairs', 'pairs_due'
    ] LOOP
        EXECUTE format(
            'CREATE POLICY erasing ON %I USING (current_setting(''app.erasing'', true) = ''yes'' AND erasing())', one
        );
    END LOOP;
END $$;

-- Erases an episode with everything that is only its own, and the people whom nobody else needs.
CREATE FUNCTION erase_episode(
    the_episode text, the_people text[], the_why text, the_due_on text, the_erased_on text, the_erased_us bigint
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
AS $$
DECLARE
    the_versions text[];
    the_child text;
    the_drafts text[];
BEGIN
    IF acting() IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    -- Placing a hold and changing the episode take the same lock. What is asked next sees what they have saved.
    SELECT child INTO the_child FROM episodes WHERE id = the_episode FOR UPDATE;
    IF the_child IS NULL THEN
        RAISE EXCEPTION 'there is no such episode' USING ERRCODE = 'no_data_found';
    END IF;
    IF EXISTS (
        SELECT 1 FROM legal_holds AS hold WHERE hold.episode_id = the_episode
        AND (hold.until IS NULL OR hold.until >= the_erased_on COLLATE "C")
        AND NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id)
    ) THEN
        RAISE EXCEPTION 'an order to keep this record is in force' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT 1 FROM subject_access_requests AS request WHERE request.person = ANY (the_people || the_child)
        AND NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id)
    ) THEN
        RAISE EXCEPTION 'the person has asked for what is held about them' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT 1 FROM episodes WHERE child = ANY (the_people) AND id <> the_episode) THEN
        RAISE EXCEPTION 'another record needs this person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(version_id ORDER BY number), '{}') INTO the_versions
        FROM versions WHERE episode_id = the_episode;
    INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people)
        VALUES ('episode', the_episode, the_why, the_due_on, the_erased_on, the_erased_us, acting(),
            to_json(the_versions), to_json(the_people));

    DELETE FROM access_reasons WHERE seq IN (
        SELECT audit.seq FROM audit
        WHERE (subject_kind = 'episode' AND subject_id = the_episode)
            OR (subject_kind = 'assessment' AND subject_id = ANY (the_versions))
            OR (subject_kind = 'person' AND subject_id = ANY (the_people))
    );
    -- A draft that was sent has the key under which it was sent.
    SELECT coalesce(array_agg(DISTINCT draft_revisions.draft_id), '{}') INTO the_drafts
        FROM draft_revisions JOIN idempotency_keys
            ON idempotency_keys.key = draft_revisions.draft_id AND idempotency_keys.actor = draft_revisions.actor
        WHERE idempotency_keys.assessment_id = ANY (the_versions);
    DELETE FROM draft_revisions WHERE draft_id = ANY (the_drafts);
    DELETE FROM draft_ids WHERE draft_id = ANY (the_drafts);
    DELETE FROM idempotency_keys WHERE assessment_id = ANY (the_versions);
    DELETE FROM legal_holds_lifted USING legal_holds
        WHERE legal_holds.id = hold_id AND legal_holds.episode_id = the_episode;
    DELETE FROM legal_holds WHERE episode_id = the_episode;
    DELETE FROM grants WHERE episode_id = the_episode;
    DELETE FROM episode_places WHERE episode_id = the_episode;
    DELETE FROM episode_access WHERE episode_id = the_episode;
    DELETE FROM versions WHERE episode_id = the_episode;
    DELETE FROM episode_revisions WHERE episode_id = the_episode;
    DELETE FROM episodes WHERE id = the_episode;
    DELETE FROM assessments WHERE id = ANY (the_versions);

    DELETE FROM match_keys USING people WHERE people.seq = match_keys.person AND people.id = ANY (the_people);
    DELETE FROM match_pairs WHERE one = ANY (the_people) OR other = ANY (the_people);
    DELETE FROM pairs_due WHERE person = ANY (the_people);
    DELETE FROM person_merges_undone USING person_merges
        WHERE person_merges.number = person_merges_undone.number
            AND (kept = ANY (the_people) OR merged = ANY (the_people));
    DELETE FROM person_merges WHERE kept = ANY (the_people) OR merged = ANY (the_people);
    DELETE FROM people_not_the_same WHERE one = ANY (the_people) OR other = ANY (the_people);
    DELETE FROM subject_access_closed USING subject_access_requests
        WHERE subject_access_requests.id = request_id AND person = ANY (the_people);
    DELETE FROM subject_access_requests WHERE person = ANY (the_people);
    DELETE FROM person_revisions WHERE person = ANY (the_people);
    DELETE FROM people WHERE id = ANY (the_people);
    PERFORM set_config('app.erasing', '', true);
END $$;

-- Drafts that nobody has saved since then.
CREATE FUNCTION drafts_not_saved_since(the_moment bigint, the_most bigint)
RETURNS TABLE (the_draft text, the_saved_us bigint) LANGUAGE plpgsql SECURITY DEFINER
AS $$ BEGIN
    PERFORM set_config('app.erasing', 'yes', true);
    RETURN QUERY SELECT draft_id, max(saved_us) FROM draft_revisions
        GROUP BY draft_id HAVING max(saved_us) < the_moment ORDER BY draft_id LIMIT the_most;
    PERFORM set_config('app.erasing', '', true);
END $$;

-- Erases a draft that nobody has saved since then. False if somebody has.
CREATE FUNCTION erase_draft(the_draft text, the_moment bigint, the_erased_on text, the_erased_us bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
AS $$ BEGIN
    IF acting() IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.erasing', 'yes', true);
    PERFORM 1 FROM draft_ids WHERE draft_id = the_draft FOR UPDATE;
    IF EXISTS (SELECT 1 FROM draft_revisions WHERE draft_id = the_draft AND saved_us >= the_moment)
        OR NOT EXISTS (SELECT 1 FROM draft_revisions WHERE draft_id = the_draft) THEN
        PERFORM set_config('app.erasing', '', true);
        RETURN false;
    END IF;
    INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people)
        VALUES ('draft', the_draft, 'due', NULL, the_erased_on, the_erased_us, acting(), '[]', '[]')
        ON CONFLICT (kind, id) DO NOTHING;
    DELETE FROM draft_revisions WHERE draft_id = the_draft;
    DELETE FROM draft_ids WHERE draft_id = the_draft;
    PERFORM set_config('app.erasing', '', true);
    RETURN true;
END $$;

-- No table of a session's own comes before those meant here, and nobody has these functions who is not given them.
DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY[
        'erase_episode(text, text[], text, text, text, bigint)', 'drafts_not_saved_since(bigint, bigint)',
        'erase_draft(text, bigint, text, bigint)'
    ] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', one, current_schema());
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
END $$;
