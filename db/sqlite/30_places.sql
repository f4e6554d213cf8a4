-- Held places are counted on the event, under a check: never more than its capacity.

CREATE TRIGGER place_counted_i AFTER INSERT ON place BEGIN
    UPDATE event SET
        places_held = (SELECT count(*) FROM place WHERE event_id = event.id AND holds_place),
        places_waiting = places_waiting + (new.state = 'waiting')
    WHERE id = new.event_id;
END;
CREATE TRIGGER place_counted_u AFTER UPDATE OF event_id, state, holds_place ON place BEGIN
    UPDATE event SET
        places_held = (SELECT count(*) FROM place WHERE event_id = event.id AND holds_place),
        places_waiting = (SELECT count(*) FROM place
            WHERE event_id = event.id AND state = 'waiting')
    WHERE id IN (old.event_id, new.event_id);
END;
CREATE TRIGGER place_kept BEFORE DELETE ON place BEGIN
    SELECT raise(ABORT, 'place_kept');
END;

CREATE TRIGGER places_held_counted_i BEFORE INSERT ON event BEGIN
    SELECT raise(ABORT, 'places_held_counted')
    WHERE new.places_held <> 0 OR new.places_waiting <> 0;
END;
CREATE TRIGGER places_held_counted_u BEFORE UPDATE OF places_held ON event BEGIN
    SELECT raise(ABORT, 'places_held_counted') WHERE new.places_held <> (
        SELECT count(*) FROM place WHERE event_id = new.id AND holds_place);
END;

CREATE TRIGGER place_of_booking_i BEFORE INSERT ON place BEGIN
    SELECT raise(ABORT, 'place_of_booking') WHERE new.event_id IS NOT (
        SELECT event_id FROM course_booking WHERE id = new.course_booking_id);
END;
CREATE TRIGGER place_of_booking_u BEFORE UPDATE OF event_id, course_booking_id ON place BEGIN
    SELECT raise(ABORT, 'place_of_booking') WHERE new.event_id IS NOT (
        SELECT event_id FROM course_booking WHERE id = new.course_booking_id);
END;

CREATE TRIGGER session_days_i AFTER INSERT ON event_session BEGIN
    UPDATE event SET
        first_on = (SELECT min(date(starts_at)) FROM event_session WHERE event_id = event.id),
        last_on = (SELECT max(date(starts_at)) FROM event_session WHERE event_id = event.id)
    WHERE id = new.event_id;
END;
CREATE TRIGGER session_days_u AFTER UPDATE OF event_id, starts_at ON event_session BEGIN
    UPDATE event SET
        first_on = (SELECT min(date(starts_at)) FROM event_session WHERE event_id = event.id),
        last_on = (SELECT max(date(starts_at)) FROM event_session WHERE event_id = event.id)
    WHERE id IN (old.event_id, new.event_id);
END;
CREATE TRIGGER session_days_d AFTER DELETE ON event_session BEGIN
    UPDATE event SET
        first_on = (SELECT min(date(starts_at)) FROM event_session WHERE event_id = event.id),
        last_on = (SELECT max(date(starts_at)) FROM event_session WHERE event_id = event.id)
    WHERE id = old.event_id;
END;
