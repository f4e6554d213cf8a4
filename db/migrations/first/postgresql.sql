-- Tables of the first schema for PostgreSQL. Never edited once released: later changes are migrations of their own.

CREATE TABLE anchor (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    written_on TEXT NOT NULL,
    made_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    CONSTRAINT pk_anchor PRIMARY KEY (id),
    CONSTRAINT ck_anchor_written_on_text CHECK (length(written_on) between 1 and 200 and written_on = trim(written_on))
);

CREATE TABLE audit (
    position BIGINT NOT NULL,
    table_name TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (position)
);

CREATE INDEX ix_audit_table_name_record_id ON audit (table_name, record_id);

CREATE TABLE audit_detail (
    position BIGINT NOT NULL,
    salt TEXT,
    words TEXT,
    CONSTRAINT pk_audit_detail PRIMARY KEY (position)
);

CREATE TABLE audit_head (
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (id),
    CONSTRAINT ck_audit_head_one_row CHECK (id = 1)
);

CREATE TABLE cancellation_scale (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    free_place_fee BIGINT NOT NULL,
    CONSTRAINT pk_cancellation_scale PRIMARY KEY (id),
    CONSTRAINT ck_cancellation_scale_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_cancellation_scale_version_counts CHECK (version >= 1),
    CONSTRAINT ck_cancellation_scale_name_text CHECK (length(name) between 1 and 80 and name = trim(name)),
    CONSTRAINT ck_cancellation_scale_unit_known CHECK (unit in ('working days', 'weeks')),
    CONSTRAINT ck_cancellation_scale_free_place_fee_sensible CHECK (free_place_fee >= 0),
    CONSTRAINT uq_cancellation_scale_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_cancellation_scale_name UNIQUE (name)
);

CREATE TABLE care_access (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    officer TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    CONSTRAINT pk_care_access PRIMARY KEY (id),
    CONSTRAINT ck_care_access_officer_text CHECK (length(officer) between 1 and 60 and officer = trim(officer)),
    CONSTRAINT ck_care_access_purpose_text CHECK (length(purpose) between 1 and 200 and purpose = trim(purpose))
);

CREATE TABLE customer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    urn BIGINT,
    la_code TEXT NOT NULL,
    la_name TEXT NOT NULL,
    dfe_number TEXT NOT NULL,
    establishment_type TEXT NOT NULL,
    phase TEXT NOT NULL,
    pupils BIGINT,
    trust_name TEXT NOT NULL,
    street TEXT NOT NULL,
    locality TEXT NOT NULL,
    address3 TEXT NOT NULL,
    town TEXT NOT NULL,
    county TEXT NOT NULL,
    postcode TEXT NOT NULL,
    telephone TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT NOT NULL,
    opened_on DATE,
    closed_on DATE,
    cost_centre TEXT NOT NULL,
    source TEXT NOT NULL,
    notes TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_customer PRIMARY KEY (id),
    CONSTRAINT ck_customer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_customer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_customer_kind_known CHECK (kind in ('LCC-maintained school', 'other council''s school', 'academy', 'independent school', 'college', 'university', 'LCC directorate', 'other council', 'external company', 'trust, federation or alliance')),
    CONSTRAINT ck_customer_name_text CHECK (length(name) between 1 and 200 and name = trim(name)),
    CONSTRAINT ck_customer_short_name_text CHECK (length(short_name) between 0 and 200 and short_name = trim(short_name)),
    CONSTRAINT ck_customer_street_text CHECK (length(street) between 0 and 200 and street = trim(street)),
    CONSTRAINT ck_customer_locality_text CHECK (length(locality) between 0 and 200 and locality = trim(locality)),
    CONSTRAINT ck_customer_address3_text CHECK (length(address3) between 0 and 200 and address3 = trim(address3)),
    CONSTRAINT ck_customer_town_text CHECK (length(town) between 0 and 200 and town = trim(town)),
    CONSTRAINT ck_customer_county_text CHECK (length(county) between 0 and 200 and county = trim(county)),
    CONSTRAINT ck_customer_phase_text CHECK (length(phase) between 0 and 200 and phase = trim(phase)),
    CONSTRAINT ck_customer_establishment_type_text CHECK (length(establishment_type) between 0 and 200 and establishment_type = trim(establishment_type)),
    CONSTRAINT ck_customer_trust_name_text CHECK (length(trust_name) between 0 and 200 and trust_name = trim(trust_name)),
    CONSTRAINT ck_customer_website_text CHECK (length(website) between 0 and 200 and website = trim(website)),
    CONSTRAINT ck_customer_source_text CHECK (length(source) between 0 and 200 and source = trim(source)),
    CONSTRAINT ck_customer_email_text CHECK (length(email) between 0 and 200 and email = trim(email)),
    CONSTRAINT ck_customer_la_name_text CHECK (length(la_name) between 0 and 200 and la_name = trim(la_name)),
    CONSTRAINT ck_customer_postcode_text CHECK (length(postcode) between 0 and 20 and postcode = trim(postcode)),
    CONSTRAINT ck_customer_telephone_text CHECK (length(telephone) between 0 and 20 and telephone = trim(telephone)),
    CONSTRAINT ck_customer_la_code_text CHECK (length(la_code) between 0 and 20 and la_code = trim(la_code)),
    CONSTRAINT ck_customer_dfe_number_text CHECK (length(dfe_number) between 0 and 20 and dfe_number = trim(dfe_number)),
    CONSTRAINT ck_customer_cost_centre_text CHECK (length(cost_centre) between 0 and 20 and cost_centre = trim(cost_centre)),
    CONSTRAINT ck_customer_notes_text CHECK (length(notes) between 0 and 4000 and notes = trim(notes)),
    CONSTRAINT ck_customer_urn_number CHECK (urn is null or urn between 100000 and 9999999),
    CONSTRAINT ck_customer_pupils_counted CHECK (pupils is null or pupils >= 0),
    CONSTRAINT uq_customer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_customer_urn UNIQUE (urn)
);

