import Warehouse

/// What the linkage did in one world.
public struct LinkageWorld: Sendable {
    public let seed: UInt64
    public private(set) var all = LinkageTally()
    /// By what is odd about the wording; `none` where nothing is. A target with two oddities counts under both.
    public private(set) var byOddity: [String: LinkageTally] = [:]
    /// In twentieths of posterior, from 0.
    public private(set) var bands = (0..<20).map { LinkageBand(from: Double($0) / 20) }
    var weights: [LinkWeightRecord] = []

    init(seed: UInt64) { self.seed = seed }

    mutating func add(_ oddities: [String], meant: String?, linked: String?, isForReview: Bool) {
        all.add(meant: meant, linked: linked, isForReview: isForReview)
        for oddity in oddities.isEmpty ? ["none"] : oddities {
            byOddity[oddity, default: LinkageTally()].add(meant: meant, linked: linked, isForReview: isForReview)
        }
    }

    mutating func add(posterior: Double, isRight: Bool) {
        let place = min(19, max(0, Int(posterior * 20)))
        bands[place].targets += 1
        bands[place].right += isRight ? 1 : 0
        bands[place].expected += posterior
    }
}

/// What the study found.
public struct LinkageStudyResult: Sendable {
    public let study: LinkageStudy
    public let worlds: [LinkageWorld]

    /// What issue and documents promise.
    public static let (requiredPrecision, requiredRecall) = (0.995, 0.90)

    /// All worlds together.
    public var all: LinkageTally { worlds.reduce(LinkageTally()) { $0 + $1.all } }

    /// All worlds together, by what is odd about the wording.
    public var byOddity: [String: LinkageTally] {
        worlds.reduce(into: [:]) { sums, world in sums.merge(world.byOddity) { $0 + $1 } }
    }

    /// Whether precision and recall over all worlds are what is required.
    public var holds: Bool {
        all.precision.map { $0 >= Self.requiredPrecision } ?? false && all.recall.map { $0 >= Self.requiredRecall } ?? false
    }
}
