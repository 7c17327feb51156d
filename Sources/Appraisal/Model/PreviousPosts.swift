import PipelineModel
import Statistics
import Warehouse

/// Judged cadres whose post before the present one was of another type, and how they stood in it.
struct PreviousPosts {
    /// One for each cadre, by cadre id, in the group that holds such posts now.
    private(set) var members: [Member] = []
    /// By member: the cadre's place among the present members, and the last day of the previous post.
    private var origins: [(slot: Int, end: CalendarDate)] = []

    init(of present: PeerGroups, service: ServiceData, plans: SchemePlans, threads: Int) {
        let found = forParts(of: Array(present.members.indices), threads: threads) { slots in
            slots.compactMap { slot -> (member: Member, slot: Int, end: CalendarDate)? in
                guard let previous = service.previousPost(of: present.members[slot].candidate, plans: plans) else { return nil }
                return present.member(previous.candidate).map { ($0, slot, previous.end) }
            }
        }
        for (member, slot, end) in found {
            members.append(member)
            origins.append((slot, end))
        }
    }

    /// The composite of each previous post against those who hold such posts now, beside the present one.
    ///
    /// The two posteriors rest on different months and are taken as independent. Where the schemes differ, composites are compared as parts of
    /// their spread among peers, √(wᵀRw), which is −c on the scale of the line. A post of which the exports tell too few months is not compared: where next
    /// to nothing was seen, the estimate is the middle of the peers, and that is no sign of having done well there.
    func records(_ observed: Observations, facts: WindowFacts, among current: WindowModels) throws -> [PreviousPostRecord] {
        var records: [PreviousPostRecord] = []
        for (place, member) in members.enumerated() {
            let candidate = member.candidate
            guard let scheme = current.scheme(candidate.kind), let model = scheme.model, let group = scheme.groups.firstIndex(of: member.group),
                let now = current.composite(of: origins[place].slot), let nowLine = now.scheme.model?.line,
                facts.toldMonths(slot: place) + 1e-9 >= scheme.scheme.minimumExposureMonths
            else { continue }
            let observations = observed[place].enumerated().map { scheme.observed.observation($1, indicator: $0, group: group) }
            // What was never observed there says nothing about the post.
            guard observations.contains(where: { $0?.isInformative ?? false }) else { continue }
            let then: NormalDistribution
            do throws(StatisticsError) {
                then = try model.composites(of: observations, group: [group])[0]
            } catch {
                throw AppraisalError.model(error, scheme: candidate.kind.rawValue)
            }
            let scale = spread(model.line, share: scheme.scheme.concernShare)
            let nowScale = spread(nowLine, share: now.scheme.scheme.concernShare)
            // As wide as the peers themselves: whatever was seen could tell nobody from anybody, and that is no better post.
            guard scale > 0, nowScale > 0, then.standardDeviation < scale * (1 - 1e-6) else { continue }
            let difference = standardised(then, scale).difference(to: standardised(now.composite, nowScale))
            records.append(
                PreviousPostRecord(
                    cadreID: candidate.cadreID, unitID: candidate.unitID, post: candidate.post, postType: candidate.postType, groupID: member.groupID,
                    start: candidate.postStart, end: origins[place].end, exposureMonths: candidate.exposureMonths, mean: then.mean,
                    deviation: then.standardDeviation, concern: then.probability(below: model.line), betterBefore: difference.probability(above: 0)))
        }
        return records
    }

    /// √(wᵀRw), from the line that was drawn with it.
    private func spread(_ line: Double, share: Double) -> Double { normalQuantile(share).map { line / $0 } ?? 0 }

    private func standardised(_ composite: NormalDistribution, _ scale: Double) -> NormalDistribution {
        NormalDistribution(mean: composite.mean / scale, variance: composite.variance / (scale * scale))
    }
}