CREATE INDEX ix_customer_la_code_dfe_number ON customer (la_code, dfe_number);

CREATE TABLE customer_link (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    predecessor_urn BIGINT NOT NULL,
    predecessor_name TEXT NOT NULL,
    successor_urn BIGINT NOT NULL,
    successor_name TEXT NOT NULL,
    link TEXT NOT NULL,
    linked_on DATE,
    CONSTRAINT pk_customer_link PRIMARY KEY (id),
    CONSTRAINT ck_customer_link_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_customer_link_version_counts CHECK (version >= 1),
    CONSTRAINT ck_customer_link_link_known CHECK (link in ('became', 'merged into', 'split into')),
    CONSTRAINT ck_customer_link_successor_name_text CHECK (length(successor_name) between 0 and 200 and successor_name = trim(successor_name)),
    CONSTRAINT ck_customer_link_predecessor_name_text CHECK (length(predecessor_name) between 0 and 200 and predecessor_name = trim(predecessor_name)),
    CONSTRAINT ck_customer_link_two_schools CHECK (predecessor_urn <> successor_urn),
    CONSTRAINT uq_customer_link_predecessor_urn_successor_urn UNIQUE (predecessor_urn, successor_urn),
    CONSTRAINT uq_customer_link_client_uuid UNIQUE (client_uuid)
);

CREATE INDEX ix_customer_link_successor_urn ON customer_link (successor_urn);

CREATE TABLE invoice_series (
    series TEXT NOT NULL,
    next_number BIGINT NOT NULL,
    CONSTRAINT pk_invoice_series PRIMARY KEY (series),
    CONSTRAINT ck_invoice_series_series_known CHECK (series in ('INV', 'CRN', 'RCH')),
    CONSTRAINT ck_invoice_series_next_number_counts CHECK (next_number >= 1)
);

CREATE TABLE meta (
    id BIGINT NOT NULL,
    database_uuid TEXT NOT NULL,
    minimum_program TEXT NOT NULL,
    guards_fingerprint TEXT NOT NULL,
    holds_demo BOOLEAN NOT NULL,
    made_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY (id),
    CONSTRAINT ck_meta_one_row CHECK (id = 1)
);

CREATE TABLE officer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    role TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_officer PRIMARY KEY (id),
    CONSTRAINT ck_officer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_officer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_officer_login_text CHECK (length(login) between 1 and 60 and login = trim(login)),
    CONSTRAINT ck_officer_name_text CHECK (length(name) between 1 and 80 and name = trim(name)),
    CONSTRAINT ck_officer_initials_text CHECK (length(initials) between 1 and 4 and initials = trim(initials)),
    CONSTRAINT ck_officer_role_known CHECK (role in ('officer', 'room manager', 'finance', 'administrator')),
    CONSTRAINT uq_officer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_officer_login UNIQUE (login)
);

CREATE TABLE period_lock (
    id BIGINT NOT NULL,
    locked_to DATE NOT NULL,
    CONSTRAINT pk_period_lock PRIMARY KEY (id),
    CONSTRAINT ck_period_lock_one_row CHECK (id = 1)
);

CREATE TABLE resource (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_resource PRIMARY KEY (id),
    CONSTRAINT ck_resource_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_resource_version_counts CHECK (version >= 1),
    CONSTRAINT ck_resource_kind_known CHECK (kind in ('cell', 'bed', 'trainer', 'equipment')),
    CONSTRAINT ck_resource_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT uq_resource_client_uuid UNIQUE (client_uuid)
);

CREATE TABLE search_entry (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    words TEXT NOT NULL,
    CONSTRAINT pk_search_entry PRIMARY KEY (id)
);

CREATE UNIQUE INDEX uq_search_entry_kind_record_id ON search_entry (kind, record_id);

CREATE TABLE search_word (
    kind TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    entry_id BIGINT NOT NULL,
    CONSTRAINT pk_search_word PRIMARY KEY (kind, word, entry_id)
);

CREATE TABLE service (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    cost_centre TEXT NOT NULL,
    is_fully_traded BOOLEAN NOT NULL,
    CONSTRAINT pk_service PRIMARY KEY (id),
    CONSTRAINT ck_service_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_service_version_counts CHECK (version >= 1),
    CONSTRAINT ck_service_code_text CHECK (length(code) between 1 and 12 and code = trim(code)),
    CONSTRAINT ck_service_name_text CHECK (length(name) between 1 and 80 and name = trim(name)),
    CONSTRAINT ck_service_cost_centre_text CHECK (length(cost_centre) between 1 and 20 and cost_centre = trim(cost_centre)),
    CONSTRAINT uq_service_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_service_code UNIQUE (code),
    CONSTRAINT uq_service_name UNIQUE (name)
);

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name),
    CONSTRAINT ck_setting_name_text CHECK (length(name) between 1 and 80 and name = trim(name))
);

CREATE TABLE site (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    is_opted_to_tax BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_site PRIMARY KEY (id),
    CONSTRAINT ck_site_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_site_version_counts CHECK (version >= 1),
    CONSTRAINT ck_site_code_text CHECK (length(code) between 1 and 20 and code = trim(code)),
    CONSTRAINT ck_site_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT uq_site_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_site_code UNIQUE (code)
);

