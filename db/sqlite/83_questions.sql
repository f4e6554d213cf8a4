-- A question of the evaluation sheet keeps its words, since sheets answered them; one is asked.

CREATE TRIGGER evaluation_question_kept_u BEFORE UPDATE OF id, words, short_words
ON evaluation_question BEGIN
    SELECT raise(ABORT, 'evaluation_question_kept')
    WHERE new.id <> old.id OR new.words <> old.words
        OR (new.short_words <> old.short_words
            AND EXISTS (SELECT 1 FROM evaluation_score WHERE question_id = old.id));
END;
CREATE TRIGGER evaluation_question_kept_d BEFORE DELETE ON evaluation_question BEGIN
    SELECT raise(ABORT, 'evaluation_question_kept');
END;
CREATE TRIGGER evaluation_question_left BEFORE UPDATE OF is_active ON evaluation_question
WHEN old.is_active AND NOT new.is_active BEGIN
    SELECT raise(ABORT, 'evaluation_question_left') WHERE NOT EXISTS (
        SELECT 1 FROM evaluation_question WHERE is_active AND id <> old.id);
END;

CREATE TRIGGER evaluation_score_kept_u BEFORE UPDATE OF evaluation_id, question_id
ON evaluation_score BEGIN
    SELECT raise(ABORT, 'evaluation_score_kept')
    WHERE new.evaluation_id <> old.evaluation_id OR new.question_id <> old.question_id;
END;
CREATE TRIGGER evaluation_score_kept_d BEFORE DELETE ON evaluation_score BEGIN
    SELECT raise(ABORT, 'evaluation_score_kept');
END;
