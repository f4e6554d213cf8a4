-- A delegate is in one place at a time. Who did not attend was not there, so that does not count.
-- The person's row is locked before looking, so two desks cannot both find the day free; the rows
-- of the events are locked by place_counted and session_days, whose names come first.

CREATE FUNCTION delegate_no_overlap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.person WHERE id = new.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM app.place AS held
        JOIN app.event_session AS theirs ON theirs.event_id = held.event_id
        JOIN app.event_session AS ours ON ours.event_id = new.event_id
            AND ours.starts_at < theirs.ends_at AND ours.ends_at > theirs.starts_at
        WHERE held.person_id = new.person_id AND held.event_id <> new.event_id
            AND held.state IN ('booked', 'attended')) THEN
        RAISE EXCEPTION USING message = 'delegate_no_overlap', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER place_delegate_overlap AFTER INSERT OR UPDATE OF person_id, event_id, state ON place
    FOR EACH ROW WHEN (new.person_id IS NOT NULL AND new.state IN ('booked', 'attended'))
    EXECUTE FUNCTION delegate_no_overlap();

CREATE FUNCTION session_no_overlap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.person WHERE id IN (
        SELECT person_id FROM app.place
        WHERE event_id = new.event_id AND state IN ('booked', 'attended'))
        ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM app.place AS ours
        JOIN app.place AS held ON held.person_id = ours.person_id
            AND held.event_id <> ours.event_id AND held.state IN ('booked', 'attended')
        JOIN app.event_session AS theirs ON theirs.event_id = held.event_id
            AND theirs.starts_at < new.ends_at AND theirs.ends_at > new.starts_at
        WHERE ours.event_id = new.event_id AND ours.state IN ('booked', 'attended')) THEN
        RAISE EXCEPTION USING message = 'delegate_no_overlap', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER session_no_overlap AFTER INSERT OR UPDATE OF event_id, starts_at, ends_at
    ON event_session FOR EACH ROW EXECUTE FUNCTION session_no_overlap();
