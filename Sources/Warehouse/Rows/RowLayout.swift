import PipelineModel

/// Where the fields of a table lie in a packed row: the slots of each row are at the same places, so that a field is read without the others.
///
/// A row begins with its line, in four bytes, counted from the first row of its block; of a role that is about cadres, the slot of the cadre comes last.
/// A text's slot is where the text lies among those of the block.
final class RowLayout: Sendable {
    /// Numbers alone: a field is asked for it in every row, and a reference would be counted each time.
    enum Slot: Sendable {
        /// Four bytes.
        case text, date
        /// Eight bytes; a number with decimals in units of the last one.
        case integer, decimal, timestamp
        /// One byte: no is 0; the place of a code among those of the category.
        case flag, code

        var size: Int {
            switch self {
            case .text, .date: 4
            case .integer, .decimal, .timestamp: 8
            case .flag, .code: 1
            }
        }
    }

    /// What stands in the slot of a field that is missing.
    enum Missing {
        static let text = UInt32.max
        static let date = Int32.min
        static let number = Int64.min
        static let byte = UInt8.max
    }

    struct Column: Sendable {
        let slot: Slot
        /// Bytes from the start of the row.
        let offset: Int
    }

    /// Where its blocks are rows.
    let table: String
    /// A role's in its order; the cadre it is about last, where the role has one.
    let columns: [Column]
    /// Bytes of a row's slots.
    let stride: Int
    /// The place of the field whose text mostly is the cadre's number.
    let cadreField: Int?
    /// Tells rows from those of a version with other fields or codes, which lie in the same bytes and mean something else.
    let signature: UInt64

    /// - Parameter meaning: What the slots hold: names and codes.
    init(table: String, slots: [Slot], meaning: [String], cadreField: Int? = nil) {
        (self.table, self.cadreField) = (table, cadreField)
        signature = Array(meaning.joined(separator: "\n").utf8).withUnsafeBytes(checksum(of:))
        var (columns, offset): ([Column], Int) = ([], MemoryLayout<UInt32>.size)
        for slot in slots {
            columns.append(Column(slot: slot, offset: offset))
            offset += slot.size
        }
        (self.columns, stride) = (columns, offset)
    }

    private convenience init(_ role: SourceRole) {
        self.init(
            table: role.table, slots: role.fields.map { RowLayout.slot(of: $0.type) } + (role.isAboutCadres ? [.text] : []),
            meaning: role.fields.map { "\($0.name) \($0.type)" },
            cadreField: role.isAboutCadres ? role.index(of: "cadre_id") : nil)
    }

    private static func slot(of type: FieldType) -> Slot {
        switch type {
        case .text, .identityNumber: return .text
        case .integer: return .integer
        case .decimal: return .decimal
        case .date: return .date
        case .timestamp: return .timestamp
        case .flag: return .flag
        case .category(let category):
            precondition(category.codes.count < Int(Missing.byte), "a category has more codes than a byte tells apart")
            return .code
        }
    }

    private static let layouts = Dictionary(uniqueKeysWithValues: SourceRole.allCases.map { ($0, RowLayout($0)) })

    static func of(_ role: SourceRole) -> RowLayout { layouts[role] ?? RowLayout(role) }
}
