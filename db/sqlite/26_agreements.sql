-- What was used of an agreement is counted on it, under a check: never more than it allows.

CREATE TRIGGER agreement_draw_counted_i AFTER INSERT ON agreement_draw BEGIN
    UPDATE agreement SET used = (
        SELECT coalesce(sum(units), 0) FROM agreement_draw
        WHERE agreement_id = agreement.id AND NOT is_returned)
    WHERE id = new.agreement_id;
END;
CREATE TRIGGER agreement_draw_counted_u
AFTER UPDATE OF agreement_id, units, is_returned ON agreement_draw BEGIN
    UPDATE agreement SET used = (
        SELECT coalesce(sum(units), 0) FROM agreement_draw
        WHERE agreement_id = agreement.id AND NOT is_returned)
    WHERE id IN (old.agreement_id, new.agreement_id);
END;
CREATE TRIGGER agreement_draw_kept BEFORE DELETE ON agreement_draw BEGIN
    SELECT raise(ABORT, 'agreement_draw_kept');
END;

CREATE TRIGGER agreement_used_counted_i BEFORE INSERT ON agreement WHEN new.used <> 0 BEGIN
    SELECT raise(ABORT, 'agreement_used_counted');
END;
CREATE TRIGGER agreement_used_counted_u BEFORE UPDATE OF used ON agreement BEGIN
    SELECT raise(ABORT, 'agreement_used_counted') WHERE new.used <> (
        SELECT coalesce(sum(units), 0) FROM agreement_draw
        WHERE agreement_id = new.id AND NOT is_returned);
END;

CREATE TRIGGER agreement_draw_in_dates_i BEFORE INSERT ON agreement_draw
WHEN NOT new.is_returned BEGIN
    SELECT raise(ABORT, 'agreement_draw_in_dates') WHERE NOT EXISTS (
        SELECT 1 FROM agreement WHERE id = new.agreement_id
            AND new.drawn_on BETWEEN starts_on AND ends_on
            AND (cancelled_on IS NULL OR new.drawn_on < cancelled_on));
END;
CREATE TRIGGER agreement_draw_in_dates_u
BEFORE UPDATE OF agreement_id, drawn_on, is_returned ON agreement_draw
WHEN NOT new.is_returned BEGIN
    SELECT raise(ABORT, 'agreement_draw_in_dates') WHERE NOT EXISTS (
        SELECT 1 FROM agreement WHERE id = new.agreement_id
            AND new.drawn_on BETWEEN starts_on AND ends_on
            AND (cancelled_on IS NULL OR new.drawn_on < cancelled_on));
END;
CREATE TRIGGER agreement_keeps_draws_u
BEFORE UPDATE OF starts_on, ends_on, cancelled_on ON agreement BEGIN
    SELECT raise(ABORT, 'agreement_keeps_draws') WHERE EXISTS (
        SELECT 1 FROM agreement_draw
        WHERE agreement_id = new.id AND NOT is_returned
            AND NOT (drawn_on BETWEEN new.starts_on AND new.ends_on
                AND (new.cancelled_on IS NULL OR drawn_on < new.cancelled_on)));
END;
