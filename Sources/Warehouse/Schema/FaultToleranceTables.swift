extension Schema {
    /// What becomes of fault-tolerance cases and filed risks, and of problems aired on television.
    static let faultToleranceTables = """
        CREATE TABLE fault_tolerance_effects (
            case_id TEXT NOT NULL, cadre_id TEXT NOT NULL, event_source TEXT NOT NULL, event_record_id TEXT NOT NULL, decision TEXT NOT NULL,
            decided_date TEXT, motive TEXT, conditions TEXT, procedure TEXT, nature TEXT, consequences TEXT, redress TEXT, trying_first INTEGER,
            not_forbidden INTEGER, for_development INTEGER, outcome TEXT NOT NULL, events_excluded REAL NOT NULL, mean_before REAL, mean_after REAL,
            concern_before REAL, concern_after REAL, flagged_before INTEGER, flagged_after INTEGER, file_id INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (case_id, file_id, line)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE risk_filing_status (
            filing_id TEXT NOT NULL, unit_id TEXT, subject TEXT, filed_date TEXT NOT NULL, assessment_due TEXT, assessed_date TEXT, outcome TEXT,
            progress TEXT, days_late INTEGER, start_date TEXT, end_date TEXT, events_held INTEGER NOT NULL, held_without_case INTEGER NOT NULL,
            file_id INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (filing_id, file_id, line)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE media_inquiry_status (
            record_id TEXT NOT NULL, unit_id TEXT, aired_date TEXT NOT NULL, due_date TEXT, rectified_date TEXT, progress TEXT, days_late INTEGER,
            file_id INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (aired_date, file_id, line)
        ) STRICT, WITHOUT ROWID;
        """
}