CREATE TABLE vat_code_rate (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    rate BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    CONSTRAINT pk_vat_code_rate PRIMARY KEY (id),
    CONSTRAINT ck_vat_code_rate_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_vat_code_rate_version_counts CHECK (version >= 1),
    CONSTRAINT ck_vat_code_rate_code_known CHECK (code in ('S', 'R', 'Z', 'E', 'O')),
    CONSTRAINT ck_vat_code_rate_rate_sensible CHECK (rate between 0 and 10000),
    CONSTRAINT uq_vat_code_rate_code_valid_from UNIQUE (code, valid_from),
    CONSTRAINT uq_vat_code_rate_client_uuid UNIQUE (client_uuid)
);

CREATE TABLE vat_rule (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    supply TEXT NOT NULL,
    vat_class TEXT NOT NULL,
    code TEXT NOT NULL,
    valid_from DATE NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_vat_rule PRIMARY KEY (id),
    CONSTRAINT ck_vat_rule_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_vat_rule_version_counts CHECK (version >= 1),
    CONSTRAINT ck_vat_rule_supply_known CHECK (supply in ('education', 'room hire', 'catering', 'accommodation with education', 'goods', 'supply staff', 'consultancy', 'compensation')),
    CONSTRAINT ck_vat_rule_vat_class_known CHECK (vat_class in ('same legal body', 'other eligible body', 'anyone else')),
    CONSTRAINT ck_vat_rule_code_known CHECK (code in ('S', 'R', 'Z', 'E', 'O')),
    CONSTRAINT ck_vat_rule_reason_text CHECK (length(reason) between 1 and 200 and reason = trim(reason)),
    CONSTRAINT uq_vat_rule_supply_vat_class_valid_from UNIQUE (supply, vat_class, valid_from),
    CONSTRAINT uq_vat_rule_client_uuid UNIQUE (client_uuid)
);

CREATE TABLE cancellation_step (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    scale_id BIGINT NOT NULL,
    notice_below BIGINT,
    percent BIGINT NOT NULL,
    base TEXT NOT NULL,
    CONSTRAINT pk_cancellation_step PRIMARY KEY (id),
    CONSTRAINT ck_cancellation_step_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_cancellation_step_version_counts CHECK (version >= 1),
    CONSTRAINT ck_cancellation_step_base_known CHECK (base in ('fee', 'hire', 'hire and catering', 'total')),
    CONSTRAINT ck_cancellation_step_percent_sensible CHECK (percent between 0 and 100),
    CONSTRAINT ck_cancellation_step_notice_sensible CHECK (notice_below >= 0),
    CONSTRAINT uq_cancellation_step_scale_id_notice_below UNIQUE (scale_id, notice_below),
    CONSTRAINT uq_cancellation_step_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_cancellation_step_scale_id FOREIGN KEY(scale_id) REFERENCES cancellation_scale (id)
);

CREATE TABLE customer_standing (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    standing TEXT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_customer_standing PRIMARY KEY (id),
    CONSTRAINT ck_customer_standing_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_customer_standing_version_counts CHECK (version >= 1),
    CONSTRAINT ck_customer_standing_standing_known CHECK (standing in ('price band', 'payment route', 'VAT class')),
    CONSTRAINT ck_customer_standing_value_text CHECK (length(value) between 1 and 40 and value = trim(value)),
    CONSTRAINT ck_customer_standing_reason_text CHECK (length(reason) between 1 and 200 and reason = trim(reason)),
    CONSTRAINT uq_customer_standing_customer_id_standing_valid_from UNIQUE (customer_id, standing, valid_from),
    CONSTRAINT uq_customer_standing_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_customer_standing_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
);

CREATE TABLE invoice (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    series TEXT NOT NULL,
    number BIGINT,
    state TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    credits_id BIGINT,
    customer_name TEXT NOT NULL,
    address TEXT NOT NULL,
    customer_number TEXT NOT NULL,
    order_number TEXT NOT NULL,
    seller_words TEXT NOT NULL,
    vat_registration TEXT NOT NULL,
    payment_words TEXT NOT NULL,
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    total BIGINT NOT NULL,
    issued_on DATE,
    due_on DATE,
    issued_at TIMESTAMP(0) WITHOUT TIME ZONE,
    issued_by TEXT NOT NULL,
    CONSTRAINT pk_invoice PRIMARY KEY (id),
    CONSTRAINT ck_invoice_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_invoice_version_counts CHECK (version >= 1),
    CONSTRAINT ck_invoice_state_known CHECK (state in ('draft', 'issued')),
    CONSTRAINT uq_invoice_series_number UNIQUE (series, number),
    CONSTRAINT ck_invoice_number_when_issued CHECK ((state = 'draft') = (number is null)),
    CONSTRAINT ck_invoice_time_when_issued CHECK ((state = 'draft') = (issued_at is null)),
    CONSTRAINT ck_invoice_due_after_issue CHECK (state = 'draft' or due_on >= issued_on),
    CONSTRAINT ck_invoice_credit_names_it CHECK ((series = 'CRN') = (credits_id is not null)),
    CONSTRAINT ck_invoice_total_adds_up CHECK (total = net + vat),
    CONSTRAINT ck_invoice_customer_name_text CHECK (length(customer_name) between 1 and 200 and customer_name = trim(customer_name)),
    CONSTRAINT ck_invoice_address_text CHECK (length(address) between 0 and 1000 and address = trim(address)),
    CONSTRAINT ck_invoice_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_invoice_customer_number_text CHECK (length(customer_number) between 0 and 60 and customer_number = trim(customer_number)),
    CONSTRAINT ck_invoice_issued_by_text CHECK (length(issued_by) between 0 and 60 and issued_by = trim(issued_by)),
    CONSTRAINT ck_invoice_seller_words_text CHECK (length(seller_words) between 0 and 1000 and seller_words = trim(seller_words)),
    CONSTRAINT ck_invoice_vat_registration_text CHECK (length(vat_registration) between 0 and 1000 and vat_registration = trim(vat_registration)),
    CONSTRAINT ck_invoice_payment_words_text CHECK (length(payment_words) between 0 and 1000 and payment_words = trim(payment_words)),
    CONSTRAINT uq_invoice_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_invoice_series FOREIGN KEY(series) REFERENCES invoice_series (series),
    CONSTRAINT fk_invoice_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_invoice_credits_id FOREIGN KEY(credits_id) REFERENCES invoice (id)
);

