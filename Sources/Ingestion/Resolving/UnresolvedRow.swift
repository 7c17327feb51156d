import PipelineModel
import Warehouse

/// The fields of a kept row that name whom it is about, read again and again into the same memory.
struct UnresolvedRow {
    private enum Kind { case text, date, timestamp }

    /// Fields to be read; of a row of SQLite its place comes before them.
    let fields: [String]
    private(set) var fileID = 0
    private(set) var line = 0
    private(set) var day: CalendarDate?
    private let names: [String]
    private let dayKind: Kind?
    private let targets: [(form: TargetForm, places: [Int?])]
    /// Places of texts among the fields, to be appended.
    let recordPlace: Int?
    let (cadrePlace, unitPlace, postPlace, namePlace): (Int?, Int?, Int?, Int?)
    /// Where each text lies among the bytes of all.
    private var texts: [Range<Int>?]
    private var bytes: [UInt8] = []
    private var end = 0

    /// - Parameter contract: One that keeps rows, of a role that is about cadres.
    init(_ contract: SourceContract) {
        let role = contract.role
        let wanted = Set(contract.targets.flatMap(\.fields) + ["cadre_id", "unit", "post", "name"] + [role.recordField].compactMap { $0 })
        names = role.fields.map(\.name).filter { wanted.contains($0) && $0 != role.eventDateField }
        dayKind = role.eventDateField.flatMap { role.index(of: $0) }.map { place in
            switch role.fields[place].type {
            case .date: .date
            case .timestamp: .timestamp
            default: .text
            }
        }
        fields = names + [role.eventDateField].compactMap { $0 }
        targets = contract.targets.map { [names] form in (form, form.fields.map { names.firstIndex(of: $0) }) }
        let place = { [names] (name: String) in names.firstIndex(of: name) }
        recordPlace = role.recordField.flatMap { place($0) }
        (cadrePlace, unitPlace, postPlace, namePlace) = (place("cadre_id"), place("unit"), place("post"), place("name"))
        texts = Array(repeating: nil, count: names.count)
    }

    /// Reads a row.
    mutating func fill(from row: inout RowReader) throws(WarehouseError) {
        fileID = try row.integer()
        line = try row.integer()
        bytes.removeAll(keepingCapacity: true)
        for place in texts.indices {
            var text = try row.optionalText()
            take(text?.withUTF8 { bytes.append(contentsOf: $0) }, at: place)
        }
        switch dayKind {
        case .date: day = try row.optionalDate()
        case .timestamp: day = try row.optionalText().flatMap { CalendarDate(iso: String($0.prefix(10))) }
        case .text, nil: day = nil
        }
    }

    /// Reads a packed row.
    mutating func fill(from row: KeptRow) throws(WarehouseError) {
        (fileID, line) = (row.fileID, row.line)
        bytes.removeAll(keepingCapacity: true)
        for place in texts.indices { take(try row.bytes(place).map { bytes.append(contentsOf: $0) }, at: place) }
        switch dayKind {
        case .date, .timestamp: day = row.day(names.count)
        case .text, nil: day = nil
        }
    }

    /// Notes that a text has been appended, or that there is none.
    private mutating func take(_ appended: Void?, at place: Int) {
        let start = place == 0 ? 0 : end
        end = bytes.count
        texts[place] = appended == nil ? nil : start..<end
    }

    /// Bytes of all texts.
    var textBytes: Int { bytes.count }

    /// Adds a text to a packed row.
    func append(_ place: Int?, to row: inout RowCursor) {
        guard let place, let text = texts[place] else { return row.appendMissing() }
        bytes.withUnsafeBufferPointer { row.append(UnsafeBufferPointer(rebasing: $0[text])) }
    }

    /// How the row names whom it is about: the first form that is written, and its fields joined as those of targets are; `nil` where none is.
    func target(into bytes: inout [UInt8]) -> TargetForm? {
        bytes.removeAll(keepingCapacity: true)
        func has(_ name: String) -> Bool { names.firstIndex(of: name).map { texts[$0] != nil } ?? false }
        guard let (form, places) = targets.first(where: { $0.form.isWritten(has) }) else { return nil }
        for (index, place) in places.enumerated() {
            if index > 0 { bytes.append(TargetTable.separator) }
            if let place, let text = texts[place] { bytes.append(contentsOf: self.bytes[text]) }
        }
        return form
    }
}
