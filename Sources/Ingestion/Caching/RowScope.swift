import Crypto
import PipelineModel
import Warehouse

/// All that stored rows are made of beside the part of the export that they come from: the program, its configuration and key, and for those that are about somebody, who
/// is who.
struct RowScope {
    private var hash = SHA256()

    /// - Parameter reading: Program, configuration and key, as `NightFingerprint` has them.
    init(reading: String) { add([reading]) }

    /// Goes on to the sources after one that tells who is who.
    mutating func add(_ source: IngestedSource) {
        if source.contract.role.order <= SourceRole.posts.order { add([source.contract.name] + source.parts) }
    }

    private mutating func add(_ texts: [String]) { hash.update(data: Array(texts.map { "\($0.utf8.count)\n\($0)\n" }.joined().utf8)) }

    /// In hexadecimal.
    var digest: String { FileDigest.hexadecimal(hash.finalize()) }
}

/// Stores the rows of a source part by part, but for those that stand from another night.
struct RowStoring {
    private let role: SourceRole
    private let scope: String
    /// Of the parts that were taken.
    private(set) var identities: [String] = []

    init(role: SourceRole, scope: String) { (self.role, self.scope) = (role, scope) }

    /// Which parts may have rows that stand.
    func standing(in transaction: Transaction) throws -> StandingParts { StandingParts(try transaction.standingParts(of: role, scope: scope)) }

    /// - Parameters:
    ///   - part: Which has been resolved.
    ///   - reader: That has read it.
    ///   - linesBefore: Lines of the file before it.
    mutating func store(_ part: RangeReader.Outcome, from reader: RangeReader, linesBefore: Int, in transaction: Transaction) throws {
        guard let identity = part.identity else { return }
        identities.append(identity)
        // A last row without a line break is on a line of its own.
        let last = linesBefore + part.lines + (part.endsWithLineBreak ? 0 : 1)
        let own = RowPart(fileID: reader.fileID, linesBefore: linesBefore, lastLine: last, identity: identity)
        if try transaction.standsRows(of: own, role: role, scope: scope) { return }
        guard let rows = part.account.rows ?? reader.rows(of: part) else { return }
        try transaction.insert(rows, of: role, fileID: reader.fileID, linesLater: linesBefore)
    }
}