CREATE INDEX ix_invoice_credits_id ON invoice (credits_id);

CREATE INDEX ix_invoice_customer_id ON invoice (customer_id);

CREATE INDEX ix_invoice_issued_on ON invoice (issued_on);

CREATE TABLE offer (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    service_id BIGINT NOT NULL,
    supply TEXT NOT NULL,
    scale_id BIGINT,
    is_active BOOLEAN NOT NULL,
    CONSTRAINT pk_offer PRIMARY KEY (id),
    CONSTRAINT ck_offer_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_offer_version_counts CHECK (version >= 1),
    CONSTRAINT ck_offer_code_text CHECK (length(code) between 1 and 30 and code = trim(code)),
    CONSTRAINT ck_offer_name_text CHECK (length(name) between 1 and 200 and name = trim(name)),
    CONSTRAINT ck_offer_supply_known CHECK (supply in ('education', 'room hire', 'catering', 'accommodation with education', 'goods', 'supply staff', 'consultancy', 'compensation')),
    CONSTRAINT uq_offer_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_offer_code UNIQUE (code),
    CONSTRAINT fk_offer_service_id FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_offer_scale_id FOREIGN KEY(scale_id) REFERENCES cancellation_scale (id)
);

CREATE TABLE officer_service (
    officer_id BIGINT NOT NULL,
    service_id BIGINT NOT NULL,
    CONSTRAINT pk_officer_service PRIMARY KEY (officer_id, service_id),
    CONSTRAINT ck_officer_service_officer_given CHECK (officer_id > 0),
    CONSTRAINT fk_officer_service_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id),
    CONSTRAINT fk_officer_service_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

CREATE TABLE person (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    job_title TEXT NOT NULL,
    email TEXT NOT NULL,
    telephone TEXT NOT NULL,
    is_contact BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    basis TEXT NOT NULL,
    retain_until DATE,
    erased_on DATE,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT ck_person_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_person_version_counts CHECK (version >= 1),
    CONSTRAINT ck_person_given_name_text CHECK (length(given_name) between 0 and 100 and given_name = trim(given_name)),
    CONSTRAINT ck_person_family_name_text CHECK (length(family_name) between 0 and 100 and family_name = trim(family_name)),
    CONSTRAINT ck_person_job_title_text CHECK (length(job_title) between 0 and 100 and job_title = trim(job_title)),
    CONSTRAINT ck_person_email_text CHECK (length(email) between 0 and 200 and email = trim(email)),
    CONSTRAINT ck_person_telephone_text CHECK (length(telephone) between 0 and 40 and telephone = trim(telephone)),
    CONSTRAINT ck_person_basis_text CHECK (length(basis) between 0 and 40 and basis = trim(basis)),
    CONSTRAINT ck_person_family_name_given CHECK (erased_on is not null or length(family_name) > 0),
    CONSTRAINT uq_person_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_person_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
);

CREATE INDEX ix_person_customer_id ON person (customer_id);

CREATE INDEX ix_person_family_name_given_name ON person (family_name, given_name);

CREATE TABLE space (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    set_up_minutes BIGINT NOT NULL,
    clear_down_minutes BIGINT NOT NULL,
    fixed_pcs BIGINT NOT NULL,
    sort_order BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_space PRIMARY KEY (id),
    CONSTRAINT ck_space_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_space_version_counts CHECK (version >= 1),
    CONSTRAINT ck_space_name_text CHECK (length(name) between 1 and 120 and name = trim(name)),
    CONSTRAINT ck_space_code_text CHECK (length(code) between 0 and 20 and code = trim(code)),
    CONSTRAINT ck_space_short_name_text CHECK (length(short_name) between 1 and 20 and short_name = trim(short_name)),
    CONSTRAINT ck_space_kind_text CHECK (length(kind) between 1 and 60 and kind = trim(kind)),
    CONSTRAINT ck_space_set_up_sensible CHECK (set_up_minutes between 0 and 480),
    CONSTRAINT ck_space_clear_down_sensible CHECK (clear_down_minutes between 0 and 480),
    CONSTRAINT ck_space_pcs_counted CHECK (fixed_pcs >= 0),
    CONSTRAINT uq_space_site_id_name UNIQUE (site_id, name),
    CONSTRAINT uq_space_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_space_site_id FOREIGN KEY(site_id) REFERENCES site (id)
);

