import Foundation
import PipelineModel

/// The folder that a world is written into: opens its files, and settles and closes them together.
final class ExportFolder {
    let path: String
    let mess: MessParameters
    let habits: ExportHabits
    let truth: TruthFiles
    private var files: [ExportFile] = []

    /// Makes the folder and `truth/` in it.
    init(path: String, mess: MessParameters, habits: ExportHabits) throws(SimulationError) {
        self.path = path
        self.mess = mess
        self.habits = habits
        let truthPath = path + "/truth"
        do {
            try FileManager.default.createDirectory(atPath: truthPath, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: truthPath, reason: "the folder cannot be made")
        }
        self.truth = try TruthFiles { name throws(SimulationError) in try ExportFolder.plainSink(truthPath + "/" + name) }
    }

    /// A file of UTF-8 with commas and line feeds.
    static func plainSink(_ path: String) throws(SimulationError) -> RowSink {
        try RowSink(path: path, layout: ExportLayout(columns: [], encoding: .utf8))
    }

    /// Opens one export and writes its header.
    func open(_ name: String, _ layout: ExportLayout, header: [String]? = nil) throws(SimulationError) -> ExportFile {
        let layout = habits.applied(to: layout)
        let sink = try RowSink(path: path + "/" + name, layout: layout)
        let file = try ExportFile(name: name, layout: layout, header: header, sink: sink, mess: mess, truth: truth)
        files.append(file)
        return file
    }

    /// Opens one export for each year of a range.
    func open(_ stem: String, years: ClosedRange<Int>, _ layout: ExportLayout, firstHeader: [String]? = nil) throws(SimulationError) -> YearlyFiles {
        var opened: [ExportFile] = []
        for year in years { opened.append(try open("\(stem)_\(year).csv", layout, header: year == years.lowerBound ? firstHeader : nil)) }
        return YearlyFiles(firstYear: years.lowerBound, files: opened)
    }

    /// Writes every file's duplicates and broken rows of the cadre just written.
    func settle() throws(SimulationError) {
        for file in files { try file.settle() }
    }

    func close() throws(SimulationError) {
        for file in files { try file.close() }
        try truth.close()
    }
}

/// The files of one export, one for each year.
struct YearlyFiles {
    let firstYear: Int
    let files: [ExportFile]

    /// The file that a day belongs to; the nearest one outside their years.
    func file(of day: CalendarDate) -> ExportFile {
        files[min(max(0, day.month.year - firstYear), files.count - 1)]
    }
}

/// An event that a later export may refer to.
struct LinkedEvent: Sendable {
    enum Kind: Sendable { case overdueTask, substantiatedPetition, clearedPetition(PetitionFinding) }

    let kind: Kind
    let recordID: String
    /// When it became known.
    let known: CalendarDate
    /// Whether it happened in a reform whose risks had been filed, and are accepted: until a case decides on it, it counts nowhere.
    var isInAcceptedReform = false
}
