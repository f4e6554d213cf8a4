-- A session is missed only by a place that attended its event, and by none are all of them missed.
-- The event's row is locked before looking, and the place's against a change of its state, so that
-- no other desk strikes a session out or corrects the attendance meanwhile.

CREATE FUNCTION missed_session_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE held app.place;
BEGIN
    SELECT * INTO held FROM app.place WHERE id = new.place_id FOR SHARE;
    PERFORM 1 FROM app.event WHERE id = held.event_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM app.event_session
        WHERE id = new.event_session_id AND event_id = held.event_id) THEN
        RAISE EXCEPTION USING message = 'missed_session_of_event', errcode = '23514';
    END IF;
    IF held.state <> 'attended' THEN
        RAISE EXCEPTION USING message = 'missed_session_attended', errcode = '23514';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM app.event_session AS session
        WHERE session.event_id = held.event_id AND session.id <> new.event_session_id
            AND NOT EXISTS (SELECT 1 FROM app.missed_session
                WHERE place_id = held.id AND event_session_id = session.id)) THEN
        RAISE EXCEPTION USING message = 'missed_session_not_all', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER missed_session_guarded BEFORE INSERT ON missed_session
    FOR EACH ROW EXECUTE FUNCTION missed_session_guarded();
CREATE TRIGGER missed_session_kept BEFORE UPDATE ON missed_session
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION missed_session_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM app.missed_session WHERE place_id = old.id) THEN
        RAISE EXCEPTION USING message = 'missed_session_attended', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER missed_session_place BEFORE UPDATE OF state, event_id ON place
    FOR EACH ROW WHEN (new.state <> 'attended' OR new.event_id <> old.event_id)
    EXECUTE FUNCTION missed_session_place();

CREATE FUNCTION missed_session_left() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.event WHERE id = old.event_id FOR NO KEY UPDATE;
    IF tg_op = 'UPDATE' AND EXISTS (
        SELECT 1 FROM app.missed_session WHERE event_session_id = old.id) THEN
        RAISE EXCEPTION USING message = 'missed_session_of_event', errcode = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM app.place
        JOIN app.missed_session AS any_missed ON any_missed.place_id = place.id
        WHERE place.event_id = old.event_id AND NOT EXISTS (
            SELECT 1 FROM app.event_session AS session
            WHERE session.event_id = old.event_id AND NOT EXISTS (
                SELECT 1 FROM app.missed_session AS missed
                WHERE missed.place_id = place.id
                    AND missed.event_session_id = session.id))) THEN
        RAISE EXCEPTION USING message = 'missed_session_not_all', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER missed_session_left_u AFTER UPDATE OF event_id ON event_session
    FOR EACH ROW WHEN (new.event_id <> old.event_id) EXECUTE FUNCTION missed_session_left();
CREATE TRIGGER missed_session_left_d AFTER DELETE ON event_session
    FOR EACH ROW EXECUTE FUNCTION missed_session_left();
