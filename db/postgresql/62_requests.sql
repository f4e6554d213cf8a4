-- What the room manager answered stays as it was said; a request is never forgotten.

CREATE TRIGGER room_answer_kept BEFORE UPDATE OR DELETE ON room_answer
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE TRIGGER room_request_kept BEFORE DELETE ON room_request
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION room_request_answered() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'waiting' THEN
            RAISE EXCEPTION USING message = 'room_request_answered', errcode = '23514';
        END IF;
        RETURN new;
    END IF;
    IF (new.room_use_id, new.asked_by, new.asked_at)
        <> (old.room_use_id, old.asked_by, old.asked_at) THEN
        RAISE EXCEPTION USING message = 'room_request_kept', errcode = '23514';
    END IF;
    IF new.state = old.state THEN
        RETURN new;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM app.room_answer WHERE room_request_id = new.id
            AND id = (SELECT max(id) FROM app.room_answer WHERE room_request_id = new.id)
            AND (kind = new.state OR kind = 'taken back'
                OR kind = 'declined' AND new.state = 'waiting')) THEN
        RAISE EXCEPTION USING message = 'room_request_answered', errcode = '23514';
    END IF;
    IF new.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM app.room_use
        WHERE id = new.room_use_id AND holds_space AND space_id IS NOT NULL) THEN
        RAISE EXCEPTION USING message = 'room_request_held', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER room_request_answered BEFORE INSERT OR UPDATE ON room_request
    FOR EACH ROW EXECUTE FUNCTION room_request_answered();
