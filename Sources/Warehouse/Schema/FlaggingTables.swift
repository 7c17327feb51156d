extension Schema {
    /// What flagging writes; kept by night, so that a re-run of a date replaces that night and nothing else.
    static let flaggingTables = """
        CREATE TABLE flags (
            as_of TEXT NOT NULL, flag_id TEXT NOT NULL, cadre_id TEXT NOT NULL, unit_id TEXT, kind TEXT, cause TEXT NOT NULL,
            disposition TEXT NOT NULL, status TEXT NOT NULL, concern REAL, PRIMARY KEY (as_of, flag_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE flag_reasons (
            as_of TEXT NOT NULL, flag_id TEXT NOT NULL, number INTEGER NOT NULL, cause TEXT NOT NULL, statement_zh TEXT NOT NULL,
            statement_en TEXT NOT NULL, citation_zh TEXT NOT NULL, citation_en TEXT NOT NULL, cleared_by_zh TEXT NOT NULL,
            cleared_by_en TEXT NOT NULL, events_counted INTEGER NOT NULL, events_excluded INTEGER NOT NULL,
            PRIMARY KEY (as_of, flag_id, number), FOREIGN KEY (as_of, flag_id) REFERENCES flags
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE flag_evidence (
            as_of TEXT NOT NULL, flag_id TEXT NOT NULL, number INTEGER NOT NULL, cadre_id TEXT NOT NULL, source TEXT NOT NULL, record_id TEXT,
            file TEXT NOT NULL, line INTEGER NOT NULL, event_date TEXT, PRIMARY KEY (as_of, flag_id, number),
            FOREIGN KEY (as_of, flag_id) REFERENCES flags
        ) STRICT, WITHOUT ROWID;
        """
}
