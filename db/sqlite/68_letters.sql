-- A letter that was sent stays as it was, and so does the mark of the audit chain on a paper.

CREATE TRIGGER letter_sent_kept_u BEFORE UPDATE ON letter_sent BEGIN
    SELECT raise(ABORT, 'letter_sent_kept');
END;
CREATE TRIGGER letter_sent_kept_d BEFORE DELETE ON letter_sent BEGIN
    SELECT raise(ABORT, 'letter_sent_kept');
END;

CREATE TRIGGER anchor_kept_u BEFORE UPDATE ON anchor BEGIN
    SELECT raise(ABORT, 'anchor_kept');
END;
CREATE TRIGGER anchor_kept_d BEFORE DELETE ON anchor BEGIN
    SELECT raise(ABORT, 'anchor_kept');
END;
CREATE TRIGGER anchor_of_chain BEFORE INSERT ON anchor BEGIN
    SELECT raise(ABORT, 'anchor_of_chain') WHERE NOT EXISTS (
        SELECT 1 FROM audit_head WHERE position = new.position AND hash = new.hash);
END;
