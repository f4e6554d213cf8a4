-- A question of the evaluation sheet keeps its words, since sheets answered them; one is asked.
-- Questions are locked before they are looked at, so that nobody answers or retires one meanwhile.

CREATE FUNCTION evaluation_question_guarded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.id <> old.id OR new.words <> old.words THEN
        RAISE EXCEPTION USING message = 'evaluation_question_kept', errcode = '23514';
    END IF;
    IF new.short_words <> old.short_words THEN
        PERFORM 1 FROM app.evaluation_question WHERE id = old.id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM app.evaluation_score WHERE question_id = old.id) THEN
            RAISE EXCEPTION USING message = 'evaluation_question_kept', errcode = '23514';
        END IF;
    END IF;
    IF old.is_active AND NOT new.is_active THEN
        PERFORM 1 FROM app.evaluation_question ORDER BY id FOR UPDATE;
        IF NOT EXISTS (
            SELECT 1 FROM app.evaluation_question WHERE is_active AND id <> old.id) THEN
            RAISE EXCEPTION USING message = 'evaluation_question_left', errcode = '23514';
        END IF;
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER evaluation_question_guarded BEFORE UPDATE ON evaluation_question
    FOR EACH ROW EXECUTE FUNCTION evaluation_question_guarded();
CREATE TRIGGER evaluation_question_kept BEFORE DELETE ON evaluation_question
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION evaluation_score_same() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.evaluation_id <> old.evaluation_id OR new.question_id <> old.question_id THEN
        RAISE EXCEPTION USING message = 'evaluation_score_kept', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER evaluation_score_same BEFORE UPDATE OF evaluation_id, question_id
    ON evaluation_score FOR EACH ROW EXECUTE FUNCTION evaluation_score_same();
CREATE TRIGGER evaluation_score_kept BEFORE DELETE ON evaluation_score
    FOR EACH ROW EXECUTE FUNCTION row_kept();
