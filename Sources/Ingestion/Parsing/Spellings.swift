import Glibc
import PipelineModel

/// The spellings of a closed list of values, found by their bytes.
struct Spellings: Sendable {
    private struct Entry: Sendable {
        /// The first eight bytes, with zeros where there are fewer.
        let start: UInt64
        let bytes: [UInt8]
        let value: FieldValue
    }

    /// By length: the lists are so short that looking through one beats any hash.
    private let entries: [[Entry]]

    /// The first value of a spelling that is listed twice is the one that counts.
    init(_ spellings: [(String, FieldValue)]) {
        var entries: [[Entry]] = []
        for (spelling, value) in spellings {
            let bytes = Array(spelling.utf8)
            while entries.count <= bytes.count { entries.append([]) }
            entries[bytes.count].append(Entry(start: bytes.withUnsafeBufferPointer(Spellings.start), bytes: bytes, value: value))
        }
        self.entries = entries
    }

    /// What is written; `nil` where it is not listed.
    func value(of bytes: UnsafeBufferPointer<UInt8>) -> FieldValue? {
        guard bytes.count < entries.count else { return nil }
        let start = Spellings.start(bytes)
        for entry in entries[bytes.count] where entry.start == start && (bytes.count <= 8 || entry.bytes.elementsEqual(bytes)) { return entry.value }
        return nil
    }

    private static func start(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<min(8, bytes.count) { word |= UInt64(bytes[index]) << UInt64(8 * index) }
        return word
    }
}
