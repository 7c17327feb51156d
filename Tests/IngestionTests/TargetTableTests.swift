import PipelineModel
import Testing

@testable import Ingestion

@Suite("Every target as written has a place of its own") struct TargetTableTests {
    /// Texts of few letters, so that many differ in one byte only: of every length that is told apart in a way of its own, and some longer.
    private static func texts(seed: Int) -> [[UInt8]] {
        var random = SplitMix(state: UInt64(seed) + 50)
        return (0..<3_000).map { _ in (0..<random.next(below: 21)).map { _ in UInt8(ascii: "a") + UInt8(random.next(below: 3)) } }
    }

    @Test("places are those of a dictionary, while the table grows and in another that takes it over", arguments: 0..<5)
    func places(seed: Int) {
        var (table, expected): (TargetTable, [TargetTable.Key: Int32]) = (TargetTable(), [:])
        for (index, bytes) in Self.texts(seed: seed).enumerated() {
            let key = TargetTable.Key(form: index % 2 == 0 ? .cadre : .unitAndPost, bytes: bytes)
            let place = bytes.withUnsafeBufferPointer { text in
                #expect(table.place(key.form, text) == expected[key])
                return table.intern(key.form, text)
            }
            #expect(place == expected[key, default: Int32(expected.count)])
            expected[key] = place
        }
        #expect(table.count == expected.count)
        for (key, place) in expected { #expect(table.keys[Int(place)] == key) }
        var other = TargetTable()
        _ = other.intern(.cadre, RowParser.noText)
        let moved = other.intern(table)
        #expect(moved.indices.allSatisfy { other.keys[Int(moved[$0])] == table.keys[$0] })
    }

    @Test("texts of one length have the same words only where they are the same", arguments: 1...16)
    func words(length: Int) {
        let text = (0..<length).map { UInt8($0 + 1) }
        func words(_ bytes: [UInt8]) -> [UInt64] {
            bytes.withUnsafeBufferPointer { bytes in
                var words: [UInt64] = []
                ByteHash.forEachWord(bytes) { words.append($0) }
                let ends = ByteHash.ends(bytes)
                #expect(words.count == (length + 7) / 8)
                return words + [ends.0, ends.1]
            }
        }
        for place in text.indices {
            var other = text
            other[place] ^= 0x80
            let (left, right) = (words(text), words(other))
            #expect(left.dropLast(2) != right.dropLast(2), "byte \(place) of \(length) is in no word")
            #expect(left.suffix(2) != right.suffix(2), "byte \(place) of \(length) is in no end")
        }
    }
}
