import PipelineModel
import Warehouse

/// A judged cadre and the group of peers.
struct Member {
    let candidate: Candidate
    /// Place among the groups.
    let group: Int
    let groupID: String

    func record(isObserved: Bool) -> PeerMember {
        PeerMember(
            cadreID: candidate.cadreID, groupID: groupID, kind: candidate.kind, unitID: candidate.unitID, post: candidate.post,
            postType: candidate.postType, rank: candidate.rank, rankBand: candidate.rankBand, postStart: candidate.postStart,
            exposureMonths: candidate.exposureMonths, isObserved: isObserved)
    }

    /// Why a member is not judged of whom no indicator says anything: to place them at their peers' mean would be to know them.
    var nothingObserved: NotJudged {
        NotJudged(
            cadreID: candidate.cadreID, unitID: candidate.unitID, kind: candidate.kind, reason: .nothingObserved,
            detail: "考核期内没有一项指标有该干部的数据 / no indicator has anything of the cadre in the window", exposureMonths: candidate.exposureMonths)
    }
}

/// People in comparable posts: every candidate in exactly one group of at least the scheme's `minimumPeers`, or in none.
///
/// - A finest group (same kind of body, rank band and post type) of at least `minimumPeers` stands by itself. It is not drawn into the pool of the
///   small ones: people who have enough peers of their own are not to be compared with others because others have too few.
/// - Smaller groups pool level by level: first with the other small ones of their rank band, then with whatever is left of the scheme.
/// - What is left even then is fewer than `minimumPeers` altogether, and joins groups that stand: each finest group that of its own rank band,
///   or, where the scheme compares across bands at all, of the nearest band in the scheme's order; of several the largest. Whoever takes somebody in
///   thus stays the majority, and nobody goes unjudged for having a rare post, which would mostly spare those who lead.
///   Such a group is named by what its members still share, and says whom it holds.
/// - Where no group of the scheme reaches `minimumPeers`, nobody is judged: `tooFewPeers`.
struct PeerGroups: Sendable {
    /// By id.
    private(set) var groups: [PeerGroupRecord] = []
    /// By cadre id.
    private(set) var members: [Member] = []
    private(set) var notJudged: [NotJudged] = []
    private let groupOf: [KindOfBody: [FineKey: (place: Int, id: String)]]

    /// The finest distinction.
    private struct FineKey: Hashable, Comparable {
        let band: String
        let type: String

        static func < (left: FineKey, right: FineKey) -> Bool { (left.band, left.type) < (right.band, right.type) }
    }

    private struct Draft {
        var grouping: PeerGrouping
        var parts: [(key: FineKey, size: Int)]
        /// Whether it was formed of what was left of the scheme, and not by taking people in.
        let isPool: Bool

        var size: Int { parts.reduce(0) { $0 + $1.size } }
        /// How many bands of the scheme's order lie between a band and the nearest of the group's; a band outside the order is farther than any.
        func distance(to band: String, in order: [String]) -> Int {
            parts.map { part in
                if part.key.band == band { return 0 }
                guard let own = order.firstIndex(of: part.key.band), let other = order.firstIndex(of: band) else { return order.count + 1 }
                return abs(own - other)
            }.min() ?? order.count + 1
        }
        var common: (band: String?, type: String?) {
            guard let first = parts.first?.key else { return (nil, nil) }
            return (
                parts.allSatisfy { $0.key.band == first.band } ? first.band : nil, parts.allSatisfy { $0.key.type == first.type } ? first.type : nil
            )
        }
    }

