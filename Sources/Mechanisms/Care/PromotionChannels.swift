import PipelineModel
import Statistics
import Warehouse

/// How the channels of promotion run: of each class and rank who waits in it, and who has come up into it (mechanism 6).
enum PromotionChannels {
    static let measures = [MeasureLabel("promotions", .care, "近期晋升人数占比", "Share of cadres promoted within the months of the rule")]

    private struct Rung: Hashable {
        let serviceClass: CivilServiceClass?
        let rank: String?
    }

    private struct Count {
        var headcount = 0
        var promotions = 0
        var waited: [Double] = []

        mutating func add(isPromoted: Bool, waited years: Double?) {
            headcount += 1
            promotions += isPromoted ? 1 : 0
            if let years { waited.append(years) }
        }
    }

    static func run(_ night: TrackNight) throws -> [Finding] {
        var promoted = MeasureCounts()
        guard let rule = night.pipeline.care?.promotion else {
            night.store(promoted.values(measures[0].id, asOf: night.asOf))
            return [night.noRules("care", table: PromotionChannel.table)]
        }
        var classes: [String: CivilServiceClass] = [:]
        try night.transaction.forEachRow(of: .roster, reading: ["cadre_id", "civil_service_class"]) { row in
            let fields = NamedFields(row, .roster)
            if let cadreID = fields.text("cadre_id") { classes[cadreID] = fields.code("civil_service_class", CivilServiceClass.self) }
        }
        var rungs: [Rung: Count] = [:]
        for person in night.history.cadres.values where person.status == .active {
            let career = Career(person, in: night)
            let rung = Rung(serviceClass: classes[person.cadreID], rank: career.rank)
            let isPromoted = career.isPromoted(by: rule, asOf: night.asOf)
            rungs[rung, default: Count()].add(isPromoted: isPromoted, waited: career.since.map { Double(night.asOf.days(since: $0)) / 365.25 })
            if rule.place(of: career.rank) != nil { promoted.add(isPromoted, unitID: night.unit(of: person.cadreID, on: night.asOf)) }
        }
        let sorted = rungs.sorted { order($0.key, rule) < order($1.key, rule) }
        night.store(
            sorted.enumerated().map { index, rung in
                let waited = rung.value.waited.sorted()
                return PromotionChannel(
                    number: index + 1, serviceClass: rung.key.serviceClass, rank: rung.key.rank, headcount: rung.value.headcount,
                    promotions: rule.place(of: rung.key.rank) == nil ? nil : rung.value.promotions, waiting: waited.count,
                    waitedLower: quantile(ofSorted: waited, at: 0.25), waitedMedian: median(ofSorted: waited),
                    waitedUpper: quantile(ofSorted: waited, at: 0.75))
            })
        night.store(promoted.values(measures[0].id, asOf: night.asOf))
        return rungs.isEmpty ? [night.emptySource(.roster, table: PromotionChannel.table)] : []
    }

    /// Classes in their order, none last; ladders in theirs; ranks that no ladder has after them, by name.
    private static func order(_ rung: Rung, _ rule: CareRules.PromotionRule) -> (Int, Int, Int, String) {
        let place = rule.place(of: rung.rank)
        let known = rung.serviceClass.flatMap { CivilServiceClass.allCases.firstIndex(of: $0) } ?? CivilServiceClass.allCases.count
        return (known, place?.ladder ?? rule.ladders.count, place?.step ?? 0, rung.rank ?? "\u{10FFFF}")
    }

    /// The ranks of a cadre, as far as tonight knows.
    private struct Career {
        /// Tonight's rank.
        let rank: String?
        /// First day of the unbroken run of posts in this rank; `nil` where no post tells.
        let since: CalendarDate?
        /// The rank before it.
        let before: String?

        init(_ person: CadreEntry, in night: TrackNight) {
            let tenures = night.history.tenures[person.cadreID] ?? []
            guard let present = night.history.post(of: person.cadreID, on: night.asOf), let rank = present.rank else {
                (self.rank, since, before) = (person.rank, nil, nil)
                return
            }
            var start = present.start
            var earlier: String?
            for place in tenures.indices.reversed() where tenures[place].start < present.start {
                guard tenures[place].rank == rank else {
                    earlier = tenures[place].rank
                    break
                }
                start = tenures[place].start
            }
            (self.rank, since, before) = (rank, start, earlier)
        }

        func isPromoted(by rule: CareRules.PromotionRule, asOf: CalendarDate) -> Bool {
            guard let since, since > asOf.adding(months: -rule.months), let from = rule.place(of: before), let to = rule.place(of: rank) else { return false }
            return from.ladder == to.ladder && from.step < to.step
        }
    }
}
