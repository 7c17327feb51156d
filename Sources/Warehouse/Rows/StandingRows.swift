import GRDB
public import PipelineModel

/// A file of tonight, as it must be for rows of another night to be its rows.
public struct NumberedFile: Hashable, Sendable {
    /// Counts from 1, by source and path.
    let fileID: Int
    let source: String
    let role: SourceRole

    /// A file of a contract.
    public init(fileID: Int, source: String, role: SourceRole) { (self.fileID, self.source, self.role) = (fileID, source, role) }
}

/// Rows that lie together in a file and are read by themselves, as the warehouse knows whether it holds them already.
public struct RowPart: Sendable {
    let fileID: Int
    /// Rows start on lines after this one,
    let linesBefore: Int
    /// and at the latest on this one.
    let lastLine: Int
    let identity: String

    /// - Parameters:
    ///   - linesBefore: Lines of the file before the part.
    ///   - lastLine: The last on which a row of it can start; no other part of the file has one before it.
    ///   - identity: By which two parts with the same rows are known; never empty.
    public init(fileID: Int, linesBefore: Int, lastLine: Int, identity: String) {
        (self.fileID, self.linesBefore, self.lastLine, self.identity) = (fileID, linesBefore, lastLine, identity)
    }
}

/// Rows of another night that are tonight's as well, and stay where they are: to delete and to store them again would take the one thread that writes, and the disk, as
/// long as all else (docs/performance.md).
///
/// Rows are made of a part of a file and of whom it is about, and by a program and its configuration. The first is the part's identity, the second the scope; rows stand where
/// both are what they were, and the part lies where it lay. A row that was taken back or resolved by itself has changed its part, which is written anew.
extension Transaction {
    /// Lets rows of other nights lie where tonight has the file too, until its parts are asked for; empties all other tables of rows, and the list of files but for these.
    func keepRows(of files: [NumberedFile]) throws {
        let known = try Row.fetchAll(database, sql: "SELECT file_id, source, role FROM source_files").compactMap { row in
            SourceRole(rawValue: row[2]).map { NumberedFile(fileID: row[0], source: row[1], role: $0) }
        }
        let standing = Set(known).intersection(files)
        for role in SourceRole.allCases {
            let written = try Set(Int.fetchAll(database, sql: "SELECT DISTINCT place >> 32 FROM row_parts WHERE role = ?", arguments: [role.rawValue]))
            // Rows that are of no part are of a night that kept no account of parts.
            if written.isDisjoint(with: standing.lazy.filter { $0.role == role }.map(\.fileID)) {
                try emptyRows(of: role)
                continue
            }
            try database.execute(sql: "UPDATE row_parts SET stands = 0 WHERE role = ?", arguments: [role.rawValue])
            for file in known where file.role == role && !standing.contains(file) { try endRows(of: role, files: file.fileID..<file.fileID + 1) }
        }
        for file in known where !standing.contains(file) {
            try database.execute(sql: "DELETE FROM source_files WHERE file_id = ?", arguments: [file.fileID])
        }
        // A file may bear tonight the name that another one bore.
        try database.execute(sql: "UPDATE source_files SET path = CAST(file_id AS TEXT)")
    }

    /// Begins with the rows of a source.
    ///
    /// - Parameter scope: What they are made by, as a digest.
    /// - Returns: The identities of parts whose rows may stand.
    public func standingParts(of role: SourceRole, scope: String) throws -> Set<String> {
        let sql = "SELECT identity FROM row_parts WHERE role = ? AND scope = ? AND identity <> ''"
        let identities = try String.fetchSet(database, sql: sql, arguments: [role.rawValue, scope])
        // Another source of the role may have rows that stand already.
        let hasBegun = try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM row_parts WHERE role = ? AND stands)", arguments: [role.rawValue])
        if identities.isEmpty, hasBegun != true { try emptyRows(of: role) }
        return identities
    }

    /// Whether the rows of a part stand where they belong. If not, what another night has there goes, and they must be inserted.
    public func standsRows(of part: RowPart, role: SourceRole, scope: String) throws -> Bool {
        let place = SourceRole.place(fileID: part.fileID, line: part.linesBefore)
        let last = SourceRole.place(fileID: part.fileID, line: part.lastLine)
        try database.execute(
            sql: "UPDATE row_parts SET stands = 1 WHERE role = ? AND place = ? AND last = ? AND scope = ? AND identity = ? AND NOT stands",
            arguments: [role.rawValue, place, last, scope, part.identity])
        if database.changesCount == 1 { return true }
        try removeParts(of: role, where: "place < ? AND last > ?", [last, place])
        try database.execute(
            sql: "INSERT INTO row_parts (role, place, last, scope, identity, stands) VALUES (?, ?, ?, ?, ?, 1)",
            arguments: [role.rawValue, place, last, scope, part.identity])
        return false
    }

    /// Ends with the rows of some files: what is left of other nights goes.
    public func endRows(of role: SourceRole, files: Range<Int>) throws {
        let (first, end) = (SourceRole.place(fileID: files.lowerBound, line: 0), SourceRole.place(fileID: files.upperBound, line: 0))
        try removeParts(of: role, where: "place >= ? AND place < ?", [first, end])
    }

    /// Notes that one row of a part is not what its file alone says.
    func changePart(of role: SourceRole, at place: Int) throws {
        let statement = try database.cachedStatement(
            sql: "UPDATE row_parts SET identity = '' WHERE role = ?1 AND place = (SELECT MAX(place) FROM row_parts WHERE role = ?1 AND place < ?2)")
        try statement.execute(arguments: [role.rawValue, place])
    }

    private func emptyRows(of role: SourceRole) throws {
        willChange(role)
        try role.isPacked ? replace(role.table) : clear(role.table)
        try database.execute(sql: "DELETE FROM row_parts WHERE role = ?", arguments: [role.rawValue])
    }

    /// Removes parts that do not stand, with their rows.
    private func removeParts(of role: SourceRole, where condition: String, _ places: [Int]) throws {
        let parts = try Row.fetchAll(
            database, sql: "SELECT place, last FROM row_parts WHERE role = ? AND NOT stands AND \(condition)",
            arguments: StatementArguments([role.rawValue]) + StatementArguments(places))
        if parts.isEmpty { return }
        willChange(role)
        for part in parts {
            let (place, last): (Int, Int) = (part[0], part[1])
            try database.execute(sql: "DELETE FROM \(role.table) WHERE place > ? AND place <= ?", arguments: [place, last])
            try database.execute(sql: "DELETE FROM row_parts WHERE role = ? AND place = ?", arguments: [role.rawValue, place])
        }
    }
}
