-- An event that was called off holds nobody; what was decided stays; who looked at care stays.

CREATE TRIGGER event_called_off_empty_i BEFORE INSERT ON event
WHEN new.state = 'cancelled' AND new.places_held + new.places_waiting > 0 BEGIN
    SELECT raise(ABORT, 'event_called_off_empty');
END;
CREATE TRIGGER event_called_off_empty_u BEFORE UPDATE OF state, places_held, places_waiting ON event
WHEN new.state = 'cancelled' AND new.places_held + new.places_waiting > 0 BEGIN
    SELECT raise(ABORT, 'event_called_off_empty');
END;

CREATE TRIGGER event_decision_kept_u BEFORE UPDATE ON event_decision BEGIN
    SELECT raise(ABORT, 'event_decision_kept');
END;
CREATE TRIGGER event_decision_kept_d BEFORE DELETE ON event_decision BEGIN
    SELECT raise(ABORT, 'event_decision_kept');
END;
CREATE TRIGGER telling_kept_d BEFORE DELETE ON telling BEGIN
    SELECT raise(ABORT, 'telling_kept');
END;
CREATE TRIGGER telling_kept_u BEFORE UPDATE OF event_decision_id, course_booking_id, places, waiting,
    struck_out, credited, credit_notes ON telling BEGIN
    SELECT raise(ABORT, 'telling_kept')
    WHERE (new.event_decision_id, new.course_booking_id, new.places, new.waiting, new.struck_out,
            new.credited, new.credit_notes)
        IS NOT (old.event_decision_id, old.course_booking_id, old.places, old.waiting,
            old.struck_out, old.credited, old.credit_notes);
END;
CREATE TRIGGER telling_of_event BEFORE INSERT ON telling BEGIN
    SELECT raise(ABORT, 'telling_of_event') WHERE
        (SELECT event_id FROM event_decision WHERE id = new.event_decision_id) IS NOT
        (SELECT event_id FROM course_booking WHERE id = new.course_booking_id);
END;

CREATE TRIGGER evaluation_of_event_i BEFORE INSERT ON evaluation WHEN new.place_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'evaluation_of_event') WHERE new.event_id IS NOT (
        SELECT event_id FROM place WHERE id = new.place_id);
END;
CREATE TRIGGER evaluation_of_event_u BEFORE UPDATE OF event_id, place_id ON evaluation
WHEN new.place_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'evaluation_of_event') WHERE new.event_id IS NOT (
        SELECT event_id FROM place WHERE id = new.place_id);
END;

CREATE TRIGGER care_access_kept_u BEFORE UPDATE ON care_access BEGIN
    SELECT raise(ABORT, 'care_access_kept');
END;
CREATE TRIGGER care_access_kept_d BEFORE DELETE ON care_access BEGIN
    SELECT raise(ABORT, 'care_access_kept');
END;
CREATE TRIGGER care_looked_at_i BEFORE INSERT ON person_care BEGIN
    SELECT raise(ABORT, 'care_looked_at') WHERE NOT EXISTS (
        SELECT 1 FROM care_access WHERE person_id = new.person_id);
END;
CREATE TRIGGER care_looked_at_u BEFORE UPDATE ON person_care BEGIN
    SELECT raise(ABORT, 'care_looked_at') WHERE NOT EXISTS (
        SELECT 1 FROM care_access WHERE person_id = new.person_id);
END;
