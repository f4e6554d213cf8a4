-- What brings the first schema to the second on PostgreSQL. Never edited once released.

CREATE INDEX ix_anchor_written_on ON anchor (written_on);

CREATE TABLE booking_series (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    repeats TEXT NOT NULL,
    every BIGINT NOT NULL,
    weekdays TEXT NOT NULL,
    nth BIGINT NOT NULL,
    starts_on DATE NOT NULL,
    until_on DATE,
    times BIGINT,
    CONSTRAINT pk_booking_series PRIMARY KEY (id),
    CONSTRAINT ck_booking_series_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_booking_series_version_counts CHECK (version >= 1),
    CONSTRAINT ck_booking_series_repeats_known CHECK (repeats in ('day', 'week', 'month by date', 'month by weekday')),
    CONSTRAINT ck_booking_series_every_sensible CHECK (every between 1 and 366),
    CONSTRAINT ck_booking_series_weekdays_text CHECK (length(weekdays) between 0 and 20 and weekdays = trim(weekdays)),
    CONSTRAINT ck_booking_series_nth_known CHECK (nth between -1 and 4),
    CONSTRAINT ck_booking_series_times_sensible CHECK (times is null or times between 1 and 366),
    CONSTRAINT ck_booking_series_ends_once CHECK ((until_on is null) <> (times is null)),
    CONSTRAINT ck_booking_series_ends_after_start CHECK (until_on is null or until_on >= starts_on),
    CONSTRAINT uq_booking_series_client_uuid UNIQUE (client_uuid)
);

CREATE TABLE evaluation_question (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    words TEXT NOT NULL,
    short_words TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_evaluation_question PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_question_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_evaluation_question_version_counts CHECK (version >= 1),
    CONSTRAINT ck_evaluation_question_words_text CHECK (length(words) between 1 and 200 and words = trim(words)),
    CONSTRAINT ck_evaluation_question_short_words_text CHECK (length(short_words) between 1 and 40 and short_words = trim(short_words)),
    CONSTRAINT uq_evaluation_question_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_evaluation_question_words UNIQUE (words)
);

CREATE TABLE import_match (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    headings_key TEXT NOT NULL,
    headings TEXT NOT NULL,
    decided TEXT NOT NULL,
    CONSTRAINT pk_import_match PRIMARY KEY (id),
    CONSTRAINT ck_import_match_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_import_match_version_counts CHECK (version >= 1),
    CONSTRAINT ck_import_match_kind_text CHECK (length(kind) between 1 and 40 and kind = trim(kind)),
    CONSTRAINT ck_import_match_headings_key_text CHECK (length(headings_key) between 1 and 64 and headings_key = trim(headings_key)),
    CONSTRAINT ck_import_match_headings_text CHECK (length(headings) between 1 and 100000 and headings = trim(headings)),
    CONSTRAINT ck_import_match_decided_text CHECK (length(decided) between 1 and 400000 and decided = trim(decided)),
    CONSTRAINT uq_import_match_client_uuid UNIQUE (client_uuid)
);

CREATE UNIQUE INDEX uq_import_match_kind_headings_key ON import_match (kind, headings_key);

CREATE TABLE letter_sent (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    told TEXT NOT NULL,
    way TEXT NOT NULL,
    sent_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    sent_by TEXT NOT NULL,
    CONSTRAINT pk_letter_sent PRIMARY KEY (id),
    CONSTRAINT ck_letter_sent_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_letter_sent_version_counts CHECK (version >= 1),
    CONSTRAINT ck_letter_sent_kind_known CHECK (kind in ('confirmation', 'amended confirmation', 'cancellation')),
    CONSTRAINT ck_letter_sent_way_known CHECK (way in ('printed', 'saved', 'mailed')),
    CONSTRAINT ck_letter_sent_table_name_text CHECK (length(table_name) between 1 and 60 and table_name = trim(table_name)),
    CONSTRAINT ck_letter_sent_told_text CHECK (length(told) between 1 and 100000 and told = trim(told)),
    CONSTRAINT ck_letter_sent_sent_by_text CHECK (length(sent_by) between 1 and 60 and sent_by = trim(sent_by)),
    CONSTRAINT uq_letter_sent_client_uuid UNIQUE (client_uuid)
);

CREATE INDEX ix_letter_sent_table_name_record_id ON letter_sent (table_name, record_id);

