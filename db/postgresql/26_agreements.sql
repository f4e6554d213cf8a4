-- What was used of an agreement is counted on it, under a check: never more than it allows.
-- The agreement's row is locked before counting, so two desks cannot both use the last day.

CREATE FUNCTION agreement_draw_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE touched bigint;
BEGIN
    FOR touched IN SELECT DISTINCT id FROM app.agreement WHERE id IN (
        CASE WHEN tg_op <> 'INSERT' THEN old.agreement_id END, new.agreement_id)
        ORDER BY id LOOP
        PERFORM 1 FROM app.agreement WHERE id = touched FOR UPDATE;
        UPDATE app.agreement SET used = (
            SELECT coalesce(sum(units), 0) FROM app.agreement_draw
            WHERE agreement_id = touched AND NOT is_returned)
        WHERE id = touched;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_draw_counted
    AFTER INSERT OR UPDATE OF agreement_id, units, is_returned ON agreement_draw
    FOR EACH ROW EXECUTE FUNCTION agreement_draw_counted();
CREATE TRIGGER agreement_draw_kept BEFORE DELETE ON agreement_draw
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION agreement_used_counted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF (tg_op = 'INSERT' AND new.used <> 0)
        OR (tg_op = 'UPDATE' AND new.used <> (
            SELECT coalesce(sum(units), 0) FROM app.agreement_draw
            WHERE agreement_id = new.id AND NOT is_returned)) THEN
        RAISE EXCEPTION USING message = 'agreement_used_counted', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER agreement_used_counted BEFORE INSERT OR UPDATE OF used ON agreement
    FOR EACH ROW EXECUTE FUNCTION agreement_used_counted();

CREATE FUNCTION agreement_draw_in_dates() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF NOT new.is_returned AND NOT EXISTS (
        SELECT 1 FROM app.agreement WHERE id = new.agreement_id
            AND new.drawn_on BETWEEN starts_on AND ends_on
            AND (cancelled_on IS NULL OR new.drawn_on < cancelled_on)
        FOR UPDATE) THEN
        RAISE EXCEPTION USING message = 'agreement_draw_in_dates', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER agreement_draw_in_dates
    BEFORE INSERT OR UPDATE OF agreement_id, drawn_on, is_returned ON agreement_draw
    FOR EACH ROW EXECUTE FUNCTION agreement_draw_in_dates();

CREATE FUNCTION agreement_keeps_draws() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM app.agreement_draw
        WHERE agreement_id = new.id AND NOT is_returned
            AND NOT (drawn_on BETWEEN new.starts_on AND new.ends_on
                AND (new.cancelled_on IS NULL OR drawn_on < new.cancelled_on))) THEN
        RAISE EXCEPTION USING message = 'agreement_keeps_draws', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER agreement_keeps_draws BEFORE UPDATE OF starts_on, ends_on, cancelled_on
    ON agreement FOR EACH ROW EXECUTE FUNCTION agreement_keeps_draws();
