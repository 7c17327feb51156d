import GRDB
public import PipelineModel

extension Transaction {
    /// Replaces the findings of a stage, in their own order.
    public func replaceFindings(of stage: String, with findings: [Finding]) throws {
        try database.execute(sql: "DELETE FROM findings WHERE stage = ?", arguments: [stage])
        let statement = try database.makeStatement(sql: "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (index, finding) in findings.sorted().enumerated() {
            let place = finding.location
            try statement.execute(arguments: [
                stage, index + 1, finding.check.rawValue, finding.severity.rawValue, place.file, place.line, place.column, place.field,
                finding.value, finding.message, finding.hint,
            ])
        }
    }

    /// The findings of all stages, or of one, in their order.
    public func findings(of stage: String? = nil) throws -> [Finding] {
        let sql = """
            SELECT check_name, severity, file, line, column_number, field, value, message, hint FROM findings
            WHERE ? IS NULL OR stage = ? ORDER BY stage, number
            """
        return try Row.fetchAll(database, sql: sql, arguments: [stage, stage]).map { row in
            let place = Finding.Location(file: row[2], line: row[3], column: row[4], field: row[5])
            let severity = Finding.Severity(rawValue: row[1]) ?? .error
            return Finding(Finding.Check(rawValue: row[0]), severity, at: place, value: row[6], message: row[7], hint: row[8])
        }
    }
}
