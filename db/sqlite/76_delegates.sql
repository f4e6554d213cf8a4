-- A delegate is in one place at a time. Who did not attend was not there, so that does not count.

CREATE TRIGGER delegate_no_overlap_i AFTER INSERT ON place
WHEN new.person_id IS NOT NULL AND new.state IN ('booked', 'attended') BEGIN
    SELECT raise(ABORT, 'delegate_no_overlap') WHERE EXISTS (
        SELECT 1 FROM place AS held
        JOIN event_session AS theirs ON theirs.event_id = held.event_id
        JOIN event_session AS ours ON ours.event_id = new.event_id
            AND ours.starts_at < theirs.ends_at AND ours.ends_at > theirs.starts_at
        WHERE held.person_id = new.person_id AND held.event_id <> new.event_id
            AND held.state IN ('booked', 'attended'));
END;
CREATE TRIGGER delegate_no_overlap_u AFTER UPDATE OF person_id, event_id, state ON place
WHEN new.person_id IS NOT NULL AND new.state IN ('booked', 'attended') BEGIN
    SELECT raise(ABORT, 'delegate_no_overlap') WHERE EXISTS (
        SELECT 1 FROM place AS held
        JOIN event_session AS theirs ON theirs.event_id = held.event_id
        JOIN event_session AS ours ON ours.event_id = new.event_id
            AND ours.starts_at < theirs.ends_at AND ours.ends_at > theirs.starts_at
        WHERE held.person_id = new.person_id AND held.event_id <> new.event_id
            AND held.state IN ('booked', 'attended'));
END;
CREATE TRIGGER session_no_overlap_i AFTER INSERT ON event_session BEGIN
    SELECT raise(ABORT, 'delegate_no_overlap') WHERE EXISTS (
        SELECT 1 FROM place AS ours
        JOIN place AS held ON held.person_id = ours.person_id
            AND held.event_id <> ours.event_id AND held.state IN ('booked', 'attended')
        JOIN event_session AS theirs ON theirs.event_id = held.event_id
            AND theirs.starts_at < new.ends_at AND theirs.ends_at > new.starts_at
        WHERE ours.event_id = new.event_id AND ours.state IN ('booked', 'attended'));
END;
CREATE TRIGGER session_no_overlap_u AFTER UPDATE OF event_id, starts_at, ends_at ON event_session
BEGIN
    SELECT raise(ABORT, 'delegate_no_overlap') WHERE EXISTS (
        SELECT 1 FROM place AS ours
        JOIN place AS held ON held.person_id = ours.person_id
            AND held.event_id <> ours.event_id AND held.state IN ('booked', 'attended')
        JOIN event_session AS theirs ON theirs.event_id = held.event_id
            AND theirs.starts_at < new.ends_at AND theirs.ends_at > new.starts_at
        WHERE ours.event_id = new.event_id AND ours.state IN ('booked', 'attended'));
END;
