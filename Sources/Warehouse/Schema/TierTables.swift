extension Schema {
    /// What flagging by the model writes, night by night, and the fairness of tonight.
    static let tierTables = """
        CREATE TABLE watch_list (
            as_of TEXT NOT NULL, cadre_id TEXT NOT NULL, unit_id TEXT, kind TEXT NOT NULL, concern REAL NOT NULL, weakest TEXT NOT NULL, PRIMARY
            KEY (as_of, cadre_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE commendations (
            as_of TEXT NOT NULL, commendation_id TEXT NOT NULL, cadre_id TEXT NOT NULL, unit_id TEXT, kind TEXT NOT NULL, outstanding REAL NOT
            NULL, strongest TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (as_of, cadre_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE commendation_contributions (
            as_of TEXT NOT NULL, commendation_id TEXT NOT NULL, cadre_id TEXT NOT NULL, indicator TEXT NOT NULL, value REAL, adjusted_value REAL,
            peer_median REAL, percentile REAL, mean REAL NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL, weight REAL NOT NULL, contribution REAL NOT NULL, events_counted REAL,
            events_excluded REAL NOT NULL, PRIMARY KEY (as_of, commendation_id, indicator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE flag_contributions (
            as_of TEXT NOT NULL, flag_id TEXT NOT NULL, indicator TEXT NOT NULL, value REAL, adjusted_value REAL, peer_median REAL, mean REAL
            NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL, weight REAL NOT NULL, contribution REAL NOT NULL, events_counted REAL, events_excluded REAL NOT NULL,
            cleared_at REAL, PRIMARY KEY (as_of, flag_id, indicator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE flag_changes (
            as_of TEXT NOT NULL, flag_id TEXT NOT NULL, cadre_id TEXT NOT NULL, cause TEXT NOT NULL, change TEXT NOT NULL, why TEXT NOT NULL,
            last_night TEXT, concern REAL, concern_last_night REAL, PRIMARY KEY (as_of, flag_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fairness (
            attribute TEXT NOT NULL, group_value TEXT NOT NULL, judged INTEGER NOT NULL, flagged INTEGER NOT NULL, share REAL, lower REAL, upper
            REAL, ratio REAL, ratio_lower REAL, ratio_upper REAL, overturned INTEGER NOT NULL, reviewed INTEGER NOT NULL, remark TEXT NOT NULL,
            PRIMARY KEY (attribute, group_value)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE calibration (
            band_from REAL NOT NULL, band_to REAL NOT NULL, reviewed INTEGER NOT NULL, confirmed INTEGER NOT NULL, mean_concern REAL, share REAL,
            lower REAL, upper REAL, PRIMARY KEY (band_from)
        ) STRICT, WITHOUT ROWID;
        """
}
