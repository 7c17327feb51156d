/// What findings and rejects show of a value.
enum ShownValue {
    private static let longest = 60
    /// Runs of digits this long are telephone and identity numbers: where a row has slipped by a column, they turn up anywhere.
    private static let digitsOfAPerson = 11

    /// The value, cut short at a character and with every long run of digits masked.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        masked(clipped(String(decoding: bytes.prefix(4 * longest + 4), as: UTF8.self)))
    }

    /// A column's name, which in a file without a header may be anything.
    static func name(_ name: String) -> String { name.isEmpty ? "(no name)" : masked(clipped(name)) }

    private static func clipped(_ text: String) -> String { text.count > longest ? text.prefix(longest) + "…" : text }

    private static func masked(_ text: String) -> String {
        var shown = ""
        var digits = ""
        func flushed() -> String { digits.count >= digitsOfAPerson ? "***" : digits }
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                shown += flushed()
                digits = ""
                shown.append(character)
            }
        }
        return shown + flushed()
    }
}
