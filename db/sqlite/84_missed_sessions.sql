-- A session is missed only by a place that attended its event, and by none are all of them missed.

CREATE TRIGGER missed_session_of_event BEFORE INSERT ON missed_session BEGIN
    SELECT raise(ABORT, 'missed_session_of_event') WHERE NOT EXISTS (
        SELECT 1 FROM place JOIN event_session ON event_session.event_id = place.event_id
        WHERE place.id = new.place_id AND event_session.id = new.event_session_id);
END;
CREATE TRIGGER missed_session_attended BEFORE INSERT ON missed_session BEGIN
    SELECT raise(ABORT, 'missed_session_attended') WHERE (
        SELECT state FROM place WHERE id = new.place_id) <> 'attended';
END;
CREATE TRIGGER missed_session_not_all AFTER INSERT ON missed_session BEGIN
    SELECT raise(ABORT, 'missed_session_not_all') WHERE NOT EXISTS (
        SELECT 1 FROM place JOIN event_session ON event_session.event_id = place.event_id
        WHERE place.id = new.place_id AND NOT EXISTS (
            SELECT 1 FROM missed_session
            WHERE place_id = place.id AND event_session_id = event_session.id));
END;
CREATE TRIGGER missed_session_kept BEFORE UPDATE ON missed_session BEGIN
    SELECT raise(ABORT, 'missed_session_kept');
END;

CREATE TRIGGER missed_session_attended_u BEFORE UPDATE OF state, event_id ON place
WHEN new.state <> 'attended' OR new.event_id <> old.event_id BEGIN
    SELECT raise(ABORT, 'missed_session_attended') WHERE EXISTS (
        SELECT 1 FROM missed_session WHERE place_id = old.id);
END;
CREATE TRIGGER missed_session_of_event_u BEFORE UPDATE OF event_id ON event_session
WHEN new.event_id <> old.event_id BEGIN
    SELECT raise(ABORT, 'missed_session_of_event') WHERE EXISTS (
        SELECT 1 FROM missed_session WHERE event_session_id = old.id);
END;
CREATE TRIGGER missed_session_not_all_u AFTER UPDATE OF event_id ON event_session
WHEN new.event_id <> old.event_id BEGIN
    SELECT raise(ABORT, 'missed_session_not_all') WHERE EXISTS (
        SELECT 1 FROM place JOIN missed_session AS any_missed ON any_missed.place_id = place.id
        WHERE place.event_id = old.event_id AND NOT EXISTS (
            SELECT 1 FROM event_session WHERE event_id = old.event_id AND NOT EXISTS (
                SELECT 1 FROM missed_session
                WHERE place_id = place.id AND event_session_id = event_session.id)));
END;
CREATE TRIGGER missed_session_not_all_d AFTER DELETE ON event_session BEGIN
    SELECT raise(ABORT, 'missed_session_not_all') WHERE EXISTS (
        SELECT 1 FROM place JOIN missed_session AS any_missed ON any_missed.place_id = place.id
        WHERE place.event_id = old.event_id AND NOT EXISTS (
            SELECT 1 FROM event_session WHERE event_id = old.event_id AND NOT EXISTS (
                SELECT 1 FROM missed_session
                WHERE place_id = place.id AND event_session_id = event_session.id)));
END;
