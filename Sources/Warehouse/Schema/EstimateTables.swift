extension Schema {
    /// What the statistical model writes: how peers differ, and where each cadre stands, with uncertainty.
    static let estimateTables = """
        CREATE TABLE group_fits (
            window TEXT NOT NULL, group_id TEXT NOT NULL, indicator TEXT NOT NULL, people INTEGER NOT NULL, location REAL, spread REAL,
            own_spread REAL, dispersion REAL NOT NULL, convergence TEXT NOT NULL, goodness REAL, PRIMARY KEY (window, group_id, indicator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE estimate_blocks (
            number INTEGER PRIMARY KEY, window TEXT NOT NULL, first_cadre TEXT NOT NULL, last_cadre TEXT NOT NULL, rows INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE scorecards (
            window TEXT NOT NULL, cadre_id TEXT NOT NULL, kind TEXT NOT NULL, group_id TEXT NOT NULL, mean REAL NOT NULL, deviation REAL NOT
            NULL, line REAL NOT NULL, concern REAL NOT NULL, outstanding REAL NOT NULL, indicators_observed INTEGER NOT NULL, PRIMARY KEY
            (window, cadre_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE correlations (
            window TEXT NOT NULL, kind TEXT NOT NULL, first_indicator TEXT NOT NULL, second_indicator TEXT NOT NULL, correlation REAL NOT NULL,
            iterations INTEGER NOT NULL, converged INTEGER NOT NULL, PRIMARY KEY (window, kind, first_indicator, second_indicator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE previous_posts (
            cadre_id TEXT NOT NULL, unit_id TEXT, post TEXT, post_type TEXT, group_id TEXT NOT NULL, start_date TEXT NOT NULL, end_date TEXT NOT
            NULL, exposure_months REAL NOT NULL, mean REAL NOT NULL, deviation REAL NOT NULL, concern REAL NOT NULL, better_before REAL NOT
            NULL, PRIMARY KEY (cadre_id)
        ) STRICT, WITHOUT ROWID;
        """
}
