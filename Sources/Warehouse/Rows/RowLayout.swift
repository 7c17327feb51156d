import PipelineModel

/// How the fields of a role are stored.
final class RowLayout: Sendable {
    /// Numbers alone: a field is asked for it in every row, and a reference would be counted each time.
    enum Column: Sendable {
        case text, integer, date, timestamp
        /// What one is, in units of the last decimal.
        case real(Double)
        /// Where the codes of a category begin among all codes, and how many it has.
        case codes(first: Int32, count: Int32)
    }

    let columns: [Column]
    /// Fields, and the cadre.
    let width: Int
    /// The codes of all categories, one behind the other, and where each ends.
    private let codeBytes: [UInt8]
    private let codeEnds: [Int]
    /// The most bytes that a code has.
    let longestCode: Int

    private init(_ role: SourceRole) {
        var (bytes, ends, longest): ([UInt8], [Int], Int) = ([], [], 0)
        columns = role.fields.map { field in
            switch field.type {
            case .text, .identityNumber: return .text
            case .integer, .flag: return .integer
            case .decimal(let decimals): return .real((0..<decimals).reduce(1) { unit, _ in unit * 10 })
            case .date: return .date
            case .timestamp: return .timestamp
            case .category(let category):
                let first = ends.count
                for code in category.codes {
                    bytes += code.utf8
                    ends.append(bytes.count)
                    longest = max(longest, code.utf8.count)
                }
                return .codes(first: Int32(first), count: Int32(category.codes.count))
            }
        }
        width = columns.count + (role.isAboutCadres ? 1 : 0)
        (codeBytes, codeEnds, longestCode) = (bytes, ends, longest)
    }

    /// Passes the bytes of a code, by its place among all codes.
    func withCode(_ place: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let start = place == 0 ? 0 : codeEnds[place - 1]
        codeBytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<codeEnds[place]])) }
    }

    private static let layouts = Dictionary(uniqueKeysWithValues: SourceRole.allCases.map { ($0, RowLayout($0)) })

    static func of(_ role: SourceRole) -> RowLayout { layouts[role] ?? RowLayout(role) }
}
