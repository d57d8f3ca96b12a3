-- Leases of PXE Kit, schema version 1, for PostgreSQL and H2. Every statement may be run again.

CREATE TABLE IF NOT EXISTS pxekit_schema_version (
    version INTEGER PRIMARY KEY
);

-- In what order leases were claimed.
CREATE SEQUENCE IF NOT EXISTS pxekit_claim;

CREATE TABLE IF NOT EXISTS pxekit_lease (
    -- 4 or 6 for the family, then the octets: addresses sort by family and number.
    address BYTEA PRIMARY KEY,
    client BYTEA NOT NULL,
    -- The first 64 bits of the client's SHA-256: identifiers may be longer than an index takes. NULL if declined.
    client_hash BIGINT,
    hardware_type SMALLINT NOT NULL,
    hardware_address BYTEA NOT NULL,
    -- What is not printable ASCII, and the backslash, as \u and four hexadecimal digits.
    host_name VARCHAR(1530) NOT NULL,
    state VARCHAR(8) NOT NULL,
    -- Whether the state is OFFERED, for the index.
    offered BOOLEAN NOT NULL,
    -- Milliseconds since 1970-01-01T00:00Z; 9223372036854775807 is never.
    expires_at BIGINT NOT NULL,
    claim_number BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS pxekit_lease_client ON pxekit_lease (client_hash, claim_number);

CREATE INDEX IF NOT EXISTS pxekit_lease_end ON pxekit_lease (offered, expires_at, address);

INSERT INTO pxekit_schema_version (version)
SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pxekit_schema_version WHERE version = 1);
