-- What the room manager answered stays as it was said; a request is never forgotten.

CREATE TRIGGER room_answer_kept_u BEFORE UPDATE ON room_answer BEGIN
    SELECT raise(ABORT, 'room_answer_kept');
END;
CREATE TRIGGER room_answer_kept_d BEFORE DELETE ON room_answer BEGIN
    SELECT raise(ABORT, 'room_answer_kept');
END;
CREATE TRIGGER room_request_kept_d BEFORE DELETE ON room_request BEGIN
    SELECT raise(ABORT, 'room_request_kept');
END;
CREATE TRIGGER room_request_asked BEFORE UPDATE OF room_use_id, asked_by, asked_at ON room_request
BEGIN
    SELECT raise(ABORT, 'room_request_kept') WHERE new.room_use_id <> old.room_use_id
        OR new.asked_by <> old.asked_by OR new.asked_at <> old.asked_at;
END;
CREATE TRIGGER room_request_answered BEFORE UPDATE OF state ON room_request
WHEN new.state <> old.state BEGIN
    SELECT raise(ABORT, 'room_request_answered') WHERE NOT EXISTS (
        SELECT 1 FROM room_answer WHERE room_request_id = new.id
            AND id = (SELECT max(id) FROM room_answer WHERE room_request_id = new.id)
            AND (kind = new.state OR kind = 'taken back'
                OR kind = 'declined' AND new.state = 'waiting'));
    SELECT raise(ABORT, 'room_request_held') WHERE new.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM room_use
        WHERE id = new.room_use_id AND holds_space AND space_id IS NOT NULL);
END;
CREATE TRIGGER room_request_born BEFORE INSERT ON room_request WHEN new.state <> 'waiting' BEGIN
    SELECT raise(ABORT, 'room_request_answered');
END;
