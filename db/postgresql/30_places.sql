-- Held places are counted on the event, under a check: never more than its capacity. The
-- event's row is locked before counting, so two desks cannot both count the last place.

CREATE FUNCTION place_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE touched bigint;
BEGIN
    FOR touched IN SELECT DISTINCT id FROM app.event WHERE id IN (
        CASE WHEN tg_op <> 'INSERT' THEN old.event_id END,
        CASE WHEN tg_op <> 'DELETE' THEN new.event_id END) ORDER BY id LOOP
        PERFORM 1 FROM app.event WHERE id = touched FOR UPDATE;
        UPDATE app.event SET
            places_held = (SELECT count(*) FROM app.place
                WHERE event_id = touched AND holds_place),
            places_waiting = (SELECT count(*) FROM app.place
                WHERE event_id = touched AND state = 'waiting')
        WHERE id = touched;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER place_counted AFTER INSERT OR UPDATE OF event_id, state, holds_place ON place
    FOR EACH ROW EXECUTE FUNCTION place_counted();
CREATE TRIGGER place_kept BEFORE DELETE ON place
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION places_held_counted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF (tg_op = 'INSERT' AND (new.places_held <> 0 OR new.places_waiting <> 0))
        OR (tg_op = 'UPDATE' AND new.places_held <> (
            SELECT count(*) FROM app.place WHERE event_id = new.id AND holds_place)) THEN
        RAISE EXCEPTION USING message = 'places_held_counted', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER places_held_counted BEFORE INSERT OR UPDATE OF places_held ON event
    FOR EACH ROW EXECUTE FUNCTION places_held_counted();

CREATE FUNCTION place_of_booking() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.event_id IS DISTINCT FROM (
        SELECT event_id FROM app.course_booking WHERE id = new.course_booking_id) THEN
        RAISE EXCEPTION USING message = 'place_of_booking', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER place_of_booking BEFORE INSERT OR UPDATE OF event_id, course_booking_id ON place
    FOR EACH ROW EXECUTE FUNCTION place_of_booking();

CREATE FUNCTION session_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    UPDATE app.event SET
        first_on = (SELECT min(starts_at)::date FROM app.event_session
            WHERE event_id = event.id),
        last_on = (SELECT max(starts_at)::date FROM app.event_session
            WHERE event_id = event.id)
    WHERE id IN (
        CASE WHEN tg_op <> 'INSERT' THEN old.event_id END,
        CASE WHEN tg_op <> 'DELETE' THEN new.event_id END);
    RETURN NULL;
END $$;
CREATE TRIGGER session_days AFTER INSERT OR UPDATE OF event_id, starts_at OR DELETE
    ON event_session FOR EACH ROW EXECUTE FUNCTION session_days();
