extension Schema {
    /// What ingestion writes beside the rows themselves.
    static let ingestionTables = """
        CREATE TABLE source_files (
            file_id INTEGER PRIMARY KEY, source TEXT NOT NULL, role TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
            bytes INTEGER NOT NULL, encoding TEXT NOT NULL, contract_from TEXT, rows_read INTEGER NOT NULL, rows_accepted INTEGER NOT NULL,
            rows_rejected INTEGER NOT NULL, rows_duplicate INTEGER NOT NULL, rows_out_of_scope INTEGER NOT NULL, UNIQUE (source, path)
        ) STRICT;
        CREATE TABLE volume_history (
            as_of TEXT NOT NULL, source TEXT NOT NULL, rows_read INTEGER NOT NULL, PRIMARY KEY (as_of, source)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stages (
            stage TEXT PRIMARY KEY, as_of TEXT NOT NULL, configuration_hash TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE ingestion_fingerprint (
            outline TEXT NOT NULL, digests TEXT NOT NULL
        ) STRICT;
        CREATE TABLE findings (
            stage TEXT NOT NULL, number INTEGER NOT NULL, check_name TEXT NOT NULL, severity TEXT NOT NULL, file TEXT NOT NULL, line INTEGER,
            column_number INTEGER, field TEXT, value TEXT, message TEXT NOT NULL, hint TEXT, PRIMARY KEY (stage, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE rejects (
            file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL, number INTEGER NOT NULL, column_number INTEGER,
            field TEXT, value TEXT, check_name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (file_id, line, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE doubtful_cadres (
            cadre_id TEXT PRIMARY KEY, reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE measures (
            measure TEXT PRIMARY KEY, decimals INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fact_blocks (
            number INTEGER PRIMARY KEY, part TEXT NOT NULL, first_cadre TEXT NOT NULL, last_cadre TEXT NOT NULL, entries INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE rating_blocks (
            number INTEGER PRIMARY KEY, part TEXT NOT NULL, first_cadre TEXT NOT NULL, last_cadre TEXT NOT NULL, entries INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE evidence_blocks (
            number INTEGER PRIMARY KEY, part TEXT NOT NULL, first_cadre TEXT NOT NULL, last_cadre TEXT NOT NULL, entries INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE unresolved_targets (
            file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL, source TEXT NOT NULL, record_id TEXT, form TEXT NOT NULL,
            written_cadre_id TEXT, unit TEXT, post TEXT, name TEXT, event_date TEXT, rows INTEGER NOT NULL, reason TEXT NOT NULL,
            candidates INTEGER NOT NULL, PRIMARY KEY (file_id, line)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE petition_links (
            target INTEGER NOT NULL, rank INTEGER NOT NULL, source TEXT NOT NULL, file_id INTEGER NOT NULL REFERENCES source_files,
            line INTEGER NOT NULL, unit TEXT, post TEXT, name TEXT, event_date TEXT, rows INTEGER NOT NULL, outcome TEXT NOT NULL, doubt TEXT,
            cadre_id TEXT NOT NULL, unit_level TEXT, name_level TEXT, post_level TEXT, date_level TEXT, prior_bits REAL NOT NULL,
            unit_bits REAL NOT NULL, name_bits REAL NOT NULL, frequency_bits REAL NOT NULL, post_bits REAL NOT NULL, date_bits REAL NOT NULL,
            total_bits REAL NOT NULL, posterior REAL NOT NULL, PRIMARY KEY (target, rank)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE link_weights (
            comparison TEXT NOT NULL, level TEXT NOT NULL, number INTEGER NOT NULL, m REAL NOT NULL, u REAL NOT NULL, bits REAL NOT NULL,
            pairs INTEGER NOT NULL, PRIMARY KEY (number)
        ) STRICT, WITHOUT ROWID;
        """
}
