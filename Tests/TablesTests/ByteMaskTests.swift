import CByteMasks
import Testing

@testable import Tables

@Suite("Marks of 64 bytes")
struct ByteMaskTests {
    @Test("say of each byte whether it is one of four, in words as in the machine's vectors")
    func marks() {
        var random = SeededGenerator(seed: 11)
        // Neighbours of the four, and bytes whose highest bit is set.
        let bytes: [UInt8] = [0x00, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x21, 0x22, 0x23, 0x2B, 0x2C, 0x2D, 0x7F, 0x80, 0x8A, 0x8D, 0xA2, 0xAC, 0xFF]
        for _ in 0..<2_000 {
            let text = (0..<64).map { _ in bytes.randomElement(using: &random) ?? 0 }
            let expected = text.enumerated().reduce(UInt64(0)) { [0x2C, 0x0A, 0x0D, 0x22].contains($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
            text.withUnsafeBufferPointer { text in
                #expect(text.baseAddress.map { cadre_marks_of_64($0, 0x2C, 0x0A, 0x0D, 0x22) } == expected)
                #expect(text.baseAddress.map { cadre_marks_of_64_in_words($0, 0x2C, 0x0A, 0x0D, 0x22) } == expected)
            }
        }
    }

    @Test("a block has only common bytes where none of its records has another", arguments: [0, 1, 40, 63, 64, 300])
    func commonBlocks(place: Int) {
        for byte: UInt8 in [0x00, 0xEF, 0x41, 0xEE] {
            var block = [UInt8](repeating: 0x61, count: 301)
            block[place] = byte
            let isCommon = block.withUnsafeBufferPointer { FieldText.hasOnlyCommonBytes(ofBlock: $0) }
            #expect(isCommon == block.withUnsafeBufferPointer { FieldText.hasOnlyCommonBytes($0) })
        }
    }
}
