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
    private let recordPlace: Int?
    private let (cadrePlace, unitPlace, postPlace, namePlace): (Int?, Int?, Int?, Int?)
    private var texts: [String?]

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
        for place in texts.indices { texts[place] = try row.optionalText() }
        switch dayKind {
        case .date: day = try row.optionalDate()
        case .timestamp: day = try row.optionalText().flatMap { CalendarDate(iso: String($0.prefix(10))) }
        case .text, nil: day = nil
        }
    }

    /// Reads a packed row.
    mutating func fill(from row: KeptRow) throws(WarehouseError) {
        (fileID, line) = (row.fileID, row.line)
        for place in texts.indices { texts[place] = try row.text(place) }
        switch dayKind {
        case .date, .timestamp: day = row.day(names.count)
        case .text, nil: day = nil
        }
    }

    var recordID: String? { recordPlace.flatMap { texts[$0] } }
    var writtenCadreID: String? { cadrePlace.flatMap { texts[$0] } }
    var unit: String? { unitPlace.flatMap { texts[$0] } }
    var post: String? { postPlace.flatMap { texts[$0] } }
    var name: String? { namePlace.flatMap { texts[$0] } }

    /// How the row names whom it is about: the first form that is written, and its fields joined as those of targets are; `nil` where none is.
    func target(into bytes: inout [UInt8]) -> TargetForm? {
        bytes.removeAll(keepingCapacity: true)
        func has(_ name: String) -> Bool { names.firstIndex(of: name).map { texts[$0] != nil } ?? false }
        guard let (form, places) = targets.first(where: { $0.form.isWritten(has) }) else { return nil }
        for (index, place) in places.enumerated() {
            if index > 0 { bytes.append(TargetTable.separator) }
            if let place, let text = texts[place] { bytes.append(contentsOf: text.utf8) }
        }
        return form
    }
}
