-- An agreement pays only for what its own customer booked.

CREATE TRIGGER agreement_draw_own_i AFTER INSERT ON agreement_draw WHEN NOT new.is_returned BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE NOT EXISTS (
        SELECT 1 FROM agreement WHERE id = new.agreement_id AND customer_id = CASE new.source
            WHEN 'place' THEN (
                SELECT b.customer_id FROM place AS p
                JOIN course_booking AS b ON b.id = p.course_booking_id
                WHERE p.id = new.source_id)
            WHEN 'visit' THEN (SELECT customer_id FROM visit WHERE id = new.source_id) END);
END;
CREATE TRIGGER agreement_draw_own_u
AFTER UPDATE OF agreement_id, source, source_id, is_returned ON agreement_draw
WHEN NOT new.is_returned BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE NOT EXISTS (
        SELECT 1 FROM agreement WHERE id = new.agreement_id AND customer_id = CASE new.source
            WHEN 'place' THEN (
                SELECT b.customer_id FROM place AS p
                JOIN course_booking AS b ON b.id = p.course_booking_id
                WHERE p.id = new.source_id)
            WHEN 'visit' THEN (SELECT customer_id FROM visit WHERE id = new.source_id) END);
END;

CREATE TRIGGER agreement_own_draws_u AFTER UPDATE OF customer_id ON agreement
WHEN new.customer_id <> old.customer_id BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE EXISTS (
        SELECT 1 FROM agreement_draw WHERE agreement_id = new.id AND NOT is_returned);
END;
CREATE TRIGGER visit_own_agreement_u AFTER UPDATE OF customer_id ON visit
WHEN new.customer_id <> old.customer_id BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE EXISTS (
        SELECT 1 FROM agreement_draw
        WHERE source = 'visit' AND source_id = new.id AND NOT is_returned);
END;
CREATE TRIGGER booking_own_agreement_u AFTER UPDATE OF customer_id ON course_booking
WHEN new.customer_id <> old.customer_id BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE EXISTS (
        SELECT 1 FROM agreement_draw AS d JOIN place AS p ON p.id = d.source_id
        WHERE d.source = 'place' AND NOT d.is_returned AND p.course_booking_id = new.id);
END;
CREATE TRIGGER place_own_agreement_u AFTER UPDATE OF course_booking_id ON place
WHEN new.course_booking_id <> old.course_booking_id BEGIN
    SELECT raise(ABORT, 'agreement_draw_own') WHERE EXISTS (
        SELECT 1 FROM agreement_draw
        WHERE source = 'place' AND source_id = new.id AND NOT is_returned);
END;
