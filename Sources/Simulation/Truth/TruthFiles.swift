/// The truth about a world, beside its exports: standings, parameters, and everything that was broken on purpose.
final class TruthFiles {
    private let standings: RowSink
    private let brokenRows: RowSink
    private let duplicates: RowSink
    private let petitionTargets: RowSink
    private let taskTargets: RowSink
    private let raters: RowSink

    /// - Parameter open: Makes the sink of a file under `truth/`.
    init(open: (String) throws(SimulationError) -> RowSink) throws(SimulationError) {
        standings = try open("standings.csv")
        brokenRows = try open("broken_rows.csv")
        duplicates = try open("duplicates.csv")
        petitionTargets = try open("petition_targets.csv")
        taskTargets = try open("task_targets.csv")
        raters = try open("raters.csv")
        try standings.write(["cadre_id", "group"] + SimulatedIndicator.allCases.map(\.rawValue))
        try brokenRows.write(["file", "line", "what", "column", "expected_check"])
        try duplicates.write(["file", "line", "first_line", "what"])
        try petitionTargets.write(["record_id", "cadre_id", "written_as", "oddities"])
        try taskTargets.write(["record_id", "cadre_id", "written_as"])
        try raters.write(["rater_id", "severity"])
    }

    /// The standings of a cadre in the present post.
    func standing(_ cadre: Cadre, group: SimulatedGroup) throws(SimulationError) {
        try standings.write([cadre.id, group.description] + cadre.present.standing.map { String($0) })
    }

    func broken(file: String, line: Int, what: String, column: String, check: String) throws(SimulationError) {
        try brokenRows.write([file, String(line), what, column, check])
    }

    func duplicate(file: String, line: Int, first: Int, isConflict: Bool) throws(SimulationError) {
        try duplicates.write([file, String(line), String(first), isConflict ? "conflict" : "exact"])
    }

    /// - Parameters:
    ///   - cadre: `nil` where the petition is about somebody who is on no roster.
    ///   - oddities: What is odd about the wording.
    func petition(_ recordID: String, about cadre: Cadre?, writtenAs: String, oddities: [String]) throws(SimulationError) {
        try petitionTargets.write([recordID, cadre?.id ?? "", writtenAs, oddities.joined(separator: "+")])
    }

    func task(_ recordID: String, of cadre: Cadre, writtenAs: String) throws(SimulationError) {
        try taskTargets.write([recordID, cadre.id, writtenAs])
    }

    func rater(_ id: String, severity: Double) throws(SimulationError) {
        try raters.write([id, String(severity)])
    }

    func close() throws(SimulationError) {
        for sink in [standings, brokenRows, duplicates, petitionTargets, taskTargets, raters] { try sink.close() }
    }
}