CREATE TABLE letter_template (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_letter_template PRIMARY KEY (id),
    CONSTRAINT ck_letter_template_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_letter_template_version_counts CHECK (version >= 1),
    CONSTRAINT ck_letter_template_kind_known CHECK (kind in ('confirmation', 'joining', 'waiting', 'change', 'cancellation', 'certificate')),
    CONSTRAINT ck_letter_template_subject_text CHECK (length(subject) between 1 and 120 and subject = trim(subject)),
    CONSTRAINT ck_letter_template_body_text CHECK (length(body) between 1 and 4000 and body = trim(body)),
    CONSTRAINT uq_letter_template_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_letter_template_kind UNIQUE (kind)
);

CREATE TABLE message (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    record_name TEXT NOT NULL,
    to_address TEXT NOT NULL,
    to_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL,
    eml TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_by TEXT NOT NULL,
    claimed_at TIMESTAMP(0) WITHOUT TIME ZONE,
    error TEXT NOT NULL,
    sent_at TIMESTAMP(0) WITHOUT TIME ZONE,
    queued_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    queued_by TEXT NOT NULL,
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT ck_message_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_message_version_counts CHECK (version >= 1),
    CONSTRAINT ck_message_kind_known CHECK (kind in ('confirmation', 'joining', 'waiting', 'change', 'cancellation', 'certificate')),
    CONSTRAINT ck_message_state_known CHECK (state in ('queued', 'sending', 'sent', 'failed', 'unsure', 'withdrawn')),
    CONSTRAINT ck_message_record_kind_text CHECK (length(record_kind) between 1 and 40 and record_kind = trim(record_kind)),
    CONSTRAINT ck_message_record_name_text CHECK (length(record_name) between 1 and 60 and record_name = trim(record_name)),
    CONSTRAINT ck_message_to_address_text CHECK (length(to_address) between 1 and 200 and to_address = trim(to_address)),
    CONSTRAINT ck_message_to_name_text CHECK (length(to_name) between 0 and 200 and to_name = trim(to_name)),
    CONSTRAINT ck_message_subject_text CHECK (length(subject) between 1 and 200 and subject = trim(subject)),
    CONSTRAINT ck_message_message_id_text CHECK (length(message_id) between 1 and 200 and message_id = trim(message_id)),
    CONSTRAINT ck_message_error_text CHECK (length(error) between 0 and 400 and error = trim(error)),
    CONSTRAINT ck_message_claimed_by_text CHECK (length(claimed_by) between 0 and 60 and claimed_by = trim(claimed_by)),
    CONSTRAINT ck_message_attempts_sensible CHECK (attempts between 0 and 10000),
    CONSTRAINT ck_message_sent_when CHECK ((state = 'sent') = (sent_at is not null)),
    CONSTRAINT ck_message_failed_why CHECK (state <> 'failed' or error <> ''),
    CONSTRAINT uq_message_client_uuid UNIQUE (client_uuid)
);

CREATE INDEX ix_message_record_kind_record_id ON message (record_kind, record_id);

CREATE INDEX ix_message_state ON message (state);

CREATE UNIQUE INDEX uq_message_message_id ON message (message_id);

CREATE TABLE opening_hours (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    weekday BIGINT NOT NULL,
    opens BIGINT NOT NULL,
    closes BIGINT NOT NULL,
    CONSTRAINT pk_opening_hours PRIMARY KEY (id),
    CONSTRAINT ck_opening_hours_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_opening_hours_version_counts CHECK (version >= 1),
    CONSTRAINT ck_opening_hours_weekday_known CHECK (weekday between 0 and 6),
    CONSTRAINT ck_opening_hours_hours_sensible CHECK (opens >= 0 and closes <= 1440 and (opens < closes or (opens = 0 and closes = 0))),
    CONSTRAINT uq_opening_hours_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_opening_hours_site_id FOREIGN KEY(site_id) REFERENCES site (id)
);

CREATE UNIQUE INDEX uq_opening_hours_site_id_weekday ON opening_hours (site_id, weekday);

CREATE TABLE trainer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    resource_id BIGINT NOT NULL,
    service_id BIGINT,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    email TEXT NOT NULL,
    telephone TEXT NOT NULL,
    cost_per_day BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_trainer PRIMARY KEY (id),
    CONSTRAINT ck_trainer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_trainer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_trainer_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT ck_trainer_initials_text CHECK (length(initials) between 1 and 6 and initials = trim(initials)),
    CONSTRAINT ck_trainer_email_text CHECK (length(email) between 0 and 200 and email = trim(email)),
    CONSTRAINT ck_trainer_telephone_text CHECK (length(telephone) between 0 and 40 and telephone = trim(telephone)),
    CONSTRAINT ck_trainer_cost_per_day_sensible CHECK (cost_per_day between 0 and 100000000),
    CONSTRAINT uq_trainer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_trainer_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id),
    CONSTRAINT fk_trainer_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

