import PipelineModel
import Warehouse

/// What a mechanism has found: rows of tonight's tables, in the order in which they were put aside, and what a person should look at.
struct Found: Sendable {
    private let findings: [Finding]
    private let inserts: [@Sendable (Transaction) throws -> Void]

    fileprivate init(_ findings: [Finding], _ inserts: [@Sendable (Transaction) throws -> Void]) { (self.findings, self.inserts) = (findings, inserts) }

    /// Stores the rows, and gives back the findings.
    func store(in transaction: Transaction) throws -> [Finding] {
        for insert in inserts { try insert(transaction) }
        return findings
    }
}

/// Rows that a mechanism puts aside while it reads.
final class FoundRows {
    fileprivate var inserts: [@Sendable (Transaction) throws -> Void] = []
}

extension TrackNight {
    /// Puts rows of one of tonight's tables aside, to be stored when everybody has read.
    func store<Stored: Record>(_ rows: [Stored]) {
        if !rows.isEmpty { aside.inserts.append { try $0.insert(rows) } }
    }

    /// What a mechanism finds with what this night reads.
    func found(by mechanism: (TrackNight) throws -> [Finding]) throws -> Found {
        let findings = try mechanism(self)
        return Found(findings, aside.inserts)
    }
}
