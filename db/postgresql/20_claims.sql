-- The claims of a room use follow it. That no two overlap is the exclusion constraint's work.

CREATE FUNCTION claim_follows_use() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE follows boolean; asked app.claim;
BEGIN
    asked := CASE WHEN tg_op = 'INSERT' THEN new ELSE old END;
    IF tg_op = 'UPDATE' THEN
        IF old.room_use_id IS NULL AND new.room_use_id IS NULL THEN RETURN new; END IF;
        RAISE EXCEPTION USING message = 'claim_follows_use', errcode = '23514';
    END IF;
    IF asked.room_use_id IS NULL THEN
        RETURN asked;
    END IF;
    follows := EXISTS (
        SELECT 1 FROM app.room_use AS used
        JOIN app.space_cell AS cell ON cell.space_id = used.space_id
        WHERE used.id = asked.room_use_id AND cell.resource_id = asked.resource_id
            AND used.reserved_from = asked.starts_at AND used.reserved_to = asked.ends_at
            AND used.holds_space = asked.holds_space);
    IF follows <> (tg_op = 'INSERT') THEN
        RAISE EXCEPTION USING message = 'claim_follows_use', errcode = '23514';
    END IF;
    RETURN asked;
END $$;
CREATE TRIGGER claim_follows_use BEFORE INSERT OR UPDATE OR DELETE ON claim
    FOR EACH ROW EXECUTE FUNCTION claim_follows_use();

CREATE FUNCTION room_use_claims() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.space_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM app.space_cell WHERE space_id = new.space_id) THEN
        RAISE EXCEPTION USING message = 'space_has_cells', errcode = '23514';
    END IF;
    IF tg_op = 'UPDATE' THEN
        DELETE FROM app.claim AS held WHERE held.room_use_id = new.id AND NOT EXISTS (
            SELECT 1 FROM app.space_cell AS cell
            WHERE cell.space_id = new.space_id AND cell.resource_id = held.resource_id
                AND held.starts_at = new.reserved_from AND held.ends_at = new.reserved_to
                AND held.holds_space = new.holds_space);
    END IF;
    INSERT INTO app.claim (resource_id, room_use_id, starts_at, ends_at, holds_space)
        SELECT cell.resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM app.space_cell AS cell
        WHERE cell.space_id = new.space_id AND NOT EXISTS (
            SELECT 1 FROM app.claim AS held
            WHERE held.room_use_id = new.id AND held.resource_id = cell.resource_id)
        ORDER BY cell.resource_id;
    RETURN NULL;
END $$;
CREATE TRIGGER room_use_claims
    AFTER INSERT OR UPDATE OF space_id, reserved_from, reserved_to, holds_space ON room_use
    FOR EACH ROW EXECUTE FUNCTION room_use_claims();

CREATE FUNCTION row_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING message = tg_table_name || '_kept', errcode = '23514';
END $$;
CREATE TRIGGER room_use_kept BEFORE DELETE ON room_use
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION space_cells_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM app.room_use WHERE space_id IN (
        CASE WHEN tg_op <> 'INSERT' THEN old.space_id END,
        CASE WHEN tg_op <> 'DELETE' THEN new.space_id END)) THEN
        RAISE EXCEPTION USING message = 'space_cells_fixed', errcode = '23514';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER space_cells_fixed BEFORE INSERT OR UPDATE OR DELETE ON space_cell
    FOR EACH ROW EXECUTE FUNCTION space_cells_fixed();
