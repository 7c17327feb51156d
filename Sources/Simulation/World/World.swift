import PipelineModel

/// What every part of a world is drawn from: its parameters, its units, and the substream of each purpose.
struct World: Sendable {
    let parameters: WorldParameters
    let units: [UnitPlan]
    let standings: Standings
    let firstDay: CalendarDate
    /// The unit that gave more excellent grades than the rule allows in the newest year; `nil` where all are too small for it to show.
    let generousUnit: Int?
    private let unitsByKind: [KindOfBody: [Int]]

    init(_ parameters: WorldParameters) throws(SimulationError) {
        try parameters.check()
        self.parameters = parameters
        self.units = UnitPlan.units(cadres: parameters.cadres)
        self.standings = try Standings(correlation: parameters.correlation)
        self.firstDay = parameters.window.first.firstDay
        // Three in ten of eight are more than a fifth of them.
        let large = units.indices.filter { [units] in units[$0].members.count >= 8 }
        var generator = SeededGenerator(seed: parameters.seed, Purpose.annual.rawValue, 0, 1)
        self.generousUnit = large.isEmpty ? nil : large[generator.below(large.count)]
        // The city stands above all others and nobody serves in it.
        self.unitsByKind = Dictionary(grouping: units.indices.dropFirst(), by: { [units] in units[$0].kind })
    }

    /// What a substream is for. The numbers are part of the format: changing one changes every world.
    enum Purpose: UInt64 {
        case profile = 1, standing, career, unit, leave, tasks, ballots, rater, petitions, mediaInquiries, training, appraisals, annual
        case postings, awards, discipline, warnings, faultTolerance, riskFilings, clarifications, mess, duplicates, wording
    }

    /// The substream of a purpose and an index: a cadre's, a unit's or a rater's.
    func generator(_ purpose: Purpose, _ index: Int, part: Int = 0) -> SeededGenerator {
        SeededGenerator(seed: parameters.seed, purpose.rawValue, UInt64(index), UInt64(bitPattern: Int64(part)))
    }

    /// Places of the units of a kind.
    func units(of kind: KindOfBody) -> [Int] { unitsByKind[kind] ?? [] }

    /// The group whose parameters hold in a tenure.
    func group(of tenure: Tenure) -> SimulatedGroup {
        SimulatedGroup(kind: units[tenure.unit].kind, band: tenure.seat.band, postType: tenure.seat.type)
    }

    /// μ + d·σ·θ of an indicator in a tenure.
    func level(of indicator: SimulatedIndicator, in tenure: Tenure) -> Double {
        let own = parameters.parameters(of: indicator, in: group(of: tenure))
        return own.centre + indicator.direction * own.spread * tenure.standing[indicator.place]
    }

    /// First day of the present head of a unit; a predecessor's last day is the day before.
    func headStart(_ unit: Int) -> CalendarDate {
        var generator = self.generator(.unit, unit, part: 1)
        return presentStart(using: &generator)
    }

    /// First day in the present post: some within the last half year (not judged), some within two years, most before.
    func presentStart(using generator: inout SeededGenerator) -> CalendarDate {
        let days = generator.weighted((1...180, 0.08), (181...720, 0.17), (721...3200, 0.75))
        return parameters.end.adding(days: -generator.integer(in: days))
    }
}
