import Crypto
import PipelineModel
import Warehouse

/// Stores the rows of a source part by part, but for those that stand from another night.
struct RowStoring {
    private let role: SourceRole
    /// All that rows are made of beside what their part is known by.
    private let scope: String

    /// - Parameter reading: Program, configuration and key, as `NightFingerprint` has them.
    init(role: SourceRole, reading: String) {
        self.role = role
        scope = FileDigest.hexadecimal(SHA256.hash(data: Array(reading.utf8)))
    }

    /// Which parts may have rows that stand.
    func standing(in transaction: Transaction) throws -> StandingParts { StandingParts(try transaction.standingParts(of: role, scope: scope)) }

    /// - Parameters:
    ///   - part: Which has been resolved.
    ///   - reader: That has read it.
    ///   - linesBefore: Lines of the file before it.
    func store(_ part: RangeReader.Outcome, from reader: RangeReader, linesBefore: Int, in transaction: Transaction) throws {
        guard let identity = part.identity else { return }
        // A last row without a line break is on a line of its own.
        let last = linesBefore + part.lines + (part.endsWithLineBreak ? 0 : 1)
        let own = RowPart(fileID: reader.fileID, linesBefore: linesBefore, lastLine: last, identity: identity)
        if try transaction.standsRows(of: own, role: role, scope: scope) { return }
        // Nothing was read where the file broke before the first row: the night is refused.
        guard let rows = try part.account.rows ?? reader.rows(of: part) else { return }
        try transaction.insert(rows, of: role, fileID: reader.fileID, linesLater: linesBefore)
    }
}
