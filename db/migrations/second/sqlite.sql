-- What brings the first schema to the second on SQLite. Never edited once released.

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql,
    'CONSTRAINT ck_charge_source_known CHECK (source in (''place'', ''room_use'', ''room_booking''))',
    'CONSTRAINT ck_charge_source_known CHECK (source in (''place'', ''room_use'', ''room_booking'', ''catering_line'', ''equipment_line'', ''visit'', ''agreement''))')
    WHERE type = 'table' AND name = 'charge';

PRAGMA writable_schema = RESET;
