extension Schema {
    /// One table per source that keeps rows: where the row stands in its export, the role's fields, and the cadre it was resolved to.
    ///
    /// A row's `place` is its file and its line in one number: SQLite appends rows that come by such a number, and looks for the place of those with any other key.
    ///
    /// Frozen: a change to a role's fields is a new migration. A test holds these tables to the fields of the roles, but for those whose rows have come in blocks since
    /// (`rowBlockTables`).
    static let sourceTables = """
        CREATE TABLE cadres (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            cadre_id TEXT, name TEXT, id_number TEXT, sex TEXT, birth_date
            TEXT, ethnic_group TEXT, rank TEXT, civil_service_class TEXT, unit TEXT, specialty TEXT, entry_date TEXT, status TEXT
        ) STRICT;
        CREATE TABLE units (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            unit_id TEXT, name TEXT, kind TEXT, parent_id TEXT, division_code
            TEXT, hardship_grade INTEGER, staff INTEGER, aliases TEXT, former_names TEXT
        ) STRICT;
        CREATE TABLE post_tenures (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            cadre_id TEXT, unit TEXT, post TEXT, post_type TEXT, rank TEXT,
            start_date TEXT, end_date TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE leave (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, kind TEXT, start_date TEXT, end_date
            TEXT, approved INTEGER, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE training (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, course TEXT, required INTEGER,
            held_date TEXT, result TEXT, score REAL, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE frontline_postings (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, kind TEXT, unit TEXT, start_date
            TEXT, end_date TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE appraisals (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, kind TEXT, year INTEGER, date TEXT,
            grade TEXT, score REAL, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE tasks (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, unit TEXT, post TEXT, contest_field
            TEXT, due_date TEXT, completed_date TEXT, quality REAL, reform TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE ballots (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, rater_id TEXT, cadre_id TEXT, date TEXT, score
            REAL, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE awards (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, date TEXT, award TEXT, level TEXT,
            target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE petitions (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, unit TEXT, post TEXT, name TEXT,
            kind TEXT, finding TEXT, received TEXT, accepted_date TEXT, due_date TEXT, closed TEXT, handling_unit TEXT,
            reform TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE media_inquiries (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, unit TEXT, cadre_id TEXT, aired_date TEXT, due_date
            TEXT, rectified_date TEXT, reform TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE discipline (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, date TEXT, decided_date TEXT, kind
            TEXT, penalty TEXT, outcome TEXT, command TEXT, reform TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE warnings (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            record_id TEXT, cadre_id TEXT, kind TEXT, date TEXT, correction_due
            TEXT, corrected_date TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE fault_tolerance_cases (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            case_id TEXT, cadre_id TEXT, event_source TEXT, event_record_id
            TEXT, decision TEXT, weight REAL, decided_date TEXT, motive TEXT, conditions TEXT, procedure TEXT, nature TEXT, consequences TEXT, redress
            TEXT, trying_first INTEGER, not_forbidden INTEGER, for_development INTEGER, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE risk_filings (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            filing_id TEXT, unit TEXT, cadre_id TEXT, subject TEXT, filed_date
            TEXT, assessment_due TEXT, assessed_date TEXT, outcome TEXT, start_date TEXT, end_date TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE clarifications (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            case_id TEXT, cadre_id TEXT, petition_record_id TEXT, finding TEXT,
            decided_date TEXT, due_date TEXT, published_date TEXT, target_cadre_id TEXT
        ) STRICT;
        CREATE TABLE reviews (
            place INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES source_files, line INTEGER NOT NULL,
            flag_id TEXT, decision TEXT, reason TEXT, reviewer TEXT, date TEXT,
            cadre_statement TEXT, fitness_date TEXT, fitness_result TEXT
        ) STRICT;
        CREATE VIEW petition_handling_days AS SELECT file_id, line, record_id, (
            CAST(strftime('%s', closed) AS INTEGER) - CAST(strftime('%s', received) AS INTEGER)
        ) / 86400 AS handling_days FROM petitions WHERE closed IS NOT NULL AND received IS NOT NULL;
        """
}
