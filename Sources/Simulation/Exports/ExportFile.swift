import PipelineModel

/// One export while it is written: formats cells as its system does, makes its mess, and keeps the truth about every line.
///
/// A class because several writers append to it; it never leaves the task that writes the world.
final class ExportFile {
    /// Path relative to the output folder, as findings name it.
    let name: String
    let layout: ExportLayout
    /// The columns as this file names them.
    private let header: [String]
    private let sink: RowSink
    private let mess: MessParameters
    private let truth: TruthFiles
    /// The line on which the next record starts, counted from 1.
    private(set) var nextLine = 1
    private var pending: [Pending] = []

    private enum Pending {
        case duplicate([String], line: Int, isConflict: Bool)
        case broken([String], Defect, column: Int?)
    }

    init(name: String, layout: ExportLayout, header: [String]? = nil, sink: RowSink, mess: MessParameters, truth: TruthFiles) throws(SimulationError) {
        self.name = name
        self.layout = layout
        self.header = header ?? layout.columns.map(\.name)
        self.sink = sink
        self.mess = mess
        self.truth = truth
        try emit(self.header)
    }

    /// Writes one row and returns the line it starts on.
    @discardableResult
    func write(_ cells: [ExportCell], using generator: inout SeededGenerator) throws(SimulationError) -> Int {
        var fields: [String] = []
        fields.reserveCapacity(cells.count)
        for (cell, column) in zip(cells, layout.columns) { fields.append(text(cell, column, using: &generator)) }
        let line = try emit(fields)
        guard layout.isUntidy else { return line }
        let lot = generator.uniform()
        if lot < mess.duplicateRows {
            pending.append(.duplicate(fields, line: line, isConflict: false))
        } else if lot < mess.duplicateRows + mess.conflictingRows {
            if let changed = conflicting(fields) { pending.append(.duplicate(changed, line: line, isConflict: true)) }
        } else if lot < mess.duplicateRows + mess.conflictingRows + mess.brokenRows, let defect = generator.element(of: layout.defects) {
            if let (broken, column) = spoil(fields, defect, using: &generator) { pending.append(.broken(broken, defect, column: column)) }
        }
        return line
    }

    /// Writes a row that is well formed and wrong in what it says, and records it.
    func writeFlawed(_ cells: [ExportCell], what: String, column: String, check: String, using generator: inout SeededGenerator) throws(SimulationError) {
        var fields: [String] = []
        for (cell, column) in zip(cells, layout.columns) { fields.append(text(cell, column, using: &generator)) }
        let line = try emit(fields)
        try truth.broken(file: name, line: line, what: what, column: column, check: check)
    }

    /// Writes what was delivered twice or broken, after the rows it came from: called once for each cadre.
    func settle() throws(SimulationError) {
        for item in pending {
            switch item {
            case .duplicate(let fields, let first, let isConflict):
                let line = try emit(fields)
                try truth.duplicate(file: name, line: line, first: first, isConflict: isConflict)
            case .broken(let fields, let defect, let column):
                let line = try emit(fields)
                let columnName = column.map { header[$0] } ?? ""
                try truth.broken(file: name, line: line, what: defect.rawValue, column: columnName, check: defect.check)
            }
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// Closes the file; nothing may be written afterwards.
    func close() throws(SimulationError) {
        try settle()
        try sink.close()
    }

    @discardableResult
    private func emit(_ fields: [String]) throws(SimulationError) -> Int {
        let line = nextLine
        try sink.write(fields)
        nextLine += 1
        for field in fields { for byte in field.utf8 where byte == UInt8(ascii: "\n") { nextLine += 1 } }
        return line
    }

    private func text(_ cell: ExportCell, _ column: ExportColumn, using generator: inout SeededGenerator) -> String {
        let plain: String
        switch cell {
        case .text(let text): plain = text
        case .day(let day): plain = day.map { layout.dates.text($0, using: &generator) } ?? ""
        case .moment(let moment): plain = moment?.description.replacing("T", with: " ") ?? ""
        }
        guard layout.isUntidy, !plain.isEmpty, generator.chance(mess.untidyCells) else { return plain }
        switch column.kind {
        case .identifier, .number, .day: return generator.chance(0.5) ? fullWidthDigits(plain) : plain + " "
        case .word: return generator.chance(0.5) ? " " + plain : plain + "  "
        case .key, .moment, .text: return plain
        }
    }

    /// The same row with another number in the column that may differ; `nil` where that cell is blank.
    private func conflicting(_ fields: [String]) -> [String]? {
        guard let place = layout.conflict, let value = Double(fields[place]) else { return nil }
        var changed = fields
        changed[place] = value >= 99 ? "97.5" : String(value + 1)
        return changed
    }

    /// A row under another key, spoilt in one way; `nil` where it has no cell that could be.
    private func spoil(_ fields: [String], _ defect: Defect, using generator: inout SeededGenerator) -> ([String], Int?)? {
        var broken = fields
        if let key = layout.columns.firstIndex(where: { $0.kind == .key }) { broken[key] = "B" + fields[key] }
        func place(_ fits: (ExportColumn) -> Bool) -> Int? {
            generator.element(of: layout.columns.indices.filter { fits(layout.columns[$0]) })
        }
        switch defect {
        case .wrongFieldCount:
            if generator.chance(0.5) { broken.removeLast() } else { broken.append("0") }
            return (broken, nil)
        case .unknownValue:
            guard let column = place({ $0.kind == .word && $0.required }) ?? place({ $0.kind == .word }) else { return nil }
            broken[column] = "其它(待定)"
            return (broken, column)
        case .impossibleDate:
            guard let column = place({ $0.kind == .day && $0.required }) else { return nil }
            broken[column] = generator.weighted(("2025-02-30", 1), ("2025/13/1", 1), ("2025年6月31日", 1))
            return (broken, column)
        case .missingValue:
            guard let column = place({ $0.required }) else { return nil }
            broken[column] = ""
            return (broken, column)
        case .negativeNumber:
            guard let column = place({ $0.kind == .number }) else { return nil }
            broken[column] = "-1"
            return (broken, column)
        }
    }
}

/// ASCII digits as their full-width forms: `１２３`.
func fullWidthDigits(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let isDigit = ("0"..."9").contains(scalar)
        result.append(isDigit ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
    }
    return String(result)
}
