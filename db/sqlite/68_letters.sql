-- A letter that was sent stays as it was.

CREATE TRIGGER letter_sent_kept_u BEFORE UPDATE ON letter_sent BEGIN
    SELECT raise(ABORT, 'letter_sent_kept');
END;
CREATE TRIGGER letter_sent_kept_d BEFORE DELETE ON letter_sent BEGIN
    SELECT raise(ABORT, 'letter_sent_kept');
END;
