import Testing

@testable import Tables

@Suite("Text of fields")
struct FieldTextTests {
    @Test(
        "is trimmed of every blank at its ends and nowhere else",
        arguments: [
            ("", ""), (" ", ""), ("\u{3000}\u{A0} \t", ""), ("a", "a"), (" a b ", "a b"), ("\u{3000}张\u{3000}三\u{3000}", "张\u{3000}三"), ("\u{A0}1\u{A0}", "1"),
            ("\u{A0}\u{3000}\t x\r\n\u{B}\u{C}", "x"), ("中", "中"), ("、", "、"), ("é\u{A0}", "é"), ("\u{3001}", "\u{3001}"), ("\u{2003}a", "\u{2003}a"),
            ("à", "à"),
        ])
    func isTrimmed(text: String, expected: String) {
        let bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { #expect(String(decoding: FieldText.trimmed($0), as: UTF8.self) == expected) }
    }

    @Test(
        "has its full-width letters, digits and signs in ASCII",
        arguments: [
            ("２０２５－１１－０３", "2025-11-03"), ("ＡＢｃ！～", "ABc!~"), ("\u{3000}１２\u{3000}", "12"), ("（属实）", "(属实)"), ("中文", "中文"), ("plain", "plain"),
            ("ｱ￥", "ｱ￥"), ("\u{FF00}\u{FF5F}", "\u{FF00}\u{FF5F}"), ("\u{FEFF}１", "\u{FEFF}1"), ("", ""), ("＿＠｀", "_@`"),
        ])
    func isNormalized(text: String, expected: String) {
        #expect(FieldText.normalized(text) == expected)
    }

    @Test("Every full-width form has its ASCII character")
    func coverTheBlock() throws {
        for code in UInt32(0x21)...0x7E {
            let wide = String(Character(try #require(Unicode.Scalar(code + 0xFEE0))))
            #expect(FieldText.normalized("x\(wide)x") == "x\(Character(try #require(Unicode.Scalar(code))))x")
        }
    }

    @Test("that needs no change is not copied")
    func avoidCopies() {
        var scratch = FieldText.Scratch()
        for text in ["plain", " 中文 ", "ｱ", "\u{3000}x"] {
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                let result = FieldText.normalized(bytes, into: &scratch)
                let isInside = result.baseAddress.map { start in bytes.baseAddress.map { start >= $0 && start < $0 + bytes.count } ?? false } ?? false
                #expect(isInside, "\(text)")
            }
        }
    }

    @Test("Invalid bytes pass through, and the scratch memory grows")
    func passThrough() {
        var scratch = FieldText.Scratch()
        let bytes: [UInt8] = [0xEF, 0xBC] + Array("１".utf8) + Array(repeating: 0x61, count: 1000) + [0xC2] + [0xEF, 0xBC]
        bytes.withUnsafeBufferPointer {
            let result = Array(FieldText.normalized($0, into: &scratch))
            #expect(result == [0xEF, 0xBC, 0x31] + Array(repeating: 0x61, count: 1000) + [0xC2, 0xEF, 0xBC])
        }
    }

    @Test("what looks normal at a glance is normal")
    func glance() {
        var random = SeededGenerator(seed: 5)
        let pieces: [[UInt8]] = [" ", "a", "1", "中", "\u{3000}", "\u{A0}", "，", "\t", "\0", "é", "、", "Ａ"].map { Array($0.utf8) }
        var scratch = FieldText.Scratch()
        var looked = 0
        for _ in 0..<4000 {
            var field: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) { field += pieces.randomElement(using: &random) ?? [] }
            field.withUnsafeBufferPointer { bytes in
                #expect(FieldText.hasOnlyCommonBytes(bytes) == !(bytes.contains(0) || bytes.contains(0xEF)))
                guard FieldText.hasOnlyCommonBytes(bytes), FieldText.isTrimmed(bytes) else { return }
                looked += 1
                #expect(FieldText.normalized(bytes, into: &scratch).elementsEqual(bytes))
            }
        }
        #expect(looked > 200)
    }
}