CREATE INDEX ix_trainer_service_id ON trainer (service_id);

CREATE UNIQUE INDEX uq_trainer_resource_id ON trainer (resource_id);

CREATE TABLE agreement (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    price BIGINT NOT NULL,
    allowance TEXT NOT NULL,
    units BIGINT NOT NULL,
    used BIGINT DEFAULT '0' NOT NULL,
    order_number TEXT NOT NULL,
    notes TEXT NOT NULL,
    cancelled_on DATE,
    cancelled_reason TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT ck_agreement_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_agreement_version_counts CHECK (version >= 1),
    CONSTRAINT ck_agreement_title_text CHECK (length(title) between 1 and 120 and title = trim(title)),
    CONSTRAINT ck_agreement_ends_on_after_starts_on CHECK (starts_on <= ends_on),
    CONSTRAINT ck_agreement_price_sensible CHECK (price between 0 and 100000000),
    CONSTRAINT ck_agreement_allowance_known CHECK (allowance in ('none', 'course places', 'consultancy days', 'clerked meetings')),
    CONSTRAINT ck_agreement_units_sensible CHECK (units between 0 and 100000),
    CONSTRAINT ck_agreement_units_of_allowance CHECK ((allowance = 'none') = (units = 0)),
    CONSTRAINT ck_agreement_not_over_used CHECK (used between 0 and units),
    CONSTRAINT ck_agreement_cancelled_why CHECK (cancelled_on is null or cancelled_reason <> ''),
    CONSTRAINT ck_agreement_cancelled_reason_text CHECK (length(cancelled_reason) between 0 and 400 and cancelled_reason = trim(cancelled_reason)),
    CONSTRAINT ck_agreement_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_agreement_notes_text CHECK (length(notes) between 0 and 4000 and notes = trim(notes)),
    CONSTRAINT uq_agreement_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_agreement_number UNIQUE (number),
    CONSTRAINT fk_agreement_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_agreement_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE INDEX ix_agreement_customer_id_ends_on ON agreement (customer_id, ends_on);

CREATE INDEX ix_agreement_ends_on ON agreement (ends_on);

CREATE TABLE catering_item (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    is_per_head BOOLEAN NOT NULL,
    sort_order BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_catering_item PRIMARY KEY (id),
    CONSTRAINT ck_catering_item_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_catering_item_version_counts CHECK (version >= 1),
    CONSTRAINT ck_catering_item_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT uq_catering_item_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_catering_item_offer_id UNIQUE (offer_id),
    CONSTRAINT fk_catering_item_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

ALTER TABLE charge DROP CONSTRAINT ck_charge_source_known;

ALTER TABLE charge ADD CONSTRAINT ck_charge_source_known CHECK (source in ('place', 'room_use', 'room_booking', 'catering_line', 'equipment_line', 'visit', 'agreement'));

CREATE TABLE equipment (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    stock BIGINT NOT NULL,
    offer_id BIGINT,
    sort_order BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_equipment PRIMARY KEY (id),
    CONSTRAINT ck_equipment_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_equipment_version_counts CHECK (version >= 1),
    CONSTRAINT ck_equipment_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT ck_equipment_stock_counted CHECK (stock between 0 and 100000),
    CONSTRAINT uq_equipment_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_equipment_name UNIQUE (name),
    CONSTRAINT fk_equipment_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE TABLE space_rate (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    space_id BIGINT NOT NULL,
    part TEXT NOT NULL,
    offer_id BIGINT NOT NULL,
    CONSTRAINT pk_space_rate PRIMARY KEY (id),
    CONSTRAINT ck_space_rate_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_space_rate_version_counts CHECK (version >= 1),
    CONSTRAINT ck_space_rate_part_known CHECK (part in ('half day', 'day', 'evening')),
    CONSTRAINT uq_space_rate_space_id_part UNIQUE (space_id, part),
    CONSTRAINT uq_space_rate_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_space_rate_space_id FOREIGN KEY(space_id) REFERENCES space (id),
    CONSTRAINT uq_space_rate_offer_id UNIQUE (offer_id),
    CONSTRAINT fk_space_rate_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE TABLE trainer_time (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    trainer_id BIGINT NOT NULL,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    reserved_from TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    reserved_to TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    purpose TEXT NOT NULL,
    words TEXT NOT NULL,
    holds_space BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    source_id BIGINT,
    CONSTRAINT pk_trainer_time PRIMARY KEY (id),
    CONSTRAINT ck_trainer_time_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_trainer_time_version_counts CHECK (version >= 1),
    CONSTRAINT ck_trainer_time_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_trainer_time_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_trainer_time_starts_at_longest CHECK (ends_at <= starts_at + interval '31 days'),
    CONSTRAINT ck_trainer_time_reserved_to_after_reserved_from CHECK (reserved_from < reserved_to),
    CONSTRAINT ck_trainer_time_reserved_from_age CHECK (reserved_from >= '2000-01-01' and reserved_to < '2200-01-01'),
    CONSTRAINT ck_trainer_time_reserved_from_longest CHECK (reserved_to <= reserved_from + interval '31 days'),
    CONSTRAINT ck_trainer_time_reserved_holds_work CHECK (reserved_from <= starts_at and reserved_to >= ends_at),
    CONSTRAINT ck_trainer_time_purpose_known CHECK (purpose in ('session', 'visit', 'leave', 'other')),
    CONSTRAINT ck_trainer_time_words_text CHECK (length(words) between 0 and 300 and words = trim(words)),
    CONSTRAINT ck_trainer_time_source_text CHECK (length(source) between 0 and 40 and source = trim(source)),
    CONSTRAINT uq_trainer_time_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_trainer_time_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainer (id)
);

CREATE INDEX ix_trainer_time_of_source ON trainer_time (source_id, source) WHERE source_id IS NOT NULL;

CREATE INDEX ix_trainer_time_starts_at ON trainer_time (starts_at);

CREATE INDEX ix_trainer_time_trainer_id_starts_at ON trainer_time (trainer_id, starts_at);

CREATE TABLE visit_offer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    service_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    offer_id BIGINT NOT NULL,
    CONSTRAINT pk_visit_offer PRIMARY KEY (id),
    CONSTRAINT ck_visit_offer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_visit_offer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_visit_offer_kind_known CHECK (kind in ('half day', 'day', 'twilight')),
    CONSTRAINT uq_visit_offer_service_id_kind UNIQUE (service_id, kind),
    CONSTRAINT uq_visit_offer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_visit_offer_service_id FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_visit_offer_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE TABLE agreement_draw (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    agreement_id BIGINT NOT NULL,
    units BIGINT NOT NULL,
    source TEXT NOT NULL,
    source_id BIGINT NOT NULL,
    drawn_on DATE NOT NULL,
    is_returned BOOLEAN NOT NULL,
    CONSTRAINT pk_agreement_draw PRIMARY KEY (id),
    CONSTRAINT ck_agreement_draw_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_agreement_draw_version_counts CHECK (version >= 1),
    CONSTRAINT ck_agreement_draw_units_some CHECK (units between 1 and 10000),
    CONSTRAINT ck_agreement_draw_source_known CHECK (source in ('place', 'visit', 'meeting')),
    CONSTRAINT uq_agreement_draw_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_agreement_draw_agreement_id FOREIGN KEY(agreement_id) REFERENCES agreement (id)
);

CREATE INDEX ix_agreement_draw_agreement_id ON agreement_draw (agreement_id);

CREATE UNIQUE INDEX uq_agreement_draw_once ON agreement_draw (source, source_id) WHERE NOT is_returned;

CREATE TABLE closure_allowance (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    closure_id BIGINT NOT NULL,
    customer_id BIGINT,
    room_booking_id BIGINT,
    CONSTRAINT pk_closure_allowance PRIMARY KEY (id),
    CONSTRAINT ck_closure_allowance_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_closure_allowance_version_counts CHECK (version >= 1),
    CONSTRAINT ck_closure_allowance_one_allowed CHECK ((customer_id is null) <> (room_booking_id is null)),
    CONSTRAINT uq_closure_allowance_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_closure_allowance_closure_id FOREIGN KEY(closure_id) REFERENCES closure (id),
    CONSTRAINT fk_closure_allowance_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_closure_allowance_room_booking_id FOREIGN KEY(room_booking_id) REFERENCES room_booking (id)
);

CREATE UNIQUE INDEX uq_closure_allowance_closure_id_customer_id ON closure_allowance (closure_id, customer_id);

CREATE UNIQUE INDEX uq_closure_allowance_closure_id_room_booking_id ON closure_allowance (closure_id, room_booking_id);

CREATE TABLE room_booking_term (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_booking_id BIGINT NOT NULL,
    notice_below BIGINT,
    percent BIGINT NOT NULL,
    unit TEXT NOT NULL,
    base TEXT NOT NULL,
    CONSTRAINT pk_room_booking_term PRIMARY KEY (id),
    CONSTRAINT ck_room_booking_term_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_room_booking_term_version_counts CHECK (version >= 1),
    CONSTRAINT ck_room_booking_term_percent_sensible CHECK (percent between 0 and 100),
    CONSTRAINT ck_room_booking_term_unit_text CHECK (length(unit) between 1 and 20 and unit = trim(unit)),
    CONSTRAINT ck_room_booking_term_base_text CHECK (length(base) between 1 and 20 and base = trim(base)),
    CONSTRAINT uq_room_booking_term_room_booking_id_notice_below UNIQUE (room_booking_id, notice_below),
    CONSTRAINT uq_room_booking_term_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_room_booking_term_room_booking_id FOREIGN KEY(room_booking_id) REFERENCES room_booking (id)
);

CREATE TABLE series_date (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    series_id BIGINT NOT NULL,
    original_on DATE NOT NULL,
    room_booking_id BIGINT,
    skipped_reason TEXT NOT NULL,
    CONSTRAINT pk_series_date PRIMARY KEY (id),
    CONSTRAINT ck_series_date_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_series_date_version_counts CHECK (version >= 1),
    CONSTRAINT ck_series_date_skipped_reason_text CHECK (length(skipped_reason) between 0 and 200 and skipped_reason = trim(skipped_reason)),
    CONSTRAINT ck_series_date_booked_or_skipped CHECK ((room_booking_id is null) = (skipped_reason <> '')),
    CONSTRAINT uq_series_date_series_id_original_on UNIQUE (series_id, original_on),
    CONSTRAINT uq_series_date_room_booking_id UNIQUE (room_booking_id),
    CONSTRAINT uq_series_date_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_series_date_series_id FOREIGN KEY(series_id) REFERENCES booking_series (id),
    CONSTRAINT fk_series_date_room_booking_id FOREIGN KEY(room_booking_id) REFERENCES room_booking (id)
);

CREATE TABLE visit (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    trainer_time_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    contact_id BIGINT,
    service_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    topic TEXT NOT NULL,
    paid TEXT NOT NULL,
    no_charge_reason TEXT NOT NULL,
    order_number TEXT NOT NULL,
    notes_office TEXT NOT NULL,
    note TEXT NOT NULL,
    note_on DATE,
    taken_by TEXT NOT NULL,
    taken_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    cancelled_at TIMESTAMP(0) WITHOUT TIME ZONE,
    cancelled_reason TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT ck_visit_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_visit_version_counts CHECK (version >= 1),
    CONSTRAINT ck_visit_kind_known CHECK (kind in ('half day', 'day', 'twilight')),
    CONSTRAINT ck_visit_state_known CHECK (state in ('planned', 'confirmed', 'done', 'cancelled')),
    CONSTRAINT ck_visit_paid_known CHECK (paid in ('price list', 'no charge')),
    CONSTRAINT ck_visit_topic_text CHECK (length(topic) between 1 and 200 and topic = trim(topic)),
    CONSTRAINT ck_visit_note_text CHECK (length(note) between 0 and 8000 and note = trim(note)),
    CONSTRAINT ck_visit_notes_office_text CHECK (length(notes_office) between 0 and 4000 and notes_office = trim(notes_office)),
    CONSTRAINT ck_visit_no_charge_reason_text CHECK (length(no_charge_reason) between 0 and 200 and no_charge_reason = trim(no_charge_reason)),
    CONSTRAINT ck_visit_cancelled_reason_text CHECK (length(cancelled_reason) between 0 and 400 and cancelled_reason = trim(cancelled_reason)),
    CONSTRAINT ck_visit_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_visit_taken_by_text CHECK (length(taken_by) between 0 and 60 and taken_by = trim(taken_by)),
    CONSTRAINT ck_visit_cancelled_when CHECK (state <> 'cancelled' or cancelled_at is not null),
    CONSTRAINT ck_visit_done_has_note CHECK (state <> 'done' or note_on is not null),
    CONSTRAINT ck_visit_note_dated CHECK ((note = '') = (note_on is null)),
    CONSTRAINT uq_visit_trainer_time_id UNIQUE (trainer_time_id),
    CONSTRAINT uq_visit_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_visit_number UNIQUE (number),
    CONSTRAINT fk_visit_trainer_time_id FOREIGN KEY(trainer_time_id) REFERENCES trainer_time (id),
    CONSTRAINT fk_visit_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_visit_contact_id FOREIGN KEY(contact_id) REFERENCES person (id),
    CONSTRAINT fk_visit_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

CREATE INDEX ix_visit_customer_id ON visit (customer_id);

CREATE INDEX ix_visit_service_id ON visit (service_id);

CREATE TABLE catering_line (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_use_id BIGINT NOT NULL,
    catering_item_id BIGINT NOT NULL,
    served_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    quantity BIGINT NOT NULL,
    vegetarian BIGINT NOT NULL,
    vegan BIGINT NOT NULL,
    halal BIGINT NOT NULL,
    gluten_free BIGINT NOT NULL,
    other_diets BIGINT NOT NULL,
    note TEXT NOT NULL,
    least_charged BIGINT,
    CONSTRAINT pk_catering_line PRIMARY KEY (id),
    CONSTRAINT ck_catering_line_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_catering_line_version_counts CHECK (version >= 1),
    CONSTRAINT ck_catering_line_quantity_counted CHECK (quantity between 0 and 100000),
    CONSTRAINT ck_catering_line_least_counted CHECK (least_charged is null or least_charged between 0 and 100000),
    CONSTRAINT ck_catering_line_vegetarian_counted CHECK (vegetarian >= 0 and vegetarian <= quantity),
    CONSTRAINT ck_catering_line_vegan_counted CHECK (vegan >= 0 and vegan <= quantity),
    CONSTRAINT ck_catering_line_halal_counted CHECK (halal >= 0 and halal <= quantity),
    CONSTRAINT ck_catering_line_gluten_free_counted CHECK (gluten_free >= 0 and gluten_free <= quantity),
    CONSTRAINT ck_catering_line_other_diets_counted CHECK (other_diets >= 0 and other_diets <= quantity),
    CONSTRAINT ck_catering_line_note_text CHECK (length(note) between 0 and 200 and note = trim(note)),
    CONSTRAINT uq_catering_line_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_catering_line_room_use_id FOREIGN KEY(room_use_id) REFERENCES room_use (id),
    CONSTRAINT fk_catering_line_catering_item_id FOREIGN KEY(catering_item_id) REFERENCES catering_item (id)
);

CREATE INDEX ix_catering_line_room_use_id ON catering_line (room_use_id);

ALTER TABLE claim ADD COLUMN trainer_time_id BIGINT;

ALTER TABLE claim ADD CONSTRAINT fk_claim_trainer_time_id FOREIGN KEY(trainer_time_id) REFERENCES trainer_time (id);

CREATE INDEX ix_claim_trainer_time_id ON claim (trainer_time_id);

CREATE TABLE equipment_line (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_use_id BIGINT NOT NULL,
    equipment_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    holds_space BOOLEAN NOT NULL,
    CONSTRAINT pk_equipment_line PRIMARY KEY (id),
    CONSTRAINT ck_equipment_line_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_equipment_line_version_counts CHECK (version >= 1),
    CONSTRAINT ck_equipment_line_quantity_counted CHECK (quantity between 0 and 100000),
    CONSTRAINT ck_equipment_line_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_equipment_line_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_equipment_line_starts_at_longest CHECK (ends_at <= starts_at + interval '31 days'),
    CONSTRAINT uq_equipment_line_room_use_id_equipment_id UNIQUE (room_use_id, equipment_id),
    CONSTRAINT uq_equipment_line_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_equipment_line_room_use_id FOREIGN KEY(room_use_id) REFERENCES room_use (id),
    CONSTRAINT fk_equipment_line_equipment_id FOREIGN KEY(equipment_id) REFERENCES equipment (id)
);

CREATE INDEX ix_equipment_line_held ON equipment_line (equipment_id, starts_at) WHERE holds_space;

CREATE TABLE event_cost (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_event_cost PRIMARY KEY (id),
    CONSTRAINT ck_event_cost_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_event_cost_version_counts CHECK (version >= 1),
    CONSTRAINT ck_event_cost_what_text CHECK (length(what) between 1 and 120 and what = trim(what)),
    CONSTRAINT ck_event_cost_amount_sensible CHECK (amount between 0 and 100000000),
    CONSTRAINT uq_event_cost_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_event_cost_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE INDEX ix_event_cost_event_id ON event_cost (event_id);

CREATE TABLE event_decision (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    decided TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    CONSTRAINT pk_event_decision PRIMARY KEY (id),
    CONSTRAINT ck_event_decision_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_event_decision_version_counts CHECK (version >= 1),
    CONSTRAINT ck_event_decision_decided_known CHECK (decided in ('confirmed to run', 'cancelled')),
    CONSTRAINT ck_event_decision_reason_text CHECK (length(reason) between 0 and 200 and reason = trim(reason)),
    CONSTRAINT ck_event_decision_decided_by_text CHECK (length(decided_by) between 1 and 60 and decided_by = trim(decided_by)),
    CONSTRAINT ck_event_decision_cancelled_why CHECK (decided <> 'cancelled' or reason <> ''),
    CONSTRAINT uq_event_decision_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_event_decision_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE INDEX ix_event_decision_event_id ON event_decision (event_id);

CREATE TABLE event_materials (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    CONSTRAINT pk_event_materials PRIMARY KEY (id),
    CONSTRAINT ck_event_materials_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_event_materials_version_counts CHECK (version >= 1),
    CONSTRAINT ck_event_materials_words_text CHECK (length(words) between 0 and 1000 and words = trim(words)),
    CONSTRAINT uq_event_materials_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_event_materials_event_id UNIQUE (event_id),
    CONSTRAINT fk_event_materials_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE TABLE room_request (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_use_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    note TEXT NOT NULL,
    was_taken BOOLEAN NOT NULL,
    CONSTRAINT pk_room_request PRIMARY KEY (id),
    CONSTRAINT ck_room_request_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_room_request_version_counts CHECK (version >= 1),
    CONSTRAINT ck_room_request_state_known CHECK (state in ('waiting', 'offered', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT ck_room_request_asked_by_text CHECK (length(asked_by) between 1 and 60 and asked_by = trim(asked_by)),
    CONSTRAINT ck_room_request_note_text CHECK (length(note) between 0 and 400 and note = trim(note)),
    CONSTRAINT uq_room_request_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_room_request_room_use_id FOREIGN KEY(room_use_id) REFERENCES room_use (id)
);

CREATE INDEX ix_room_request_room_use_id ON room_request (room_use_id);

CREATE UNIQUE INDEX uq_room_request_open ON room_request (room_use_id) WHERE state in ('waiting', 'offered');

CREATE TABLE visit_term (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    notice_below BIGINT,
    percent BIGINT NOT NULL,
    unit TEXT NOT NULL,
    base TEXT NOT NULL,
    free_place_fee BIGINT NOT NULL,
    CONSTRAINT pk_visit_term PRIMARY KEY (id),
    CONSTRAINT ck_visit_term_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_visit_term_version_counts CHECK (version >= 1),
    CONSTRAINT ck_visit_term_percent_sensible CHECK (percent between 0 and 100),
    CONSTRAINT ck_visit_term_unit_text CHECK (length(unit) between 1 and 20 and unit = trim(unit)),
    CONSTRAINT ck_visit_term_base_text CHECK (length(base) between 1 and 20 and base = trim(base)),
    CONSTRAINT uq_visit_term_visit_id_notice_below UNIQUE (visit_id, notice_below),
    CONSTRAINT uq_visit_term_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_visit_term_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE room_answer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_request_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    words TEXT NOT NULL,
    space_id BIGINT,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE,
    CONSTRAINT pk_room_answer PRIMARY KEY (id),
    CONSTRAINT ck_room_answer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_room_answer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_room_answer_kind_known CHECK (kind in ('approved', 'refused', 'offered', 'declined', 'withdrawn', 'taken back')),
    CONSTRAINT ck_room_answer_answered_by_text CHECK (length(answered_by) between 1 and 60 and answered_by = trim(answered_by)),
    CONSTRAINT ck_room_answer_words_text CHECK (length(words) between 0 and 400 and words = trim(words)),
    CONSTRAINT ck_room_answer_refused_why CHECK (kind <> 'refused' or length(words) > 0),
    CONSTRAINT ck_room_answer_offer_whole CHECK ((kind = 'offered') = (space_id is not null) and (kind = 'offered') = (starts_at is not null) and (kind = 'offered') = (ends_at is not null)),
    CONSTRAINT ck_room_answer_offer_lasts CHECK (starts_at is null or starts_at < ends_at),
    CONSTRAINT uq_room_answer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_room_answer_room_request_id FOREIGN KEY(room_request_id) REFERENCES room_request (id),
    CONSTRAINT fk_room_answer_space_id FOREIGN KEY(space_id) REFERENCES space (id)
);

CREATE INDEX ix_room_answer_room_request_id ON room_answer (room_request_id);

CREATE TABLE telling (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_decision_id BIGINT NOT NULL,
    course_booking_id BIGINT NOT NULL,
    places BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    struck_out BIGINT NOT NULL,
    credited BIGINT NOT NULL,
    credit_notes TEXT NOT NULL,
    told_at TIMESTAMP(0) WITHOUT TIME ZONE,
    told_by TEXT NOT NULL,
    CONSTRAINT pk_telling PRIMARY KEY (id),
    CONSTRAINT ck_telling_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_telling_version_counts CHECK (version >= 1),
    CONSTRAINT ck_telling_credit_notes_text CHECK (length(credit_notes) between 0 and 400 and credit_notes = trim(credit_notes)),
    CONSTRAINT ck_telling_told_by_text CHECK (length(told_by) between 0 and 60 and told_by = trim(told_by)),
    CONSTRAINT ck_telling_told_by_whom CHECK ((told_at is null) = (told_by = '')),
    CONSTRAINT ck_telling_places_counted CHECK (places >= 0 and waiting >= 0),
    CONSTRAINT uq_telling_event_decision_id_course_booking_id UNIQUE (event_decision_id, course_booking_id),
    CONSTRAINT uq_telling_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_telling_event_decision_id FOREIGN KEY(event_decision_id) REFERENCES event_decision (id),
    CONSTRAINT fk_telling_course_booking_id FOREIGN KEY(course_booking_id) REFERENCES course_booking (id)
);

CREATE INDEX ix_telling_course_booking_id ON telling (course_booking_id);

CREATE TABLE waiting_party (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    course_booking_id BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    is_all_or_nothing BOOLEAN NOT NULL,
    joined_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    offered_places BIGINT NOT NULL,
    offered_until TIMESTAMP(0) WITHOUT TIME ZONE,
    CONSTRAINT pk_waiting_party PRIMARY KEY (id),
    CONSTRAINT ck_waiting_party_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_waiting_party_version_counts CHECK (version >= 1),
    CONSTRAINT ck_waiting_party_priority_sensible CHECK (priority between 0 and 9),
    CONSTRAINT ck_waiting_party_offered_sensible CHECK (offered_places between 0 and 500),
    CONSTRAINT ck_waiting_party_offered_until_when CHECK ((offered_until is null) = (offered_places = 0)),
    CONSTRAINT uq_waiting_party_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_waiting_party_course_booking_id UNIQUE (course_booking_id),
    CONSTRAINT fk_waiting_party_course_booking_id FOREIGN KEY(course_booking_id) REFERENCES course_booking (id)
);

CREATE TABLE evaluation (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    place_id BIGINT,
    comment TEXT NOT NULL,
    is_removed BOOLEAN NOT NULL,
    CONSTRAINT pk_evaluation PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_evaluation_version_counts CHECK (version >= 1),
    CONSTRAINT ck_evaluation_comment_text CHECK (length(comment) between 0 and 2000 and comment = trim(comment)),
    CONSTRAINT uq_evaluation_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_evaluation_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_evaluation_place_id FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE INDEX ix_evaluation_event_id ON evaluation (event_id);

CREATE UNIQUE INDEX uq_evaluation_place_id ON evaluation (place_id) WHERE place_id is not null and not is_removed;

CREATE TABLE evaluation_score (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    evaluation_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    score BIGINT NOT NULL,
    CONSTRAINT pk_evaluation_score PRIMARY KEY (id),
    CONSTRAINT ck_evaluation_score_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_evaluation_score_version_counts CHECK (version >= 1),
    CONSTRAINT ck_evaluation_score_score_sensible CHECK (score between 1 and 4),
    CONSTRAINT uq_evaluation_score_evaluation_id_question_id UNIQUE (evaluation_id, question_id),
    CONSTRAINT uq_evaluation_score_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_evaluation_score_evaluation_id FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
    CONSTRAINT fk_evaluation_score_question_id FOREIGN KEY(question_id) REFERENCES evaluation_question (id)
);
