import PipelineModel
import Warehouse

/// A judged cadre and the group of peers.
struct Member {
    let candidate: Candidate
    /// Place among the groups.
    let group: Int
    let groupID: String

    var record: PeerMember {
        PeerMember(
            cadreID: candidate.cadreID, groupID: groupID, kind: candidate.kind, unitID: candidate.unitID, post: candidate.post,
            postType: candidate.postType, rank: candidate.rank, rankBand: candidate.rankBand, postStart: candidate.postStart,
            exposureMonths: candidate.exposureMonths)
    }
}

/// People in comparable posts: every candidate in exactly one group of at least the scheme's `minimumPeers`, or in none.
///
/// - A finest group (same kind of body, rank band and post type) of at least `minimumPeers` stands by itself, whatever happens to smaller ones:
///   people who have enough peers of their own are never compared with others for the sake of a small group.
/// - Smaller groups pool level by level: first with the other small ones of their rank band, then with whatever is left of the scheme.
/// - Whoever is still left at the coarsest level joins the largest group of the same rank band, or, where there is none and the scheme allows
///   comparing all, the largest group of the scheme: a few newcomers move the middle of a large group least, and being judged among
///   many in nearly the same post is fairer than not being judged for having a rare one. Such a group is then named by what its members still share.
/// - Where no group of the scheme reaches `minimumPeers`, nobody is judged: `tooFewPeers`.
struct PeerGroups {
    /// By id.
    private(set) var groups: [PeerGroupRecord] = []
    /// By cadre id.
    private(set) var members: [Member] = []
    private(set) var notJudged: [NotJudged] = []

    /// The finest distinction.
    private struct FineKey: Hashable, Comparable {
        let band: String
        let type: String

        static func < (left: FineKey, right: FineKey) -> Bool { (left.band, left.type) < (right.band, right.type) }
    }

    private struct Draft {
        var grouping: PeerGrouping
        var parts: [(key: FineKey, size: Int)]

        var size: Int { parts.reduce(0) { $0 + $1.size } }
        func hasBand(_ band: String) -> Bool { parts.contains { $0.key.band == band } }
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
        var sizes: [KindOfBody: [FineKey: Int]] = [:]
        for candidate in candidates {
            sizes[candidate.kind, default: [:]][PeerGroups.key(of: candidate), default: 0] += 1
            available[candidate.kind, default: 0] += 1
        }
        for kind in KindOfBody.allCases {
            guard let scheme = schemes.first(where: { $0.kind == kind }), let fine = sizes[kind] else { continue }
            for draft in PeerGroups.form(fine, minimum: scheme.minimumPeers, levels: scheme.peerGroups) {
                let record = PeerGroups.record(of: draft, kind: kind)
                for part in draft.parts { groupOf[kind, default: [:]][part.key] = (groups.count, record.groupID) }
                groups.append(record)
            }
        }
        for candidate in candidates {
            if let group = groupOf[candidate.kind]?[PeerGroups.key(of: candidate)] {
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

    private static func key(of candidate: Candidate) -> FineKey { FineKey(band: candidate.rankBand, type: candidate.postType ?? "other") }

    private static func form(_ sizes: [FineKey: Int], minimum: Int, levels: [PeerGrouping]) -> [Draft] {
        var drafts: [Draft] = []
        var left = sizes.map { (key: $0.key, size: $0.value) }.sorted { $0.key < $1.key }
        for level in levels {
            let pools = Dictionary(grouping: left) { part in level == .scheme ? [] : level == .rankBand ? [part.key.band] : [part.key.band, part.key.type] }
            for (_, parts) in pools.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where parts.reduce(0, { $0 + $1.size }) >= minimum {
                drafts.append(Draft(grouping: level, parts: parts))
                left.removeAll { part in parts.contains { $0.key == part.key } }
            }
        }
        // Who joins is decided by the groups as formed, so that the order of joining changes nothing.
        let formed = drafts
        for part in left {
            let sameBand = formed.indices.filter { formed[$0].hasBand(part.key.band) }
            let open = sameBand.isEmpty && levels.contains(.scheme) ? Array(formed.indices) : sameBand
            guard let host = open.max(by: { (formed[$0].size, $1) < (formed[$1].size, $0) }) else { continue }
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
            case .scheme: kind.rawValue
            }
        return PeerGroupRecord(
            groupID: id, kind: kind, grouping: draft.grouping, rankBand: common.band, postType: common.type, size: draft.size,
            finestGroups: parts.count, mergedFrom: parts.count > 1 ? parts.map { "\(name($0.key)) \($0.size)" }.joined(separator: "; ") : "")
    }
}