CREATE TABLE charge (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    source_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    hold_reason TEXT NOT NULL,
    description TEXT NOT NULL,
    detail TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    net BIGINT NOT NULL,
    vat BIGINT NOT NULL,
    band TEXT NOT NULL,
    price_reason TEXT NOT NULL,
    supply TEXT NOT NULL,
    vat_code TEXT NOT NULL,
    vat_rate BIGINT NOT NULL,
    vat_reason TEXT NOT NULL,
    route TEXT NOT NULL,
    route_reason TEXT NOT NULL,
    tax_point_on DATE NOT NULL,
    order_number TEXT NOT NULL,
    CONSTRAINT pk_charge PRIMARY KEY (id),
    CONSTRAINT ck_charge_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_charge_version_counts CHECK (version >= 1),
    CONSTRAINT ck_charge_source_known CHECK (source in ('place', 'room_use', 'room_booking')),
    CONSTRAINT ck_charge_state_known CHECK (state in ('unbilled', 'held back', 'billed', 'void')),
    CONSTRAINT ck_charge_band_known CHECK (band in ('county subscriber', 'county', 'out of county', 'external', 'internal')),
    CONSTRAINT ck_charge_supply_known CHECK (supply in ('education', 'room hire', 'catering', 'accommodation with education', 'goods', 'supply staff', 'consultancy', 'compensation')),
    CONSTRAINT ck_charge_vat_code_known CHECK (vat_code in ('S', 'R', 'Z', 'E', 'O')),
    CONSTRAINT ck_charge_route_known CHECK (route in ('recharge', 'invoice')),
    CONSTRAINT ck_charge_description_text CHECK (length(description) between 1 and 300 and description = trim(description)),
    CONSTRAINT ck_charge_detail_text CHECK (length(detail) between 0 and 400 and detail = trim(detail)),
    CONSTRAINT ck_charge_price_reason_text CHECK (length(price_reason) between 0 and 200 and price_reason = trim(price_reason)),
    CONSTRAINT ck_charge_vat_reason_text CHECK (length(vat_reason) between 0 and 200 and vat_reason = trim(vat_reason)),
    CONSTRAINT ck_charge_route_reason_text CHECK (length(route_reason) between 0 and 200 and route_reason = trim(route_reason)),
    CONSTRAINT ck_charge_hold_reason_text CHECK (length(hold_reason) between 0 and 200 and hold_reason = trim(hold_reason)),
    CONSTRAINT ck_charge_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_charge_quantity_some CHECK (quantity <> 0),
    CONSTRAINT ck_charge_net_follows CHECK (net = quantity * unit_price),
    CONSTRAINT ck_charge_vat_rate_sensible CHECK (vat_rate between 0 and 10000),
    CONSTRAINT ck_charge_vat_follows CHECK (abs(vat) = (abs(net) * vat_rate + 5000) / 10000 and vat * net >= 0),
    CONSTRAINT ck_charge_held_why CHECK (state <> 'held back' or hold_reason <> ''),
    CONSTRAINT uq_charge_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_charge_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_charge_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE INDEX ix_charge_customer_id_state ON charge (customer_id, state);

CREATE INDEX ix_charge_source_source_id ON charge (source, source_id);

CREATE INDEX ix_charge_state_tax_point_on ON charge (state, tax_point_on);

CREATE TABLE closure (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    site_id BIGINT NOT NULL,
    space_id BIGINT,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_closure PRIMARY KEY (id),
    CONSTRAINT ck_closure_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_closure_version_counts CHECK (version >= 1),
    CONSTRAINT ck_closure_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_closure_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_closure_starts_at_longest CHECK (ends_at <= starts_at + interval '366 days'),
    CONSTRAINT ck_closure_reason_text CHECK (length(reason) between 1 and 200 and reason = trim(reason)),
    CONSTRAINT uq_closure_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_closure_site_id FOREIGN KEY(site_id) REFERENCES site (id),
    CONSTRAINT fk_closure_space_id FOREIGN KEY(space_id) REFERENCES space (id)
);

CREATE INDEX ix_closure_site_id_starts_at ON closure (site_id, starts_at);

CREATE TABLE course (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    short_title TEXT NOT NULL,
    summary TEXT NOT NULL,
    service_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_course PRIMARY KEY (id),
    CONSTRAINT ck_course_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_course_version_counts CHECK (version >= 1),
    CONSTRAINT ck_course_code_text CHECK (length(code) between 1 and 30 and code = trim(code)),
    CONSTRAINT ck_course_title_text CHECK (length(title) between 1 and 200 and title = trim(title)),
    CONSTRAINT ck_course_short_title_text CHECK (length(short_title) between 0 and 40 and short_title = trim(short_title)),
    CONSTRAINT ck_course_summary_text CHECK (length(summary) between 0 and 4000 and summary = trim(summary)),
    CONSTRAINT uq_course_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_course_code UNIQUE (code),
    CONSTRAINT fk_course_service_id FOREIGN KEY(service_id) REFERENCES service (id),
    CONSTRAINT fk_course_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE INDEX ix_course_service_id ON course (service_id);

CREATE TABLE person_care (
    person_id BIGINT NOT NULL,
    access TEXT NOT NULL,
    diet TEXT NOT NULL,
    medical TEXT NOT NULL,
    retain_until DATE NOT NULL,
    CONSTRAINT pk_person_care PRIMARY KEY (person_id),
    CONSTRAINT ck_person_care_access_text CHECK (length(access) between 0 and 400 and access = trim(access)),
    CONSTRAINT ck_person_care_diet_text CHECK (length(diet) between 0 and 200 and diet = trim(diet)),
    CONSTRAINT ck_person_care_medical_text CHECK (length(medical) between 0 and 1000 and medical = trim(medical)),
    CONSTRAINT fk_person_care_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE TABLE price (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    band TEXT NOT NULL,
    amount BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    CONSTRAINT pk_price PRIMARY KEY (id),
    CONSTRAINT ck_price_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_price_version_counts CHECK (version >= 1),
    CONSTRAINT ck_price_band_known CHECK (band in ('county subscriber', 'county', 'out of county', 'external', 'internal')),
    CONSTRAINT ck_price_amount_sensible CHECK (amount between 0 and 100000000),
    CONSTRAINT uq_price_offer_id_band_valid_from UNIQUE (offer_id, band, valid_from),
    CONSTRAINT uq_price_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_price_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);

CREATE TABLE room_booking (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    short_title TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    holds_space BOOLEAN NOT NULL,
    customer_id BIGINT,
    contact_id BIGINT,
    option_on DATE,
    order_number TEXT NOT NULL,
    notes_customer TEXT NOT NULL,
    notes_office TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    external_number TEXT NOT NULL,
    source TEXT NOT NULL,
    cancelled_at TIMESTAMP(0) WITHOUT TIME ZONE,
    cancelled_reason TEXT NOT NULL,
    CONSTRAINT pk_room_booking PRIMARY KEY (id),
    CONSTRAINT ck_room_booking_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_room_booking_version_counts CHECK (version >= 1),
    CONSTRAINT ck_room_booking_title_text CHECK (length(title) between 1 and 200 and title = trim(title)),
    CONSTRAINT ck_room_booking_short_title_text CHECK (length(short_title) between 0 and 40 and short_title = trim(short_title)),
    CONSTRAINT ck_room_booking_category_known CHECK (category in ('External', 'Edge Hill University', 'LCC conferences', 'Schools (CPD)', 'LCC meetings')),
    CONSTRAINT ck_room_booking_status_known CHECK (status in ('enquiry', 'provisional', 'confirmed', 'completed', 'cancelled', 'waiting')),
    CONSTRAINT ck_room_booking_notes_customer_text CHECK (length(notes_customer) between 0 and 4000 and notes_customer = trim(notes_customer)),
    CONSTRAINT ck_room_booking_notes_office_text CHECK (length(notes_office) between 0 and 4000 and notes_office = trim(notes_office)),
    CONSTRAINT ck_room_booking_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_room_booking_taken_by_text CHECK (length(taken_by) between 0 and 60 and taken_by = trim(taken_by)),
    CONSTRAINT ck_room_booking_external_number_text CHECK (length(external_number) between 0 and 60 and external_number = trim(external_number)),
    CONSTRAINT ck_room_booking_source_text CHECK (length(source) between 0 and 60 and source = trim(source)),
    CONSTRAINT ck_room_booking_cancelled_reason_text CHECK (length(cancelled_reason) between 0 and 400 and cancelled_reason = trim(cancelled_reason)),
    CONSTRAINT ck_room_booking_cancelled_when CHECK (status <> 'cancelled' or cancelled_at is not null),
    CONSTRAINT uq_room_booking_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_room_booking_number UNIQUE (number),
    CONSTRAINT fk_room_booking_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_room_booking_contact_id FOREIGN KEY(contact_id) REFERENCES person (id)
);

CREATE INDEX ix_room_booking_customer_id ON room_booking (customer_id);

CREATE TABLE space_cell (
    space_id BIGINT NOT NULL,
    resource_id BIGINT NOT NULL,
    CONSTRAINT pk_space_cell PRIMARY KEY (space_id, resource_id),
    CONSTRAINT fk_space_cell_space_id FOREIGN KEY(space_id) REFERENCES space (id),
    CONSTRAINT fk_space_cell_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
);

CREATE INDEX ix_space_cell_resource_id ON space_cell (resource_id);

CREATE TABLE space_layout (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    space_id BIGINT NOT NULL,
    layout TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    set_up_minutes BIGINT,
    clear_down_minutes BIGINT,
    CONSTRAINT pk_space_layout PRIMARY KEY (id),
    CONSTRAINT ck_space_layout_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_space_layout_version_counts CHECK (version >= 1),
    CONSTRAINT ck_space_layout_layout_known CHECK (layout in ('theatre', 'classroom', 'boardroom', 'cabaret', 'U-shape', 'ICT')),
    CONSTRAINT ck_space_layout_capacity_sensible CHECK (capacity between 1 and 100000),
    CONSTRAINT ck_space_layout_set_up_sensible CHECK (set_up_minutes between 0 and 480),
    CONSTRAINT ck_space_layout_clear_down_sensible CHECK (clear_down_minutes between 0 and 480),
    CONSTRAINT uq_space_layout_space_id_layout UNIQUE (space_id, layout),
    CONSTRAINT uq_space_layout_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_space_layout_space_id FOREIGN KEY(space_id) REFERENCES space (id)
);

CREATE TABLE event (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    course_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    state TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    minimum BIGINT NOT NULL,
    budgeted BIGINT,
    decision_on DATE,
    arrival_words TEXT NOT NULL,
    notes TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    places_held BIGINT DEFAULT '0' NOT NULL,
    places_waiting BIGINT DEFAULT '0' NOT NULL,
    first_on DATE,
    last_on DATE,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT ck_event_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_event_version_counts CHECK (version >= 1),
    CONSTRAINT ck_event_code_text CHECK (length(code) between 1 and 40 and code = trim(code)),
    CONSTRAINT ck_event_state_known CHECK (state in ('planned', 'open', 'confirmed to run', 'cancelled', 'completed')),
    CONSTRAINT ck_event_capacity_sensible CHECK (capacity between 0 and 10000),
    CONSTRAINT ck_event_minimum_sensible CHECK (minimum between 0 and capacity),
    CONSTRAINT ck_event_not_over_capacity CHECK (places_held between 0 and capacity),
    CONSTRAINT ck_event_waiting_counted CHECK (places_waiting >= 0),
    CONSTRAINT ck_event_notes_text CHECK (length(notes) between 0 and 4000 and notes = trim(notes)),
    CONSTRAINT ck_event_arrival_words_text CHECK (length(arrival_words) between 0 and 200 and arrival_words = trim(arrival_words)),
    CONSTRAINT uq_event_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_event_course_id FOREIGN KEY(course_id) REFERENCES course (id),
    CONSTRAINT fk_event_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id),
    CONSTRAINT uq_event_code UNIQUE (code)
);

CREATE INDEX ix_event_course_id ON event (course_id);

CREATE INDEX ix_event_first_on ON event (first_on);

CREATE TABLE invoice_line (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    invoice_id BIGINT NOT NULL,
    line_number BIGINT NOT NULL,
    charge_id BIGINT,
    credits_line_id BIGINT,
    description TEXT NOT NULL,
    detail TEXT NOT NULL,
    tax_point_on DATE NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    net BIGINT NOT NULL,
    vat_code TEXT NOT NULL,
    vat_words TEXT NOT NULL,
    vat_rate BIGINT NOT NULL,
    vat_reason TEXT NOT NULL,
    vat BIGINT NOT NULL,
    CONSTRAINT pk_invoice_line PRIMARY KEY (id),
    CONSTRAINT ck_invoice_line_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_invoice_line_version_counts CHECK (version >= 1),
    CONSTRAINT ck_invoice_line_vat_code_known CHECK (vat_code in ('S', 'R', 'Z', 'E', 'O')),
    CONSTRAINT ck_invoice_line_description_text CHECK (length(description) between 1 and 300 and description = trim(description)),
    CONSTRAINT ck_invoice_line_detail_text CHECK (length(detail) between 0 and 400 and detail = trim(detail)),
    CONSTRAINT ck_invoice_line_vat_words_text CHECK (length(vat_words) between 1 and 60 and vat_words = trim(vat_words)),
    CONSTRAINT ck_invoice_line_vat_reason_text CHECK (length(vat_reason) between 0 and 200 and vat_reason = trim(vat_reason)),
    CONSTRAINT ck_invoice_line_net_follows CHECK (net = quantity * unit_price),
    CONSTRAINT ck_invoice_line_vat_follows CHECK (abs(vat) = (abs(net) * vat_rate + 5000) / 10000 and vat * net >= 0),
    CONSTRAINT uq_invoice_line_invoice_id_line_number UNIQUE (invoice_id, line_number),
    CONSTRAINT uq_invoice_line_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_invoice_line_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoice (id),
    CONSTRAINT uq_invoice_line_charge_id UNIQUE (charge_id),
    CONSTRAINT fk_invoice_line_charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT fk_invoice_line_credits_line_id FOREIGN KEY(credits_line_id) REFERENCES invoice_line (id)
);

CREATE TABLE room_use (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    room_booking_id BIGINT NOT NULL,
    space_id BIGINT,
    layout TEXT NOT NULL,
    heads BIGINT NOT NULL,
    is_estimate BOOLEAN DEFAULT false NOT NULL,
    actual_heads BIGINT,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    reserved_from TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    reserved_to TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    holds_space BOOLEAN NOT NULL,
    is_pinned BOOLEAN NOT NULL,
    over_capacity_reason TEXT NOT NULL,
    CONSTRAINT pk_room_use PRIMARY KEY (id),
    CONSTRAINT ck_room_use_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_room_use_version_counts CHECK (version >= 1),
    CONSTRAINT ck_room_use_layout_known CHECK (layout in ('theatre', 'classroom', 'boardroom', 'cabaret', 'U-shape', 'ICT')),
    CONSTRAINT ck_room_use_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_room_use_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_room_use_starts_at_longest CHECK (ends_at <= starts_at + interval '31 days'),
    CONSTRAINT ck_room_use_reserved_to_after_reserved_from CHECK (reserved_from < reserved_to),
    CONSTRAINT ck_room_use_reserved_from_age CHECK (reserved_from >= '2000-01-01' and reserved_to < '2200-01-01'),
    CONSTRAINT ck_room_use_reserved_from_longest CHECK (reserved_to <= reserved_from + interval '31 days'),
    CONSTRAINT ck_room_use_reserved_holds_event CHECK (reserved_from <= starts_at and reserved_to >= ends_at),
    CONSTRAINT ck_room_use_heads_counted CHECK (heads between 1 and 100000),
    CONSTRAINT ck_room_use_actual_counted CHECK (actual_heads is null or actual_heads between 0 and 100000),
    CONSTRAINT ck_room_use_over_capacity_reason_text CHECK (length(over_capacity_reason) between 0 and 200 and over_capacity_reason = trim(over_capacity_reason)),
    CONSTRAINT uq_room_use_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_room_use_room_booking_id FOREIGN KEY(room_booking_id) REFERENCES room_booking (id),
    CONSTRAINT fk_room_use_space_id FOREIGN KEY(space_id) REFERENCES space (id)
);

CREATE INDEX ix_room_use_room_booking_id ON room_use (room_booking_id);

CREATE INDEX ix_room_use_space_id_starts_at ON room_use (space_id, starts_at);

CREATE INDEX ix_room_use_starts_at ON room_use (starts_at);

CREATE TABLE claim (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    resource_id BIGINT NOT NULL,
    room_use_id BIGINT,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    holds_space BOOLEAN NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT ck_claim_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_claim_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_claim_starts_at_longest CHECK (ends_at <= starts_at + interval '31 days'),
    CONSTRAINT claim_no_overlap EXCLUDE USING gist (resource_id WITH =, tsrange(starts_at, ends_at) WITH &&) WHERE (holds_space),
    CONSTRAINT fk_claim_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id),
    CONSTRAINT fk_claim_room_use_id FOREIGN KEY(room_use_id) REFERENCES room_use (id)
);

CREATE INDEX ix_claim_held ON claim (resource_id, starts_at) WHERE holds_space;

CREATE INDEX ix_claim_room_use_id ON claim (room_use_id);

CREATE TABLE course_booking (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    number BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    contact_id BIGINT,
    event_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    confirmation_to TEXT NOT NULL,
    notes TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    taken_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    CONSTRAINT pk_course_booking PRIMARY KEY (id),
    CONSTRAINT ck_course_booking_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_course_booking_version_counts CHECK (version >= 1),
    CONSTRAINT ck_course_booking_order_number_text CHECK (length(order_number) between 0 and 60 and order_number = trim(order_number)),
    CONSTRAINT ck_course_booking_taken_by_text CHECK (length(taken_by) between 0 and 60 and taken_by = trim(taken_by)),
    CONSTRAINT ck_course_booking_notes_text CHECK (length(notes) between 0 and 4000 and notes = trim(notes)),
    CONSTRAINT ck_course_booking_confirmation_to_text CHECK (length(confirmation_to) between 0 and 200 and confirmation_to = trim(confirmation_to)),
    CONSTRAINT uq_course_booking_client_uuid UNIQUE (client_uuid),
    CONSTRAINT uq_course_booking_number UNIQUE (number),
    CONSTRAINT fk_course_booking_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
    CONSTRAINT fk_course_booking_contact_id FOREIGN KEY(contact_id) REFERENCES person (id),
    CONSTRAINT fk_course_booking_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);

CREATE INDEX ix_course_booking_customer_id ON course_booking (customer_id);

CREATE INDEX ix_course_booking_event_id ON course_booking (event_id);

CREATE TABLE event_session (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    starts_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    ends_at TIMESTAMP(0) WITHOUT TIME ZONE NOT NULL,
    room_use_id BIGINT,
    outside_venue TEXT NOT NULL,
    trainer_names TEXT NOT NULL,
    CONSTRAINT pk_event_session PRIMARY KEY (id),
    CONSTRAINT ck_event_session_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_event_session_version_counts CHECK (version >= 1),
    CONSTRAINT ck_event_session_ends_at_after_starts_at CHECK (starts_at < ends_at),
    CONSTRAINT ck_event_session_starts_at_age CHECK (starts_at >= '2000-01-01' and ends_at < '2200-01-01'),
    CONSTRAINT ck_event_session_starts_at_longest CHECK (ends_at <= starts_at + interval '31 days'),
    CONSTRAINT ck_event_session_outside_venue_text CHECK (length(outside_venue) between 0 and 200 and outside_venue = trim(outside_venue)),
    CONSTRAINT ck_event_session_trainer_names_text CHECK (length(trainer_names) between 0 and 200 and trainer_names = trim(trainer_names)),
    CONSTRAINT ck_event_session_one_venue CHECK (room_use_id is null or outside_venue = ''),
    CONSTRAINT uq_event_session_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_event_session_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT uq_event_session_room_use_id UNIQUE (room_use_id),
    CONSTRAINT fk_event_session_room_use_id FOREIGN KEY(room_use_id) REFERENCES room_use (id)
);

CREATE INDEX ix_event_session_event_id ON event_session (event_id);

CREATE INDEX ix_event_session_starts_at ON event_session (starts_at);

CREATE TABLE booking_term (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    course_booking_id BIGINT NOT NULL,
    notice_below BIGINT,
    percent BIGINT NOT NULL,
    unit TEXT NOT NULL,
    base TEXT NOT NULL,
    free_place_fee BIGINT NOT NULL,
    CONSTRAINT pk_booking_term PRIMARY KEY (id),
    CONSTRAINT ck_booking_term_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_booking_term_version_counts CHECK (version >= 1),
    CONSTRAINT ck_booking_term_percent_sensible CHECK (percent between 0 and 100),
    CONSTRAINT ck_booking_term_unit_text CHECK (length(unit) between 1 and 20 and unit = trim(unit)),
    CONSTRAINT ck_booking_term_base_text CHECK (length(base) between 1 and 20 and base = trim(base)),
    CONSTRAINT uq_booking_term_course_booking_id_notice_below UNIQUE (course_booking_id, notice_below),
    CONSTRAINT uq_booking_term_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_booking_term_course_booking_id FOREIGN KEY(course_booking_id) REFERENCES course_booking (id)
);

CREATE TABLE place (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    course_booking_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    person_id BIGINT,
    state TEXT NOT NULL,
    holds_place BOOLEAN NOT NULL,
    cancelled_at TIMESTAMP(0) WITHOUT TIME ZONE,
    cancelled_reason TEXT NOT NULL,
    CONSTRAINT pk_place PRIMARY KEY (id),
    CONSTRAINT ck_place_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_place_version_counts CHECK (version >= 1),
    CONSTRAINT ck_place_state_known CHECK (state in ('booked', 'waiting', 'cancelled', 'attended', 'did not attend')),
    CONSTRAINT ck_place_holds_as_state CHECK (holds_place = (state in ('booked', 'attended', 'did not attend'))),
    CONSTRAINT ck_place_cancelled_reason_text CHECK (length(cancelled_reason) between 0 and 400 and cancelled_reason = trim(cancelled_reason)),
    CONSTRAINT ck_place_cancelled_when CHECK (state <> 'cancelled' or cancelled_at is not null),
    CONSTRAINT uq_place_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_place_course_booking_id FOREIGN KEY(course_booking_id) REFERENCES course_booking (id),
    CONSTRAINT fk_place_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_place_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_place_course_booking_id ON place (course_booking_id);

CREATE INDEX ix_place_event_id_holds_place ON place (event_id, holds_place);

CREATE INDEX ix_place_person_id ON place (person_id);

CREATE UNIQUE INDEX uq_place_person_once ON place (event_id, person_id) WHERE holds_place;
