import PipelineModel

/// `ballots_YEAR.csv`: marks of raters who are lenient or severe.
struct BallotsExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("评议人代号", .key, required: true), ExportColumn("被评议人工号", .identifier, required: true),
            ExportColumn("评议日期", .day, required: true), ExportColumn("评分", .number, required: true),
        ], encoding: .gb18030, delimiter: UInt8(ascii: "\t"), dates: .iso, conflict: 3,
        defects: [.wrongFieldCount, .impossibleDate, .missingValue, .negativeNumber])

    private let files: YearlyFiles
    private let raters: Int

    init(_ folder: ExportFolder, _ world: World) throws(SimulationError) {
        let years = world.firstDay.month.year...world.parameters.end.month.year
        files = try folder.open("ballots", years: years, BallotsExport.layout)
        let perRater = max(0.01, world.parameters.volumes.cadresPerRater)
        raters = max(20, Int(Double(world.parameters.cadres) / perRater))
        for rater in 0..<raters { try folder.truth.rater(BallotsExport.id(rater), severity: BallotsExport.severity(rater, in: world)) }
    }

    func write(_ cadre: Cadre, in world: World) throws(SimulationError) {
        var generator = world.generator(.ballots, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 4)
        var given: Set<Int> = []
        for month in world.parameters.window.months {
            for _ in 0..<generator.poisson(world.parameters.volumes.ballots) {
                let day = month.firstDay.adding(days: generator.below(month.dayCount))
                let rater = generator.below(raters)
                let noise = generator.normal()
                // One rater, one cadre, one day: one ballot.
                guard let tenure = cadre.working(on: day), given.insert(rater &* 100_000 &+ Int(day.dayNumber)).inserted else { continue }
                let level =
                    world.level(of: .ballotScore, in: tenure) + BallotsExport.severity(rater, in: world) + world.parameters.volumes.ballotNoise * noise
                let score = BallotsExport.isStraightLiner(rater, in: world) ? 90 : level
                try files.file(of: day).write([.text(BallotsExport.id(rater)), .text(cadre.id), .day(day), .mark(score)], using: &mess)
            }
        }
    }

    /// Whether a rater gives everybody the same mark without looking.
    private static func isStraightLiner(_ rater: Int, in world: World) -> Bool {
        let every = world.parameters.volumes.straightLinerEvery
        return every > 0 && rater % every == every - 1
    }

    private static func id(_ rater: Int) -> String { "P" + padded(rater + 1, 5) }

    /// How many marks a rater adds to every cadre.
    private static func severity(_ rater: Int, in world: World) -> Double {
        var generator = world.generator(.rater, rater)
        return world.parameters.volumes.raterSpread * generator.normal()
    }
}
