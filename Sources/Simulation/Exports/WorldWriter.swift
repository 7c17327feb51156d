import PipelineModel

/// Makes a world and writes it: eighteen kinds of export and the truth about them.
///
/// Unit by unit and cadre by cadre: memory grows with the largest unit, not with the world.
public struct WorldWriter {
    private let world: World

    /// - Throws: `SimulationError.invalidParameter` for parameters no world can be made from.
    public init(_ parameters: WorldParameters) throws(SimulationError) {
        self.world = try World(parameters)
    }

    /// Writes all exports into the folder, and `truth/` into it; files that are there are replaced.
    ///
    /// - Parameter progress: Told how many cadres are written, after every unit.
    /// - Throws: `SimulationError.cannotWrite`.
    public func write(to path: String, progress: (Int) -> Void = { _ in }) throws(SimulationError) {
        let folder = try ExportFolder(path: path, mess: world.parameters.mess, habits: world.parameters.exports)
        let truth = folder.truth
        try UnitsExport.write(world, to: folder)
        let (roster, posts) = (try RosterExport(folder), try PostsExport(folder))
        let (appraisals, tasks) = (try AppraisalsExport(folder), try TasksExport(folder, world))
        let (ballots, petitions) = (try BallotsExport(folder, world), try PetitionsExport(folder, world))
        let (inquiries, training) = (try MediaInquiriesExport(folder), try TrainingExport(folder))
        let (careers, accountability) = (try CareerEventsExport(folder), try AccountabilityExport(folder))
        let (leave, protections) = (try LeaveExport(folder), try ProtectionsExport(folder))
        for unit in world.units {
            let cast = world.cast(unit)
            let grades = world.annualGrades(of: cast, in: unit)
            for (cadre, annual) in zip(cast, grades) {
                try truth.standing(cadre, group: world.group(of: cadre.present))
                try roster.write(cadre, in: world)
                try posts.write(cadre, in: world)
                try appraisals.write(cadre, annual, in: world)
                let overdue = try tasks.write(cadre, in: world, truth)
                try ballots.write(cadre, in: world)
                let found = try petitions.write(cadre, in: world, truth)
                try inquiries.write(cadre, in: world)
                try training.write(cadre, in: world)
                try careers.write(cadre, in: world)
                try accountability.write(cadre, in: world)
                try leave.write(cadre, in: world)
                try protections.write(cadre, overdue + found, in: world)
                try folder.settle()
            }
            progress(unit.members.upperBound)
        }
        try writeParameters(to: path)
        try folder.close()
    }

    /// `truth/parameters.csv` and `truth/correlation.csv`.
    private func writeParameters(to path: String) throws(SimulationError) {
        let parameters = try ExportFolder.plainSink(path + "/truth/parameters.csv")
        try parameters.write(["group", "indicator", "family", "direction", "centre", "spread"])
        for kind in KindOfBody.allCases {
            for band in RankBandName.bands(of: kind) {
                for postType in PostType.allCases {
                    let group = SimulatedGroup(kind: kind, band: band, postType: postType)
                    for indicator in SimulatedIndicator.allCases {
                        let own = world.parameters.parameters(of: indicator, in: group)
                        try parameters.write(
                            [
                                group.description, indicator.rawValue, indicator.family, indicator.direction > 0 ? "1" : "-1", String(own.centre),
                                String(own.spread),
                            ])
                    }
                }
            }
        }
        try parameters.close()
        let correlation = try ExportFolder.plainSink(path + "/truth/correlation.csv")
        try correlation.write(["indicator"] + SimulatedIndicator.allCases.map(\.rawValue))
        for (indicator, row) in zip(SimulatedIndicator.allCases, world.parameters.correlation) {
            try correlation.write([indicator.rawValue] + row.map { String($0) })
        }
        try correlation.close()
    }
}
