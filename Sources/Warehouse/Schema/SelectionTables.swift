extension Schema {
    /// Mechanism 2: shares to be reached, township secretaries, and who has been long in one place.
    static let selectionTables = """
        CREATE TABLE structure_targets (
            target TEXT NOT NULL, scope TEXT NOT NULL, unit_id TEXT, members INTEGER NOT NULL, meeting INTEGER NOT NULL, gap INTEGER, additions INTEGER,
            outlook TEXT NOT NULL, weeks INTEGER NOT NULL, pace REAL, pace_lower REAL, pace_upper REAL, projected TEXT, earliest TEXT, latest TEXT
        ) STRICT;
        CREATE TABLE township_secretaries (
            cadre_id TEXT NOT NULL, county_id TEXT, post_start TEXT NOT NULL, post_years REAL NOT NULL, secretary_years REAL NOT NULL, window_state TEXT NOT
            NULL, window_from TEXT NOT NULL, window_to TEXT NOT NULL, previous_posts INTEGER NOT NULL, career TEXT NOT NULL, standing REAL, outstanding
            REAL, commendation_id TEXT, flags INTEGER NOT NULL, PRIMARY KEY (cadre_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE rotation_due (
            cadre_id TEXT NOT NULL, due_date TEXT NOT NULL, limited_by TEXT NOT NULL, status TEXT NOT NULL, overdue_years REAL NOT NULL, post_since TEXT NOT
            NULL, post_years REAL NOT NULL, post_limit REAL, unit_since TEXT NOT NULL, unit_years REAL NOT NULL, unit_limit REAL, PRIMARY KEY (cadre_id)
        ) STRICT, WITHOUT ROWID;
        """
}
