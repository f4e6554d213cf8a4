-- The sessions of one event do not overlap each other. The event's row is locked before looking,
-- so two desks cannot both put one at the same time.

CREATE FUNCTION event_sessions_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.event WHERE id = new.event_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM app.event_session WHERE event_id = new.event_id AND id <> new.id
            AND starts_at < new.ends_at AND ends_at > new.starts_at) THEN
        RAISE EXCEPTION USING message = 'event_sessions_apart', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER event_sessions_apart AFTER INSERT OR UPDATE OF event_id, starts_at, ends_at
    ON event_session FOR EACH ROW EXECUTE FUNCTION event_sessions_apart();
