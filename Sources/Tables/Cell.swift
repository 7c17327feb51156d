/// One value to be written, with its type: text may need protection from spreadsheets, numbers never do.
public enum Cell: Hashable, Sendable {
    /// Any text.
    case text(String)
    /// A whole number, in ASCII digits.
    case integer(Int)
    /// A number with a fixed count of decimal places (0 to 17; others are taken as the nearest), rounded half to even, with a point whatever
    /// the locale, and never `-0.00`. Must be finite.
    case decimal(Double, places: Int)
    /// Nothing between two delimiters.
    case empty
    /// `true` or `false`.
    case flag(Bool)
}

/// What a spreadsheet program would take for a formula.
enum FormulaGuard {
    /// Whether text starts with a character that makes Excel, LibreOffice or WPS run it: `=`, `+`, `-`, `@`, a tab or a line break, or a
    /// full-width form of the first four, which Chinese and Japanese editions accept.
    static func isDangerous(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), Byte.tab, Byte.carriageReturn, Byte.lineFeed: return true
        case 0xEF where text.count >= 3 && text[1] == 0xBC: return [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2])
        default: return false
        }
    }

    /// Written before dangerous text: the program then shows it, and runs nothing.
    static let apostrophe = UInt8(ascii: "'")
}
