-- No more equipment is held at any instant than there is; its lines follow their use of a room.
-- Its row is locked before counting, so two desks cannot both count the last one. The most is
-- held where a line begins, so only there it is counted.

CREATE FUNCTION equipment_follows_use() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM 1 FROM app.room_use WHERE id = new.room_use_id FOR UPDATE;
    END IF;
    IF (tg_op = 'UPDATE' AND (new.room_use_id, new.equipment_id)
        <> (old.room_use_id, old.equipment_id)) OR NOT EXISTS (
        SELECT 1 FROM app.room_use AS used
        WHERE used.id = new.room_use_id AND used.reserved_from = new.starts_at
            AND used.reserved_to = new.ends_at AND used.holds_space = new.holds_space) THEN
        RAISE EXCEPTION USING message = 'equipment_follows_use', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER equipment_follows_use BEFORE INSERT OR UPDATE ON equipment_line
    FOR EACH ROW EXECUTE FUNCTION equipment_follows_use();
CREATE TRIGGER equipment_line_kept BEFORE DELETE ON equipment_line
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION room_use_extras() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.equipment WHERE id IN (
        SELECT equipment_id FROM app.equipment_line WHERE room_use_id = new.id)
        ORDER BY id FOR UPDATE;
    UPDATE app.equipment_line AS line SET starts_at = new.reserved_from,
        ends_at = new.reserved_to, holds_space = new.holds_space
    WHERE line.room_use_id = new.id
        AND (line.starts_at, line.ends_at, line.holds_space)
            <> (new.reserved_from, new.reserved_to, new.holds_space);
    UPDATE app.catering_line AS line SET version = line.version + 1,
        served_at = line.served_at + (new.starts_at - old.starts_at)
    WHERE line.room_use_id = new.id AND new.starts_at <> old.starts_at
        AND new.ends_at - old.ends_at = new.starts_at - old.starts_at;
    RETURN NULL;
END $$;
CREATE TRIGGER room_use_extras
    AFTER UPDATE OF starts_at, ends_at, reserved_from, reserved_to, holds_space ON room_use
    FOR EACH ROW EXECUTE FUNCTION room_use_extras();

CREATE FUNCTION equipment_stock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE there bigint;
BEGIN
    IF NOT new.holds_space OR new.quantity = 0 THEN
        RETURN NULL;
    END IF;
    SELECT stock INTO there FROM app.equipment WHERE id = new.equipment_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM app.equipment_line AS begins
        WHERE begins.holds_space AND begins.equipment_id = new.equipment_id
            AND begins.starts_at < new.ends_at AND begins.ends_at > new.starts_at
            AND begins.starts_at >= new.starts_at - interval '31 days'
            AND there < (
                SELECT sum(held.quantity) FROM app.equipment_line AS held
                WHERE held.holds_space AND held.equipment_id = new.equipment_id
                    AND held.starts_at <= greatest(begins.starts_at, new.starts_at)
                    AND held.ends_at > greatest(begins.starts_at, new.starts_at)
                    AND held.starts_at >= new.starts_at - interval '31 days')) THEN
        RAISE EXCEPTION USING message = 'equipment_stock', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER equipment_stock
    AFTER INSERT OR UPDATE OF quantity, starts_at, ends_at, holds_space
    ON equipment_line FOR EACH ROW EXECUTE FUNCTION equipment_stock();

-- What is over does not keep a broken projector in the stock.
CREATE FUNCTION equipment_stock_promised() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.stock < old.stock AND EXISTS (
        SELECT 1 FROM app.equipment_line AS begins
        WHERE begins.holds_space AND begins.equipment_id = new.id
            AND begins.ends_at > (now() AT TIME ZONE 'Europe/London')
            AND new.stock < (
                SELECT sum(held.quantity) FROM app.equipment_line AS held
                WHERE held.holds_space AND held.equipment_id = new.id
                    AND held.starts_at <= begins.starts_at
                    AND held.ends_at > begins.starts_at)) THEN
        RAISE EXCEPTION USING message = 'equipment_stock', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER equipment_stock_promised AFTER UPDATE OF stock ON equipment
    FOR EACH ROW EXECUTE FUNCTION equipment_stock_promised();

CREATE TRIGGER catering_line_kept BEFORE DELETE ON catering_line
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE FUNCTION catering_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.room_use_id <> old.room_use_id THEN
        RAISE EXCEPTION USING message = 'catering_of_use', errcode = '23514';
    END IF;
    IF old.least_charged IS NOT NULL AND new.least_charged IS DISTINCT FROM old.least_charged THEN
        RAISE EXCEPTION USING message = 'final_number_kept', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER catering_fixed BEFORE UPDATE OF room_use_id, least_charged ON catering_line
    FOR EACH ROW EXECUTE FUNCTION catering_fixed();
