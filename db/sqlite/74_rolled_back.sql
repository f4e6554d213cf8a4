-- Only an event that nobody has decided about and nobody ever booked goes without a trace.

CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN
    SELECT raise(ABORT, 'event_kept') WHERE old.state NOT IN ('planned', 'open')
        OR EXISTS (SELECT 1 FROM course_booking WHERE event_id = old.id)
        OR EXISTS (SELECT 1 FROM event_decision WHERE event_id = old.id);
END;
