extension Schema {
    /// The contest, the double evaluation and the annual grades, by unit.
    static let evaluationTables = """
        CREATE TABLE contest_standings (
            number INTEGER PRIMARY KEY, measure TEXT NOT NULL, field TEXT NOT NULL, unit_id TEXT NOT NULL, kind TEXT NOT NULL, events INTEGER,
            trials INTEGER NOT NULL, value REAL, adjusted REAL, lower REAL, upper REAL, units INTEGER NOT NULL, rank INTEGER, rank_best INTEGER,
            rank_worst INTEGER
        ) STRICT;
        CREATE TABLE double_evaluation (
            number INTEGER PRIMARY KEY, level TEXT NOT NULL, unit_id TEXT, cadre_id TEXT, raw_mean REAL, adjusted_mean REAL, lower REAL, upper REAL,
            raters INTEGER NOT NULL, counted INTEGER NOT NULL, repeated INTEGER NOT NULL, straight_lined INTEGER NOT NULL,
            outside_period INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE grade_inflation (
            number INTEGER PRIMARY KEY, unit_id TEXT, kind TEXT, year INTEGER NOT NULL, graded INTEGER NOT NULL, excellent INTEGER NOT NULL,
            allowed INTEGER NOT NULL, judged INTEGER NOT NULL, excellent_judged INTEGER NOT NULL, expected REAL, ratio_expected REAL,
            ratio_lower95 REAL, ratio_upper95 REAL, ratio_lower998 REAL, ratio_upper998 REAL, ratio_place TEXT
        ) STRICT;
        """
}
