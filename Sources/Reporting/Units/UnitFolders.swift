import Glibc
import PipelineModel
import Tables
import Warehouse

/// The folders of the units: `units/UNIT/`, with only that unit's rows, to be handed to its head.
struct UnitFolders: Sendable {
    static let folder = "units"
    /// Each waits for the disk most of the time.
    private static let writersPerThread = 4

    private let lines: [SummaryLine]
    private let progress: [String: [ImplementationProgress]]
    private let staff: [String: [StaffMember]]
    private let handling: [String: [PetitionHandling]]
    private let completions: [String: [TrainingCompletion]]

    init(_ night: NightData, in transaction: Transaction) throws {
        lines = try night.summary(in: transaction).units
        var classes: [String: CivilServiceClass] = [:]
        try transaction.forEachRow(of: .roster) { row in
            let fields = NamedFields(row, .roster)
            if let cadreID = fields.text("cadre_id") { classes[cadreID] = fields.code("civil_service_class", CivilServiceClass.self) }
        }
        var staff: [String: [StaffMember]] = [:]
        try transaction.forEachInService { person in
            guard let unitID = person.unitID else { return }
            staff[unitID, default: []].append(StaffMember(rank: night.people.person(person.cadreID).rank, serviceClass: classes[person.cadreID]))
        }
        var progress: [String: [ImplementationProgress]] = [:]
        try transaction.forEach(ImplementationProgress.self) { progress[$0.unitID, default: []].append($0) }
        var handling: [String: [PetitionHandling]] = [:]
        try transaction.forEach(PetitionHandling.self) { record in record.unitID.map { handling[$0, default: []].append(record) } }
        var completions: [String: [TrainingCompletion]] = [:]
        try transaction.forEach(TrainingCompletion.self) { record in
            if record.scope == .unit, let unitID = record.unitID { completions[unitID, default: []].append(record) }
        }
        (self.staff, self.progress, self.handling, self.completions) = (staff, progress, handling, completions)
    }

    /// Folders that are being written, until they are done: whoever gives them up may remove them afterwards.
    final class Pending: PendingFiles {
        /// `nil` where there is no unit.
        private let all: String?
        private let work: SideWork<Result<[OutputFile], any Error>>

        fileprivate init(all: String?, work: SideWork<Result<[OutputFile], any Error>>) { (self.all, self.work) = (all, work) }

        deinit { _ = work.results() }

        func finished() throws -> [OutputFile] {
            let files = try work.results().flatMap { try $0.get() }
            if let all { try UnitFolders.synchronise(all) }
            return files
        }
    }

    /// Begins to write the folders of all units that have cadres in service, mode 0700, with files of mode 0600, and to bring them to the disk, beside whatever else is done.
    ///
    /// - Parameter threads: With one, all is done when it is asked for; with more, so many files are written at a time that they need not wait for the disk together.
    /// - Throws: `ReportingError`.
    func begin(into folder: String, options: TableOptions, threads: Int) throws -> Pending {
        let units = lines.compactMap { line in line.unitID.map { (line: line, unitID: $0) } }.filter { $0.line.tally.cadres > 0 }
        let all = units.isEmpty ? nil : "\(folder)/\(UnitFolders.folder)"
        if let all { try UnitFolders.make(all) }
        let work = SideWork(units.count, threads: threads > 1 ? UnitFolders.writersPerThread * threads : 1, waitsForDisk: true) { place in
            Result { try write(units[place].line, units[place].unitID, into: folder, options: options) }
        }
        return Pending(all: all, work: work)
    }

    private func write(_ line: SummaryLine, _ unitID: String, into folder: String, options: TableOptions) throws -> [OutputFile] {
        let name = "\(UnitFolders.folder)/\(UnitFolders.name(of: unitID))"
        try UnitFolders.make("\(folder)/\(name)")
        let unitNight = UnitNight(
            line: line, progress: progress[unitID] ?? [], staff: staff[unitID] ?? [], handling: handling[unitID] ?? [], completions: completions[unitID] ?? [])
        let files = try TableCatalogue.unitTables.map { table in
            let file = try TableFile.write(table.definition, folder: "\(folder)/\(name)", options: options) { file in
                try file.write(table.rows(of: unitNight, options: file.options))
            }
            return OutputFile(name: "\(name)/\(file.name)", bytes: file.bytes, rows: file.rows, sha256: file.sha256)
        }
        try UnitFolders.synchronise("\(folder)/\(name)")
        return files
    }

    /// A unit's number as the name of a folder: whatever is neither letter, digit, `-` nor `_` is written as `%` and the byte's two digits.
    static func name(of unitID: String) -> String {
        var name = ""
        for scalar in unitID.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_" {
                name.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 { name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }
            }
        }
        return name
    }

    private static func make(_ path: String) throws(ReportingError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .cannotWrite(path: path, reason: SystemError.current) }
    }

    private static func synchronise(_ path: String) throws(ReportingError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: SystemError.current) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path, reason: SystemError.current) }
    }
}