    /// - Parameter candidates: By cadre id; each kind has a scheme.
    init(of candidates: [Candidate], schemes: [AppraisalScheme]) {
        var groupOf: [KindOfBody: [FineKey: (place: Int, id: String)]] = [:]
        var available: [KindOfBody: Int] = [:]
        // Posts are compared by what is written of them, which is long; each is looked up once and then known by a number.
        var numbers: [KindOfBody: [FineKey: Int]] = [:]
        var counts: [Int] = []
        let numberOf = candidates.map { candidate in
            let number = numbers[candidate.kind, default: [:]][PeerGroups.key(of: candidate), default: counts.count]
            if number == counts.count {
                numbers[candidate.kind, default: [:]][PeerGroups.key(of: candidate)] = number
                counts.append(0)
            }
            counts[number] += 1
            available[candidate.kind, default: 0] += 1
            return number
        }
        let sizes = numbers.mapValues { $0.mapValues { counts[$0] } }
        for kind in KindOfBody.allCases {
            guard let scheme = schemes.first(where: { $0.kind == kind }), let fine = sizes[kind] else { continue }
            for draft in PeerGroups.form(fine, scheme: scheme) {
                let record = PeerGroups.record(of: draft, kind: kind)
                for part in draft.parts { groupOf[kind, default: [:]][part.key] = (groups.count, record.groupID) }
                groups.append(record)
            }
        }
        self.groupOf = groupOf
        var groups = [(place: Int, id: String)?](repeating: nil, count: counts.count)
        for (kind, own) in numbers { for (key, number) in own { groups[number] = groupOf[kind]?[key] } }
        for (candidate, number) in zip(candidates, numberOf) {
            if let group = groups[number] {
                members.append(Member(candidate: candidate, group: group.place, groupID: group.id))
                continue
            }
            let minimum = schemes.first { $0.kind == candidate.kind }?.minimumPeers ?? 0
            let found = available[candidate.kind] ?? 0
            notJudged.append(
                NotJudged(
                    cadreID: candidate.cadreID, unitID: candidate.unitID, kind: candidate.kind, reason: .tooFewPeers,
                    detail: "该类可评人员 \(found) 人,不能组成 \(minimum) 人以上的同类组 / \(found) people of this kind of body, no comparable group of \(minimum)",
                    exposureMonths: candidate.exposureMonths))
        }
    }

    /// A candidate of another time among the groups as they are; `nil` where nobody is in a comparable post.
    func member(_ candidate: Candidate) -> Member? {
        groupOf[candidate.kind]?[PeerGroups.key(of: candidate)].map { Member(candidate: candidate, group: $0.place, groupID: $0.id) }
    }

    private static func key(of candidate: Candidate) -> FineKey { FineKey(band: candidate.rankBand, type: candidate.postType ?? "other") }

    private static func form(_ sizes: [FineKey: Int], scheme: AppraisalScheme) -> [Draft] {
        var drafts: [Draft] = []
        var left = sizes.map { (key: $0.key, size: $0.value) }.sorted { $0.key < $1.key }
        for level in scheme.peerGroups {
            let pools = Dictionary(grouping: left) { part in level == .scheme ? [] : level == .rankBand ? [part.key.band] : [part.key.band, part.key.type] }
            for (_, parts) in pools.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where parts.reduce(0, { $0 + $1.size }) >= scheme.minimumPeers {
                drafts.append(Draft(grouping: level, parts: parts, isPool: level == .scheme))
                left.removeAll { part in parts.contains { $0.key == part.key } }
            }
        }
        // Who joins is decided by the groups as formed, so that the order of joining changes nothing.
        let formed = drafts
        for part in left {
            let distances = formed.map { $0.distance(to: part.key.band, in: scheme.rankBands.map(\.id)) }
            let open = formed.indices.filter { distances[$0] == 0 || scheme.peerGroups.contains(.scheme) }
            guard let host = open.min(by: { (distances[$0], -formed[$0].size, $0) < (distances[$1], -formed[$1].size, $1) }) else { continue }
            drafts[host].parts.append(part)
            if drafts[host].common.band == nil {
                drafts[host].grouping = .scheme
            } else if drafts[host].grouping == .rankBandAndPostType {
                drafts[host].grouping = .rankBand
            }
        }
        return drafts
    }

    private static func record(of draft: Draft, kind: KindOfBody) -> PeerGroupRecord {
        func name(_ key: FineKey) -> String { "\(kind.rawValue)/\(key.band)/\(key.type)" }
        let parts = draft.parts.sorted { $0.key < $1.key }
        let common = draft.common
        let id =
            switch draft.grouping {
            case .rankBandAndPostType: name(parts[0].key)
            case .rankBand: "\(kind.rawValue)/\(parts[0].key.band)"
            // Several groups may take in people of other bands; no two of them hold the same bands.
            case .scheme: draft.isPool ? kind.rawValue : "\(kind.rawValue)/" + Set(parts.map(\.key.band)).sorted().joined(separator: "+")
            }
        return PeerGroupRecord(
            groupID: id, kind: kind, grouping: draft.grouping, rankBand: common.band, postType: common.type, size: draft.size,
            finestGroups: parts.count, mergedFrom: parts.count > 1 ? parts.map { "\(name($0.key)) \($0.size)" }.joined(separator: "; ") : "")
    }
}
