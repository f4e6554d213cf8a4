-- The sessions of one event do not overlap each other.

CREATE TRIGGER event_sessions_apart_i AFTER INSERT ON event_session BEGIN
    SELECT raise(ABORT, 'event_sessions_apart') WHERE EXISTS (
        SELECT 1 FROM event_session WHERE event_id = new.event_id AND id <> new.id
            AND starts_at < new.ends_at AND ends_at > new.starts_at);
END;
CREATE TRIGGER event_sessions_apart_u AFTER UPDATE OF event_id, starts_at, ends_at ON event_session
BEGIN
    SELECT raise(ABORT, 'event_sessions_apart') WHERE EXISTS (
        SELECT 1 FROM event_session WHERE event_id = new.event_id AND id <> new.id
            AND starts_at < new.ends_at AND ends_at > new.starts_at);
END;
