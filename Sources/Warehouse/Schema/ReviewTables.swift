extension Schema {
    /// The review loop: what followed, tonight's, and where everybody stood, once a month.
    static let reviewTables = """
        CREATE TABLE standings (
            as_of TEXT NOT NULL, cadre_id TEXT NOT NULL, kind TEXT NOT NULL, group_id TEXT NOT NULL, mean REAL NOT NULL, deviation REAL NOT NULL,
            PRIMARY KEY (as_of, cadre_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE dispositions_followup (
            flag_id TEXT PRIMARY KEY, cadre_id TEXT NOT NULL, cause TEXT NOT NULL, disposition TEXT NOT NULL, confirmed_date TEXT NOT NULL,
            check_from TEXT, check_to TEXT, state TEXT NOT NULL, check_date TEXT, check_result TEXT, citation_zh TEXT, citation_en TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE outcomes_by_disposition (
            disposition TEXT PRIMARY KEY, confirmed INTEGER NOT NULL, waiting INTEGER NOT NULL, unmatched INTEGER NOT NULL, cases INTEGER NOT NULL,
            before REAL, after REAL, change REAL, comparison_change REAL, effect REAL, lower REAL, upper REAL, remark TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
