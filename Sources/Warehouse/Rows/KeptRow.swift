public import PipelineModel

/// A packed row that is read where it lies: only the fields that are asked for, each by its place among those that were named.
///
/// It may be used only while it is passed.
public struct KeptRow {
    /// The export file.
    public let fileID: Int
    /// Where the record starts; counts from 1.
    public let line: Int
    private let slots: UnsafeRawPointer
    private let texts: UnsafeRawBufferPointer
    private let columns: UnsafeBufferPointer<RowLayout.Column>
    /// Lives as long as the program; a reference would be counted for each row.
    private unowned(unsafe) let layout: RowLayout
    /// The place among the fields of the cadre that the row is about; −1 where nobody asked.
    private let cadreField: Int
    /// Where the cadre was found after the row had been written: their number.
    private let resolved: UnsafeBufferPointer<UInt8>?

    init(
        fileID: Int, line: Int, slots: UnsafeRawPointer, texts: UnsafeRawBufferPointer, columns: UnsafeBufferPointer<RowLayout.Column>,
        layout: RowLayout, cadreField: Int, resolved: UnsafeBufferPointer<UInt8>?
    ) {
        (self.fileID, self.line, self.slots, self.texts, self.columns) = (fileID, line, slots, texts, columns)
        (self.layout, self.cadreField, self.resolved) = (layout, cadreField, resolved)
    }

    private func load<Word: FixedWidthInteger & BitwiseCopyable>(_ field: Int, as type: Word.Type) -> Word {
        Word(littleEndian: slots.loadUnaligned(fromByteOffset: columns[field].offset, as: type))
    }

    /// The bytes of a text; `nil` where it is missing.
    ///
    /// - Throws: `WarehouseError.corrupt` where it does not lie within the block.
    public func bytes(_ field: Int) throws(WarehouseError) -> UnsafeBufferPointer<UInt8>? {
        precondition(columns[field].slot == .text, "the field is no text")
        if field == cadreField, let resolved { return resolved }
        let start = load(field, as: UInt32.self)
        return start == RowLayout.Missing.text ? nil : try text(at: Int(start))
    }

    private func text(at start: Int) throws(WarehouseError) -> UnsafeBufferPointer<UInt8> {
        guard start < texts.count else { throw corrupt("a text lies outside the block") }
        var (length, begin) = (Int(texts[start]), start + 1)
        if length == 255 {
            guard begin + 4 <= texts.count else { throw corrupt("a text lies outside the block") }
            length = Int(UInt32(littleEndian: texts.loadUnaligned(fromByteOffset: begin, as: UInt32.self)))
            begin += 4
        }
        guard begin + length <= texts.count else { throw corrupt("a text lies outside the block") }
        let bytes = UnsafeRawBufferPointer(rebasing: texts[begin..<(begin + length)])
        return bytes.assumingMemoryBound(to: UInt8.self)
    }

    @usableFromInline
    func corrupt(_ reason: String) -> WarehouseError {
        .corrupt(table: layout.table, row: SourceRole.place(fileID: fileID, line: line), reason: reason)
    }

    /// A text; `nil` where it is missing.
    public func text(_ field: Int) throws(WarehouseError) -> String? {
        guard let bytes = try bytes(field) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The place of a text in a table of such; `nil` where it is missing.
    public func word(_ field: Int, in table: inout WordTable) throws(WarehouseError) -> Int? {
        guard let bytes = try bytes(field) else { return nil }
        return table.place(of: bytes)
    }

    /// The place of a text in a table of such; `nil` where it is missing, or not among them.
    public func word(_ field: Int, knownTo table: borrowing WordTable) throws(WarehouseError) -> Int? {
        guard let bytes = try bytes(field) else { return nil }
        return table.knownPlace(of: bytes)
    }

    /// A day; `nil` where it is missing.
    public func date(_ field: Int) -> CalendarDate? {
        precondition(columns[field].slot == .date, "the field is no day")
        let day = load(field, as: Int32.self)
        return day == RowLayout.Missing.date ? nil : CalendarDate(dayNumber: day)
    }

    /// A time; `nil` where it is missing.
    public func timestamp(_ field: Int) -> Timestamp? {
        precondition(columns[field].slot == .timestamp, "the field is no time")
        let seconds = load(field, as: Int64.self)
        return seconds == RowLayout.Missing.number ? nil : Timestamp(seconds: seconds)
    }

    /// A whole number, or one with decimals in units of the last one; `nil` where it is missing.
    public func number(_ field: Int) -> Int64? {
        precondition(columns[field].slot == .integer || columns[field].slot == .decimal, "the field is no number")
        let number = load(field, as: Int64.self)
        return number == RowLayout.Missing.number ? nil : number
    }

    /// Yes or no; `nil` where it is missing.
    public func flag(_ field: Int) -> Bool? {
        precondition(columns[field].slot == .flag, "the field is no flag")
        let byte = load(field, as: UInt8.self)
        return byte == RowLayout.Missing.byte ? nil : byte != 0
    }

    /// The place of a code among those of its category; `nil` where it is missing.
    public func code(_ field: Int) -> Int? {
        precondition(columns[field].slot == .code, "the field is no category")
        let byte = load(field, as: UInt8.self)
        return byte == RowLayout.Missing.byte ? nil : Int(byte)
    }

    /// A code, of those of its category in their order; `nil` where it is missing.
    ///
    /// Inlined, so that who asks by the million asks for a type that is known.
    ///
    /// - Throws: `WarehouseError.corrupt` where the category has no such code.
    @inlinable
    public func code<Code>(_ field: Int, of all: [Code]) throws(WarehouseError) -> Code? {
        guard let place = code(field) else { return nil }
        guard place < all.count else { throw corrupt("a category has no code \(place)") }
        return all[place]
    }

    /// The day of a date or a time; `nil` where it is missing.
    public func day(_ field: Int) -> CalendarDate? { columns[field].slot == .timestamp ? timestamp(field)?.date : date(field) }

    /// A field's value by its type.
    func value(_ field: Int) throws(WarehouseError) -> FieldValue {
        switch columns[field].slot {
        case .text: try text(field).map { .text($0) } ?? .missing
        case .date: date(field).map { .date($0) } ?? .missing
        case .timestamp: timestamp(field).map { .timestamp($0) } ?? .missing
        case .integer: number(field).map { .integer($0) } ?? .missing
        case .decimal: number(field).map { .decimal($0) } ?? .missing
        case .flag: flag(field).map { .flag($0) } ?? .missing
        case .code: code(field).map { .category($0) } ?? .missing
        }
    }
}
