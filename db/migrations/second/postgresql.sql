-- What brings the first schema to the second on PostgreSQL. Never edited once released.

ALTER TABLE charge DROP CONSTRAINT ck_charge_source_known;

ALTER TABLE charge ADD CONSTRAINT ck_charge_source_known CHECK (source in ('place', 'room_use', 'room_booking', 'catering_line', 'equipment_line', 'visit', 'agreement'));
