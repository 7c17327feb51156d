import PipelineModel
import Statistics
import Warehouse

/// Who had more work than the peers can be explained by, month after month.
///
/// In each complete month the count of each cadre who held the present post all month is set beside the mean of the peer group, as a funnel with
/// over-dispersion (Spiegelhalter 2005): a month is over where the deviation exceeds the quantile of the level. A month in which the group had no work at all is not over.
struct Overload {
    private let night: TrackNight
    private let rule: CareRules.OverloadRule
    private let members: [PeerMember]
    /// Newest first.
    private let months: [Month]
    /// Members × months.
    private var counts: [Int]
    /// Whether nobody at all has a count.
    private var isEmpty = true

    init(_ night: TrackNight, rule: CareRules.OverloadRule) throws {
        self.night = night
        self.rule = rule
        members = try night.transaction.all(PeerMember.self)
        // A year back at most: for how long it has lasted, not only whether.
        let window = MonthWindow(trailing: 12, asOf: night.asOf)
        months = window.months.reversed()
        counts = [Int](repeating: 0, count: members.count * months.count)
        let places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.cadreID, $0) })
        try night.transaction.mapFacts(threads: night.threads) { block in
            block.facts(of: rule.measure, in: window).map { (member: places[$0.cadreID], month: Int(window.last.index - $0.month.index), count: $0.count) }
        } _: { facts in
            for fact in facts {
                isEmpty = false
                if let member = fact.member { counts[member * months.count + fact.month] = fact.count }
            }
        }
    }

    func answer(_ people: [CadreEntry]) throws(StatisticsError) -> CareAnswer {
        var answer = CareAnswer()
        guard !isEmpty else {
            answer.unknown = (.sustainedOverload, "nobody has a count of \(rule.measure) in the last 12 months")
            return answer
        }
        let active = Set(people.map(\.cadreID))
        guard let line = normalQuantile(0.5 + rule.level / 2), let oldest = months.dropFirst(rule.months - 1).first else { return answer }
        // By member: months without a break, the newest first, and the work in them.
        var running = [Int](repeating: 0, count: members.count)
        var work = [(own: Int, expected: Double)](repeating: (0, 0), count: members.count)
        let groups = Dictionary(grouping: members.indices, by: { members[$0].groupID }).sorted { $0.key < $1.key }
        for (index, month) in months.enumerated() {
            for (_, group) in groups {
                let peers = group.filter { members[$0].postStart <= month.firstDay }
                let own = peers.map { counts[$0 * months.count + index] }
                let mean = Double(own.reduce(0, +)) / Double(max(1, peers.count))
                guard mean > 0 else { continue }
                var deviations: [Deviation] = []
                for count in own { deviations.append(try Deviation(observed: Double(count), expected: mean)) }
                let spread = try Overdispersion(deviations).tauSquared
                for (place, member) in peers.enumerated() where running[member] == index {
                    guard deviations[place].z(tauSquared: spread) > line else { continue }
                    running[member] = index + 1
                    work[member].own += own[place]
                    work[member].expected += mean
                }
            }
        }
        for (place, member) in members.enumerated() where active.contains(member.cadreID) && member.postStart <= oldest.firstDay {
            let length = running[place]
            answer.counts.add(length >= rule.months, unitID: member.unitID)
            guard length >= rule.months, length > 0 else { continue }
            let total = work[place]
            let own = NumberWords.show(Double(total.own) / Double(length), decimals: 1)
            let peers = NumberWords.show(total.expected / Double(length), decimals: 1)
            answer.entries.append(
                CareEntry(
                    cadreID: member.cadreID, reason: .sustainedOverload, value: Double(length), limit: Double(rule.months),
                    since: months[length - 1].firstDay, detailChinese: "连续\(length)个月超出同类人员上限:月均\(own)件,同类月均\(peers)件",
                    detailEnglish: "\(length) months running above the peers' upper limit: \(own) a month, peers \(peers)",
                    citationChinese: rule.citation.chinese, citationEnglish: rule.citation.english))
        }
        return answer
    }
}
