-- The audit chain. Row triggers, made for each table by core/guards.py, insert into audit_line;
-- everything else happens here. Views carry values that must be worked out once: SQLite may
-- work an expression out again wherever it is used, and the time or the salt would differ.

CREATE VIEW audit_line AS
SELECT NULL AS op, NULL AS table_name, NULL AS record_id, NULL AS before, NULL AS after, NULL AS words
WHERE 0;

CREATE VIEW audit_link AS
SELECT NULL AS table_name, NULL AS record_id, NULL AS payload WHERE 0;

CREATE TRIGGER audit_line_in INSTEAD OF INSERT ON audit_line BEGIN
    INSERT INTO audit_detail (position, salt, words)
        SELECT head.position + 1, desk_salt(), new.words FROM audit_head AS head
        WHERE new.words IS NOT NULL;
    INSERT INTO audit_link (table_name, record_id, payload)
        SELECT new.table_name, new.record_id, json_object(
            'position', head.position + 1, 'at', desk_now(),
            'officer', desk_by('officer'), 'desk', desk_by('desk'), 'login', 'sqlite',
            'action', desk_by('action'), 'reason', desk_by('reason'),
            'op', new.op, 'table', new.table_name, 'record', new.record_id,
            'before', json(new.before), 'after', json(new.after),
            'detail', (SELECT lower(hex(desk_hash(CAST(detail.salt AS BLOB), detail.words)))
                FROM audit_detail AS detail WHERE detail.position = head.position + 1))
        FROM audit_head AS head;
END;

CREATE TRIGGER audit_link_in INSTEAD OF INSERT ON audit_link BEGIN
    INSERT INTO audit (position, table_name, record_id, payload, hash)
        SELECT head.position + 1, new.table_name, new.record_id, new.payload,
            desk_hash(head.hash, new.payload)
        FROM audit_head AS head;
    UPDATE audit_head SET position = position + 1,
        hash = (SELECT hash FROM audit WHERE audit.position = audit_head.position + 1);
END;

CREATE TRIGGER audit_append_only_i BEFORE INSERT ON audit BEGIN
    SELECT raise(ABORT, 'audit_append_only') FROM (SELECT 1)
    WHERE NOT EXISTS (SELECT 1 FROM audit_head AS head
        WHERE new.position = head.position + 1 AND new.hash = desk_hash(head.hash, new.payload)
        AND new.table_name = json_extract(new.payload, '$.table')
        AND new.record_id = json_extract(new.payload, '$.record'));
END;
CREATE TRIGGER audit_append_only_u BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'audit_append_only');
END;
CREATE TRIGGER audit_append_only_d BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_head_follows_i BEFORE INSERT ON audit_head BEGIN
    SELECT raise(ABORT, 'audit_head_follows') WHERE EXISTS (SELECT 1 FROM audit_head)
        OR new.position <> 0;
END;
CREATE TRIGGER audit_head_follows_u BEFORE UPDATE ON audit_head BEGIN
    SELECT raise(ABORT, 'audit_head_follows') WHERE new.id <> old.id
        OR new.position <> old.position + 1
        OR new.hash IS NOT (SELECT hash FROM audit WHERE position = new.position);
END;
CREATE TRIGGER audit_head_follows_d BEFORE DELETE ON audit_head BEGIN
    SELECT raise(ABORT, 'audit_head_follows');
END;

CREATE TRIGGER audit_detail_erased_i BEFORE INSERT ON audit_detail BEGIN
    SELECT raise(ABORT, 'audit_detail_only_erased')
    WHERE new.position IS NOT (SELECT position + 1 FROM audit_head);
END;
CREATE TRIGGER audit_detail_erased_u BEFORE UPDATE ON audit_detail BEGIN
    SELECT raise(ABORT, 'audit_detail_only_erased')
    WHERE new.position <> old.position OR new.salt IS NOT NULL OR new.words IS NOT NULL;
END;
CREATE TRIGGER audit_detail_erased_d BEFORE DELETE ON audit_detail BEGIN
    SELECT raise(ABORT, 'audit_detail_only_erased');
END;
