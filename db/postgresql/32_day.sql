-- An event that was called off holds nobody; what was decided stays; who looked at care stays.

CREATE FUNCTION event_called_off_empty() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.state = 'cancelled' AND new.places_held + new.places_waiting > 0 THEN
        RAISE EXCEPTION USING message = 'event_called_off_empty', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER event_called_off_empty
    BEFORE INSERT OR UPDATE OF state, places_held, places_waiting ON event
    FOR EACH ROW EXECUTE FUNCTION event_called_off_empty();

CREATE TRIGGER event_decision_kept BEFORE UPDATE OR DELETE ON event_decision
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE TRIGGER telling_kept BEFORE DELETE ON telling
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION telling_as_decided() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'UPDATE' AND (new.event_decision_id, new.course_booking_id, new.places,
            new.waiting, new.struck_out, new.credited, new.credit_notes)
        IS DISTINCT FROM (old.event_decision_id, old.course_booking_id, old.places,
            old.waiting, old.struck_out, old.credited, old.credit_notes) THEN
        RAISE EXCEPTION USING message = 'telling_kept', errcode = '23514';
    END IF;
    IF tg_op = 'INSERT'
        AND (SELECT event_id FROM app.event_decision WHERE id = new.event_decision_id)
        IS DISTINCT FROM
            (SELECT event_id FROM app.course_booking WHERE id = new.course_booking_id) THEN
        RAISE EXCEPTION USING message = 'telling_of_event', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER telling_as_decided BEFORE INSERT OR UPDATE ON telling
    FOR EACH ROW EXECUTE FUNCTION telling_as_decided();

CREATE FUNCTION evaluation_of_event() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.place_id IS NOT NULL AND new.event_id IS DISTINCT FROM (
        SELECT event_id FROM app.place WHERE id = new.place_id) THEN
        RAISE EXCEPTION USING message = 'evaluation_of_event', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER evaluation_of_event BEFORE INSERT OR UPDATE OF event_id, place_id ON evaluation
    FOR EACH ROW EXECUTE FUNCTION evaluation_of_event();

CREATE TRIGGER care_access_kept BEFORE UPDATE OR DELETE ON care_access
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE FUNCTION care_looked_at() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM app.care_access WHERE person_id = new.person_id) THEN
        RAISE EXCEPTION USING message = 'care_looked_at', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER care_looked_at BEFORE INSERT OR UPDATE ON person_care
    FOR EACH ROW EXECUTE FUNCTION care_looked_at();
