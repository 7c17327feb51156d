import FoundationEssentials
import PipelineModel

/// Parts of the files of a source that were read together, and which of their rows have a key that stands more than once among all of these.
///
/// A key that stands once among all parts stands once among some. So a row of a part that is listed repeats another one only where it is listed itself, or where the other one
/// is of a part that is not: as long as no such row has its key, keys of listed parts need not even be opened.
struct KeyLedger: Equatable, Sendable {
    /// By what the keys of a part are known by (`ReadPart.keyIdentity`), the lines of such rows, ascending, which count from the start of the part.
    private(set) var repeated: [String: [Int32]] = [:]

    /// A part of which more rows than one in so many are listed is not worth it.
    static let linesForEachRepeated = 8

    init() {}

    /// Lists a part.
    ///
    /// - Parameters:
    ///   - repeated: Lines of rows whose key stands more than once.
    ///   - lines: How many the part has.
    mutating func add(_ identity: String, repeated lines: [Int32], of count: Int) {
        if lines.count * KeyLedger.linesForEachRepeated > count { return }
        // Where two parts of the same bytes are read, the rows of both are repeated.
        repeated[identity] = Set(repeated[identity] ?? []).union(lines).sorted()
    }

    func knows(_ identity: String) -> Bool { repeated[identity] != nil }

    var bytes: [UInt8] {
        var writer = PartWriter(expecting: repeated.count * 128)
        writer.put(repeated.count)
        for (identity, lines) in repeated.sorted(by: { $0.key < $1.key }) {
            writer.put(identity)
            writer.put(lines)
        }
        return writer.bytes
    }

    init(from reader: inout PartReader) throws(PartReader.Fault) {
        for _ in 0..<(try reader.number()) {
            let identity = try reader.text()
            repeated[identity] = try reader.entries(of: Int32.self)
        }
    }
}

extension PartCache {
    /// What is known of the keys of a source's parts.
    func keyLedger(of contract: SourceContract) -> KeyLedger {
        guard let content = content(of: ledgerSeal(of: contract), .keys) else { return KeyLedger() }
        let ledger = content.withUnsafeBytes { bytes in
            var reader = PartReader(bytes)
            return try? KeyLedger(from: &reader)
        }
        return ledger ?? KeyLedger()
    }

    /// Keeps what is known of the keys of a source's parts.
    ///
    /// - Parameter before: What was known.
    func keep(_ ledger: KeyLedger, of contract: SourceContract, before: KeyLedger) {
        let seal = ledgerSeal(of: contract)
        if ledger == before || ledger.repeated.isEmpty { return use(seal.name(.keys)) }
        store(ledger.bytes, seal, .keys)
    }

    /// It is made of no part's bytes: names of files beside it, and numbers of lines, are nobody's.
    private func ledgerSeal(of contract: SourceContract) -> PartSeal {
        PartSeal(context: words(of: contract).joined(separator: "\u{1F}"), bytes: Array("keys".utf8), secret: secret)
    }
}
