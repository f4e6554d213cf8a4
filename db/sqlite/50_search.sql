-- What Ctrl+K finds: each entry's words, for a search that reads no more than it shows. The row
-- triggers of the searched tables are made by core/guards.py.

CREATE TRIGGER search_word_i AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_word (kind, word, entry_id)
        SELECT new.kind, value, new.id FROM json_each(desk_words(new.words));
END;
CREATE TRIGGER search_word_d AFTER DELETE ON search_entry BEGIN
    DELETE FROM search_word WHERE kind = old.kind AND entry_id = old.id
        AND word IN (SELECT value FROM json_each(desk_words(old.words)));
END;
CREATE TRIGGER search_word_u AFTER UPDATE ON search_entry BEGIN
    DELETE FROM search_word WHERE kind = old.kind AND entry_id = old.id
        AND word IN (SELECT value FROM json_each(desk_words(old.words)));
    INSERT INTO search_word (kind, word, entry_id)
        SELECT new.kind, value, new.id FROM json_each(desk_words(new.words));
END;
