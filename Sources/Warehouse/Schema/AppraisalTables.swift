extension Schema {
    /// What the analysis writes: who is compared with whom, and what was observed of each.
    static let appraisalTables = """
        CREATE TABLE peer_groups (
            group_id TEXT PRIMARY KEY, kind TEXT NOT NULL, grouping TEXT NOT NULL, rank_band TEXT, post_type TEXT, size INTEGER NOT NULL,
            finest_groups INTEGER NOT NULL, merged_from TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE peer_members (
            cadre_id TEXT PRIMARY KEY, group_id TEXT NOT NULL REFERENCES peer_groups, kind TEXT NOT NULL, unit_id TEXT NOT NULL, post TEXT,
            post_type TEXT, rank TEXT, rank_band TEXT NOT NULL, post_start TEXT NOT NULL, exposure_months REAL NOT NULL,
            is_observed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE not_judged (
            cadre_id TEXT PRIMARY KEY, unit_id TEXT, kind TEXT, reason TEXT NOT NULL, detail TEXT NOT NULL, exposure_months REAL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE observation_blocks (
            number INTEGER PRIMARY KEY, window TEXT NOT NULL, first_cadre TEXT NOT NULL, last_cadre TEXT NOT NULL, rows INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE exclusions (
            number INTEGER PRIMARY KEY, cadre_id TEXT NOT NULL, indicator TEXT, source TEXT NOT NULL, record_id TEXT,
            file_id INTEGER REFERENCES source_files, line INTEGER, event_date TEXT, reason TEXT NOT NULL, case_id TEXT,
            weight_kept REAL NOT NULL, value_before REAL, value_after REAL
        ) STRICT;
        """
}
