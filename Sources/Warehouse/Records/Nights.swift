import GRDB
public import PipelineModel

extension Transaction {
    /// Empties everything that is about one night's input, children before parents; flags and volumes of earlier nights stay.
    ///
    /// - Parameter files: Tonight's, of which rows may stand that another night has stored: `standsRows` says of which parts they do.
    public func clearIngestion(keepingRowsOf files: [NumberedFile] = []) throws {
        histories.forget()
        try clearAppraisal()
        for table in ["evidence_blocks", "rating_blocks", "fact_blocks", "unresolved_targets"] { try replace(table) }
        for table in ["measures", "rejects", "doubtful_cadres", "petition_links", "link_weights"] { try clear(table) }
        try keepRows(of: files)
        try clear("row_corrections")
        try clear(IngestionRecord.table)
        try clear("stages")
    }

    /// Empties what the analysis writes.
    public func clearAppraisal() throws {
        for table in ["observation_blocks", "estimate_blocks"] { try replace(table) }
        for table in ["peer_members", "peer_groups", "not_judged", "exclusions"] { try clear(table) }
        for table in ["group_fits", "scorecards", "correlations", "previous_posts", "fault_tolerance_effects"] { try clear(table) }
    }

    /// Empties one night's flags; other nights stay.
    public func clearFlags(asOf: CalendarDate) throws {
        for table in [
            "flag_changes", "flag_contributions", "watch_list", "commendation_contributions", "commendations", "flag_evidence", "flag_reasons", "flags",
        ] {
            try database.execute(sql: "DELETE FROM \(table) WHERE as_of = ?", arguments: [asOf.description])
        }
    }

    /// Empties what tracking writes about tonight, and one night's measures, standings and training roster; those of other nights stay.
    public func clearMechanisms(asOf: CalendarDate) throws {
        for table in ["training_completion", "frontline_posting_counts", "structure_targets", "township_secretaries", "rotation_due"] { try clear(table) }
        for table in ["clarifications_due", "petition_handling", "risk_filing_status", "media_inquiry_status"] { try clear(table) }
        for table in ["contest_standings", "double_evaluation", "grade_inflation"] { try clear(table) }
        for table in ["care_list", "promotion_channels", "implementation_progress", "dispositions_followup", "outcomes_by_disposition"] { try clear(table) }
        try delete(MeasureValue.self, asOf: asOf)
        try delete(TrainingRosterEntry.self, asOf: asOf)
        try delete(StandingRecord.self, asOf: asOf)
    }

    /// Notes that a stage is done; later stages of other nights or configurations are no longer valid.
    public func finishStage(_ stage: String, asOf: CalendarDate, configurationHash: String) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO stages VALUES (?, ?, ?)", arguments: [stage, asOf.description, configurationHash])
    }

    /// Rows that a source had on the newest night before `asOf`; `nil` where there was none.
    public func lastVolume(of source: String, before asOf: CalendarDate) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT rows_read FROM volume_history WHERE source = ? AND as_of < ? ORDER BY as_of DESC LIMIT 1",
            arguments: [source, asOf.description])
    }

    /// Whether any night, tonight included, has raised this flag.
    public func knowsFlag(_ flagID: String) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM flags WHERE flag_id = ?)", arguments: [flagID]) ?? false
    }

    /// Whether a night up to and including `asOf` has raised this flag.
    public func knowsFlag(_ flagID: String, through asOf: CalendarDate) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM flags WHERE flag_id = ? AND as_of <= ?)", arguments: [flagID, asOf.description]) ?? false
    }

    /// Every flag that the reviews of tonight's input speak of, as each night up to and including `asOf` raised it, earlier nights first.
    public func reviewedFlags(through asOf: CalendarDate) throws -> [FlagRecord] {
        try all(FlagRecord.self, where: "as_of <= ? AND flag_id IN (SELECT flag_id FROM reviews)", [.text(asOf.description)])
    }

    /// Notes a file, or what reading it has told of one that is known by its number: its encoding and its row account.
    public func note(_ file: SourceFileRecord) throws {
        let columns = SourceFileRecord.columns
        let updates = columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        // To replace the row would be to delete what its rows refer to.
        let sql = """
            INSERT INTO source_files (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            ON CONFLICT (file_id) DO UPDATE SET \(updates)
            """
        let statement = try PreparedStatement(sql, in: database, isKept: true)
        defer { statement.reset() }
        var row = RowWriter()
        file.write(to: &row)
        try statement.execute(row)
    }

    /// Replaces a night's volumes.
    public func replaceVolumes(asOf: CalendarDate, _ volumes: [VolumeRecord]) throws {
        try delete(VolumeRecord.self, asOf: asOf)
        try insert(volumes)
    }

    /// Notes a number that stands for more than one person.
    public func markDoubtful(_ cadreID: String, reason: String) throws {
        try database.execute(sql: "INSERT OR IGNORE INTO doubtful_cadres VALUES (?, ?)", arguments: [cadreID, reason])
    }
}

/// A flag of an earlier night of one cause: where its episode stood last.
public struct EarlierFlag: Hashable, Sendable {
    /// The newest night that raised it.
    public var asOf: CalendarDate
    /// The flag.
    public var flagID: String
    /// Who.
    public var cadreID: String
    /// Probability of concern on that night.
    public var concern: Double?
}

extension Transaction {
    /// The newest night before `asOf` that has flags or changes of flags; `nil` where there was none.
    ///
    /// A night that cleared the last flag has changes and no flags, and is last night all the same.
    public func lastNight(before asOf: CalendarDate) throws -> CalendarDate? {
        let text = try String.fetchOne(
            database,
            sql:
                "SELECT MAX(night) FROM (SELECT MAX(as_of) AS night FROM flags WHERE as_of < ?1 UNION ALL SELECT MAX(as_of) FROM flag_changes WHERE as_of < ?1)",
            arguments: [asOf.description])
        return text.flatMap { CalendarDate(iso: $0) }
    }

    /// Of each cadre the newest flag of a cause that a night before `asOf` raised, by cadre.
    public func newestFlags(cause: String, before asOf: CalendarDate) throws -> [EarlierFlag] {
        // SQLite takes the other columns from the row of the maximum.
        let cursor = try Row.fetchCursor(
            database, sql: "SELECT MAX(as_of), flag_id, cadre_id, concern FROM flags WHERE cause = ? AND as_of < ? GROUP BY cadre_id ORDER BY cadre_id",
            arguments: [cause, asOf.description])
        var flags: [EarlierFlag] = []
        while let row = try cursor.next() {
            let night: String = row[0]
            guard let day = CalendarDate(iso: night) else { throw WarehouseError.unreadable(table: "flags", column: "as_of", value: night) }
            flags.append(EarlierFlag(asOf: day, flagID: row[1], cadreID: row[2], concern: row[3]))
        }
        return flags
    }

    /// The rows shown as evidence of a flag on one night.
    public func shownEvidence(of flagID: String, on asOf: CalendarDate) throws -> [FlagEvidence] {
        try all(FlagEvidence.self, where: "as_of = ? AND flag_id = ?", [.text(asOf.description), .text(flagID)])
    }

    /// What each indicator did to a flag on one night.
    public func contributions(of flagID: String, on asOf: CalendarDate) throws -> [FlagContribution] {
        try all(FlagContribution.self, where: "as_of = ? AND flag_id = ?", [.text(asOf.description), .text(flagID)])
    }
}
