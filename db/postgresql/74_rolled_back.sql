-- Only an event that nobody has decided about and nobody ever booked goes without a trace.

CREATE FUNCTION event_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF old.state NOT IN ('planned', 'open')
        OR EXISTS (SELECT 1 FROM app.course_booking WHERE event_id = old.id)
        OR EXISTS (SELECT 1 FROM app.event_decision WHERE event_id = old.id) THEN
        RAISE EXCEPTION USING message = 'event_kept', errcode = '23514';
    END IF;
    RETURN old;
END $$;
CREATE TRIGGER event_kept BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_kept();
