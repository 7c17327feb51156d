/// A row of one cadre, indicator and window that is kept packed with those of neighbouring cadres, because there are millions of its kind.
///
/// It is written and read by place, as a `Record` is; cadre and window are kept beside the columns.
public protocol PackedRecord: Sendable {
    /// The table of its blocks.
    static var table: String { get }
    /// The columns, in the order in which `write` and `init` pass them.
    static var columns: [PackedColumn] { get }
    var window: AppraisalWindow { get }
    var cadreID: String { get }
    /// The rows of a cadre and window have one each.
    var indicator: String { get }
    func write(to row: inout PackedWriter)
    init(window: AppraisalWindow, cadreID: String, from row: inout PackedReader) throws(WarehouseError)
}

/// A column of packed rows.
public struct PackedColumn: Sendable {
    let name: String
    let kind: PackedBlock.Kind

    /// A name that comes again and again.
    public static func text(_ name: String) -> PackedColumn { PackedColumn(name: name, kind: .text) }
    /// A whole number.
    public static func integer(_ name: String) -> PackedColumn { PackedColumn(name: name, kind: .integer) }
    /// A number that may be unknown.
    public static func real(_ name: String) -> PackedColumn { PackedColumn(name: name, kind: .real) }
}

/// Takes the values of a row, in the order of its columns.
public struct PackedWriter {
    var block: PackedBlock
    private var next = 0

    init(_ columns: [PackedColumn]) { block = PackedBlock(columns.map(\.kind)) }

    mutating func beginRow(of cadreID: String) {
        block.beginRow(of: cadreID)
        next = 0
    }

    public mutating func text(_ value: String) {
        block.append(value, to: next)
        next += 1
    }

    public mutating func integer(_ value: Int) {
        block.columns[next].integers.append(value)
        next += 1
    }

    public mutating func real(_ value: Double?) {
        block.append(value, to: next)
        next += 1
    }

    public mutating func flag(_ value: Bool) { integer(value ? 1 : 0) }
}

/// Gives the values of a row back, in the order of its columns.
public struct PackedReader {
    let table: String
    private let columns: [PackedColumn]
    private(set) var block: PackedBlock
    private var row = 0
    private var next = 0

    init(_ columns: [PackedColumn], table: String) {
        (self.columns, self.table) = (columns, table)
        block = PackedBlock(columns.map(\.kind))
    }

    /// Reads a block; its rows can then be gone to.
    mutating func open(_ bytes: UnsafeRawBufferPointer) throws(BlockReader.Fault) { try block.decode(bytes) }

    mutating func go(to row: Int) { (self.row, next) = (row, 0) }

    public mutating func text() -> String {
        next += 1
        return block.texts[block.columns[next - 1].integers[row]]
    }

    public mutating func integer() -> Int {
        next += 1
        return block.columns[next - 1].integers[row]
    }

    public mutating func flag() -> Bool { integer() != 0 }

    public mutating func optionalReal() -> Double? {
        next += 1
        return block.columns[next - 1].isKnown[row] ? block.columns[next - 1].reals[row] : nil
    }

    public mutating func real() throws(WarehouseError) -> Double {
        guard let value = optionalReal() else { throw .unreadable(table: table, column: columns[next - 1].name, value: "NULL") }
        return value
    }
}
