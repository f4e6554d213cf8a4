-- The audit chain. Row triggers on each table (made by core/guards.py) are deferred to the
-- commit: chained as the rows change, eleven desks deadlocked; at commit the head row is held
-- only for a moment. The functions belong to the owner of the schema, so officers need no
-- right to write here.

-- The head row, held until the commit. A transaction leaves a dead version of it behind for every
-- row it audits, and looking for the newest by key would walk over all of them: an import's last
-- rows took a hundred times as long as its first. So the place of the newest is kept in lle.head.
-- Whatever is written there, no version but the newest can be seen.
CREATE FUNCTION audit_head_now() RETURNS app.audit_head LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE head app.audit_head; place text := coalesce(current_setting('lle.head', true), '');
BEGIN
    IF place <> '' THEN
        SELECT * INTO head FROM app.audit_head WHERE ctid = place::tid;
        IF FOUND THEN RETURN head; END IF;
    END IF;
    SELECT * INTO head FROM app.audit_head WHERE id = 1 FOR UPDATE;
    RETURN head;
END $$;

CREATE FUNCTION audit_head_moves(to_position bigint, to_hash bytea) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE place text := coalesce(nullif(current_setting('lle.head', true), ''), '(0,0)');
BEGIN
    UPDATE app.audit_head SET position = to_position, hash = to_hash
        WHERE ctid = place::tid RETURNING ctid::text INTO place;
    IF NOT FOUND THEN
        UPDATE app.audit_head SET position = to_position, hash = to_hash
            WHERE id = 1 RETURNING ctid::text INTO place;
    END IF;
    PERFORM set_config('lle.head', place, true);
END $$;

CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE
    key_column text := tg_argv[0];
    unaudited text[] := tg_argv[1]::text[];
    personal text[] := tg_argv[2]::text[];
    is_care boolean := tg_argv[3]::boolean;
    old_row jsonb; new_row jsonb; old_words jsonb; new_words jsonb;
    record_id bigint; words text; salt text; payload text; link bytea;
    head app.audit_head;
BEGIN
    IF tg_op <> 'INSERT' THEN old_row := to_jsonb(old) - unaudited; END IF;
    IF tg_op <> 'DELETE' THEN new_row := to_jsonb(new) - unaudited; END IF;
    record_id := coalesce((coalesce(new_row, old_row) ->> key_column)::bigint, 0);
    IF tg_op = 'UPDATE' THEN
        IF old_row = new_row THEN RETURN NULL; END IF;
        SELECT jsonb_object_agg(n.key, n.value), jsonb_object_agg(n.key, old_row -> n.key)
            INTO new_row, old_row
            FROM jsonb_each(new_row) AS n WHERE n.value IS DISTINCT FROM old_row -> n.key;
    END IF;
    IF cardinality(personal) > 0 AND NOT is_care THEN
        SELECT jsonb_object_agg(key, value) INTO old_words
            FROM jsonb_each(old_row) WHERE key = ANY (personal);
        SELECT jsonb_object_agg(key, value) INTO new_words
            FROM jsonb_each(new_row) WHERE key = ANY (personal);
        IF old_words IS NOT NULL OR new_words IS NOT NULL THEN
            words := jsonb_build_object('before', old_words, 'after', new_words)::text;
            salt := encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex');
        END IF;
    END IF;
    old_row := old_row - personal;
    new_row := new_row - personal;
    head := app.audit_head_now();
    head.position := head.position + 1;
    payload := jsonb_build_object(
        'position', head.position,
        'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'),
        'officer', coalesce(current_setting('lle.officer', true), ''),
        'desk', coalesce(current_setting('lle.desk', true), ''), 'login', session_user,
        'action', coalesce(current_setting('lle.action', true), ''),
        'reason', coalesce(current_setting('lle.reason', true), ''),
        'op', lower(tg_op), 'table', tg_table_name, 'record', record_id,
        'before', old_row, 'after', new_row,
        'detail', encode(sha256(convert_to(salt, 'UTF8') || convert_to(words, 'UTF8')), 'hex')
    )::text;
    link := sha256(head.hash || convert_to(payload, 'UTF8'));
    INSERT INTO app.audit (position, table_name, record_id, payload, hash)
        VALUES (head.position, tg_table_name, record_id, payload, link);
    PERFORM app.audit_head_moves(head.position, link);
    IF words IS NOT NULL THEN
        INSERT INTO app.audit_detail (position, salt, words) VALUES (head.position, salt, words);
    END IF;
    PERFORM pg_notify('lle_desk', '');
    RETURN NULL;
END $$;

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE head app.audit_head;
BEGIN
    IF tg_op <> 'INSERT' THEN
        RAISE EXCEPTION USING message = 'audit_append_only', errcode = '23514';
    END IF;
    head := app.audit_head_now();
    IF new.position <> head.position + 1
        OR EXISTS (SELECT 1 FROM app.audit WHERE position = new.position)
        OR new.hash <> sha256(head.hash || convert_to(new.payload, 'UTF8'))
        OR new.table_name <> new.payload::jsonb ->> 'table'
        OR new.record_id <> (new.payload::jsonb ->> 'record')::bigint THEN
        RAISE EXCEPTION USING message = 'audit_append_only', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER audit_append_only BEFORE INSERT OR UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();

CREATE FUNCTION audit_head_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'UPDATE' AND new.id = old.id AND new.position = old.position + 1
        AND new.hash = (SELECT hash FROM app.audit WHERE position = new.position) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION USING message = 'audit_head_follows', errcode = '23514';
END $$;
CREATE TRIGGER audit_head_follows BEFORE INSERT OR UPDATE OR DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_head_follows();

CREATE FUNCTION audit_detail_only_erased() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' AND pg_trigger_depth() > 1 AND new.position = (
        app.audit_head_now()).position THEN RETURN new; END IF;
    IF tg_op = 'UPDATE' AND new.position = old.position
        AND new.salt IS NULL AND new.words IS NULL THEN RETURN new; END IF;
    RAISE EXCEPTION USING message = 'audit_detail_only_erased', errcode = '23514';
END $$;
CREATE TRIGGER audit_detail_only_erased BEFORE INSERT OR UPDATE OR DELETE ON audit_detail
    FOR EACH ROW EXECUTE FUNCTION audit_detail_only_erased();

CREATE FUNCTION no_truncate() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING message = 'no_truncate', errcode = '23514';
END $$;

-- A row's number and client_uuid never change, and its version rises by one at each save.
CREATE FUNCTION version_steps() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE unaudited text[] := tg_argv[0]::text[];
BEGIN
    IF new.id <> old.id OR new.client_uuid <> old.client_uuid THEN
        RAISE EXCEPTION USING message = 'identity_fixed', errcode = '23514';
    END IF;
    IF new.version <> old.version + 1
        AND to_jsonb(new) - unaudited <> to_jsonb(old) - unaudited THEN
        RAISE EXCEPTION USING message = 'version_steps', errcode = '23514';
    END IF;
    RETURN new;
END $$;
